"""Witnesses and certificates as files: the inverse of the kernel's readers."""

from __future__ import annotations

import json

from ..kernel.certificate import FORMAT, VERSION, Certificate
from ..kernel.positivity import Dominant, Factored, Positivity
from ..kernel.program import DualWitness, PointWitness
from ..kernel.reading import Json, hermitian_json, matrix_json


def positivity_json(witness: Positivity) -> Json:
    if isinstance(witness, Dominant):
        return {"rule": "dominant"}
    if isinstance(witness, Factored):
        factor, weights = matrix_json(witness.factor), matrix_json(witness.weights)
        return {"rule": "factored", "factor": factor, "weights": weights}
    return {
        "rule": "congruent",
        "basis": matrix_json(witness.basis),
        "core": hermitian_json(witness.core),
        "positivity": positivity_json(witness.witness),
    }


def witness_json(witness: PointWitness | DualWitness) -> Json:
    positivity = [positivity_json(item) for item in witness.positivity]
    if isinstance(witness, PointWitness):
        return {"point": matrix_json(witness.point), "positivity": positivity}
    return {
        "multipliers": matrix_json(witness.multipliers),
        "matrices": [hermitian_json(matrix) for matrix in witness.matrices],
        "positivity": positivity,
    }


def certificate_bytes(certificate: Certificate) -> bytes:
    """The canonical file: fields in the order of the grammar, one-space indents, ASCII."""
    value = {
        "format": FORMAT,
        "version": VERSION,
        "claim": certificate.claim.json(),
        "witness": certificate.witness,
        "provenance": certificate.provenance,
    }
    return (json.dumps(value, indent=1) + "\n").encode("ascii")
