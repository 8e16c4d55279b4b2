"""The command line: file in, certificate and table out."""

from __future__ import annotations

import sys
from typing import Any

import click

from .. import __version__
from ..exact.numbers import InputError
from ..kernel.errors import Declined
from ..kernel.verdict import INTERNAL, USAGE
from .bounding import bound
from .checking import check
from .classical import local, messages
from .classifying import classify, member
from .converting import convert
from .published import published
from .realising import realise
from .reporting import report
from .robust import robustness
from .searching import found, search
from .terminal import fail


class Commands(click.Group):
    """Errors are one line and exit 64 (usage) or 70 (internal); `--debug` shows the traceback."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except KeyboardInterrupt:
            fail("interrupted", 130)  # without the empty line that click would write

    def main(self, *args: Any, **kwargs: Any) -> Any:
        kwargs["standalone_mode"] = False
        debug = "--debug" in sys.argv[1:]
        try:
            sys.exit(super().main(*args, **kwargs) or 0)
        except click.ClickException as error:
            fail(f"{error.format_message()} (see --help)", USAGE)
        except click.Abort:
            fail("interrupted", 130)
        except (InputError, Declined) as error:
            fail(str(error), USAGE)
        except Exception as error:
            if debug:
                raise
            fail(f"internal error: {type(error).__name__}: {error} (--debug shows where)", INTERNAL)


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__)
@click.option("--debug", is_flag=True, help="Show the traceback of an internal error.")
@click.pass_context
def main(context: click.Context, debug: bool) -> None:
    """Turn numerical answers about quantum steering into theorems.

    \b
    Example: exactsteer published A3 A4
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


for command in (
    published,
    classify,
    member,
    bound,
    realise,
    robustness,
    messages,
    local,
    convert,
    search,
    found,
    check,
    report,
):
    main.add_command(command)
