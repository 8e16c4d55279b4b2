"""Rows A4 and B7 with exactsteer: `python certified_almost_quantum.py ROW FOLDER`.

Encloses the almost-quantum minimum of Table II (A4), or the maximum of the operators of Table 1 (B7),
writes the two certificates into FOLDER, reads them back and asks the kernel. Prints both exact bounds.
"""

from __future__ import annotations

import sys
from pathlib import Path

from exactsteer import bound, check
from exactsteer.output import write_files
from exactsteer.prover.prove import Enclosure


def enclosure_of(row: str) -> Enclosure:
    """Each row's own module is imported only, as one of them needs sympy."""
    if row == "A4":
        from exactsteer.literature.postquantum_steering import table_2

        return bound(table_2())
    from exactsteer.literature.formalism import functional

    return bound(functional(), sense="max")


def main(row: str, folder: Path) -> None:
    enclosure = enclosure_of(row)
    proofs = {folder / "lower.json": enclosure.lower_proof, folder / "upper.json": enclosure.upper_proof}
    write_files({path: proof.bytes() for path, proof in proofs.items()})
    for path in proofs:
        verdict = check(path)
        if verdict.exit_code:
            sys.exit(f"{path}: {verdict.message}")
    print(enclosure.lower, enclosure.upper)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
