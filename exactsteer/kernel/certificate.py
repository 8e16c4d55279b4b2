"""The certificate file, and its strict reader.

    {"format": "exactsteer-certificate", "version": "1",
     "claim": {"kind": …, "field": …, "data": …, "bound": …},
     "witness": …, "provenance": …}

The grammar and the meaning of every field are in proofs/FORMAT.md.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import NoReturn

from .errors import Declined, Malformed
from .field import Field, Number
from .reading import (
    Json,
    field_json,
    number_json,
    read_field,
    read_fields,
    read_number,
    read_text,
)

FORMAT = "exactsteer-certificate"
VERSION = "1"
LARGEST = 2**26  # bytes of a file; beyond it the kernel declines


@dataclass(frozen=True)
class Claim:
    """What a certificate claims: `data` is read by the statement of that `kind`.

    `field` is that of all numbers in claim and witness; `bound` is None for a kind without one.
    """

    kind: str
    field: Field
    data: Json
    bound: Number | None

    def json(self) -> Json:
        bound = None if self.bound is None else number_json(self.bound)
        field = field_json(self.field)
        return {"kind": self.kind, "field": field, "data": self.data, "bound": bound}

    def sha256(self) -> str:
        """Of the canonical claim: no white space, sorted keys, ASCII."""
        text = json.dumps(self.json(), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode("ascii")).hexdigest()


@dataclass(frozen=True)
class Certificate:
    """A claim, the JSON of its witness, and free text that nothing depends on."""

    claim: Claim
    witness: Json
    provenance: str = ""


def read_certificate(data: bytes) -> Certificate:
    """Read a certificate; Malformed or Declined before anything of it is computed."""
    if len(data) > LARGEST:
        raise Declined(f"file: this kernel reads at most {LARGEST} bytes")
    try:
        value = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_object,
            parse_int=_bare,
            parse_float=_bare,
            parse_constant=_bare,
        )
    except UnicodeDecodeError as error:
        raise Malformed("file", f"not UTF-8 at byte {error.start}") from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno} column {error.colno}"
        raise Malformed("file", f"not JSON: {error.msg} at {where}") from None
    except RecursionError:
        raise Malformed("file", "nested too deeply") from None
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise Malformed("format", f"{FORMAT!r} is needed")
    version = read_text(value.get("version"), "version")
    if version != VERSION:
        raise Declined(f"version: {version[:40]!r}, this kernel knows {VERSION!r}")
    names = ("format", "version", "claim", "witness", "provenance")
    fields = read_fields(value, "certificate", names)
    return Certificate(
        read_claim(fields["claim"]),
        fields["witness"],
        read_text(fields["provenance"], "provenance"),
    )


def read_claim(value: Json) -> Claim:
    fields = read_fields(value, "claim", ("kind", "field", "data", "bound"))
    field = read_field(fields["field"], "claim.field")
    bound = None if fields["bound"] is None else read_number(fields["bound"], field, "claim.bound")
    return Claim(read_text(fields["kind"], "claim.kind"), field, fields["data"], bound)


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    value: dict[str, Json] = {}
    for name, item in pairs:
        if name in value:
            raise Malformed("file", f"key {name[:40]!r} stands twice in one object")
        value[name] = item
    return value


def _bare(text: str) -> NoReturn:
    raise Malformed("file", f"bare number {text[:40]}: numbers are written as strings")
