"""The docket as a file beside the certificates: what `published` found, one JSON object a line.

Nothing in it is trusted: `exactsteer report` shows of it only what the certificates prove. Its name does
not end in .json, since whoever checks the folder takes those for certificates.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from ..exact.numbers import InputError
from .rows import Evidence

DOCKET = "docket.jsonl"


@dataclass(frozen=True)
class DocketLine:
    """One claim, as `Evidence.json` has it, with its remark.

    `certificates` are paths relative to the folder of the file; `lower` and `upper` are text, or None.
    """

    row: str
    paper: str
    claim: str
    printed: str
    lower: str | None
    upper: str | None
    status: str
    certificates: tuple[str, ...]
    remark: str = ""

    @classmethod
    def of(cls, item: Evidence) -> DocketLine:
        return cls(**item.json("") | {"certificates": tuple(item.proofs)}, remark=item.remark)

    @classmethod
    def read(cls, value: Any, place: str) -> DocketLine:
        """From an object with these fields and no others; InputError that names `place`."""
        names = [field.name for field in fields(cls)]
        if not isinstance(value, dict) or sorted(value) != sorted(names):
            raise InputError(f"{place}: an object with the fields {', '.join(names)} is needed")
        files = value["certificates"]
        if not isinstance(files, list) or not all(isinstance(file, str) for file in files):
            raise InputError(f"{place}: certificates: a list of file names is needed")
        for name in names:
            optional = name in ("lower", "upper") and value[name] is None
            if name != "certificates" and not optional and not isinstance(value[name], str):
                raise InputError(f"{place}: {name}: text is needed")
        return cls(**value | {"certificates": tuple(files)})


def read_docket(path: Path) -> list[DocketLine]:
    """InputError, naming the line, if the file is not what `published` writes."""
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise InputError(f"{path}: not a text file in UTF-8") from None
    lines = []
    for number, line in enumerate(text.rstrip("\n").split("\n") if text.strip() else [], 1):
        try:
            value = json.loads(line)
        except (json.JSONDecodeError, RecursionError):
            raise InputError(
                f"{path}: line {number}: not a JSON object; `exactsteer published` writes the file anew "
                "if you remove it"
            ) from None
        lines.append(DocketLine.read(value, f"{path}: line {number}"))
    return lines


def merged(before: Sequence[DocketLine], found: Sequence[DocketLine]) -> list[DocketLine]:
    """The lines of `found`, and of `before` those of other rows, in the order of the docket."""
    new = {line.row for line in found}
    lines = [*(line for line in before if line.row not in new), *found]
    return sorted(lines, key=lambda line: row_order(line.row))


def row_order(row: str) -> tuple[str, int, str]:
    """A2 before A10."""
    digits = "".join(c for c in row[1:] if c.isdecimal())[:9]
    return row[:1], int(digits or 0), row


def docket_bytes(lines: Iterable[DocketLine]) -> bytes:
    texts = (json.dumps(asdict(line), ensure_ascii=False) + "\n" for line in lines)
    return "".join(texts).encode()
