"""Re-check every certificate beside this file with the bare interpreter and nothing else.

    python -I -S proofs/check.py [FILE…]

`-I -S` leave out everything that is installed: what runs is the standard library and the trusted
code, exactsteer/kernel, exactsteer/scenario.py and exactsteer/statements, next to this folder.
"""

import runpy
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
if len(sys.argv) == 1:
    sys.argv.append(str(HERE))
runpy.run_module("exactsteer.kernel", run_name="__main__", alter_sys=True)
