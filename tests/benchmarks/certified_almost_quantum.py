"""Row A4 with exactsteer: `python certified_almost_quantum.py FOLDER`.

Encloses the almost-quantum minimum of Table II, writes the two certificates into FOLDER, reads
them back and asks the kernel. Prints both exact bounds.
"""

from __future__ import annotations

import sys
from pathlib import Path

from exactsteer import bound, check
from exactsteer.literature.postquantum_steering import table_2
from exactsteer.output import write_files


def main(folder: Path) -> None:
    enclosure = bound(table_2())
    proofs = {folder / "lower.json": enclosure.lower_proof, folder / "upper.json": enclosure.upper_proof}
    write_files({path: proof.bytes() for path, proof in proofs.items()})
    for path in proofs:
        verdict = check(path)
        if verdict.exit_code:
            sys.exit(f"{path}: {verdict.message}")
    print(enclosure.lower, enclosure.upper)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
