"""What the trusted code may contain: no third-party import, no float, no assert; and its size."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest
from exact_quantum import ROOT

PACKAGE = ROOT / "exactsteer"
TRUSTED = [
    PACKAGE / "scenario.py",
    *sorted(path for room in ("kernel", "statements") for path in (PACKAGE / room).glob("*.py")),
]
LARGEST_KERNEL = 1100  # lines of code, docstrings and comments aside, 100 of them the command line

# Which rooms a room may import. `scenario` is the vocabulary of all, and trusted; `exact` holds
# exact arithmetic that is not trusted.
EXACT = {"kernel", "scenario", "statements", "exact"}
PROVING = EXACT | {"show", "steering", "constructions", "prover"}
CALLS = PROVING | {"api", "parents", "inside", "classical", "classification", "witnesses"}
CALLS |= {"sdpa", "semidefinite"}
MAY_IMPORT = {
    "kernel": set(),
    "scenario": {"kernel"},
    "statements": {"kernel", "scenario"},
    "exact": {"kernel"},
    "show": {"kernel", "scenario", "exact"},
    "steering": EXACT | {"show", "output"},
    "constructions": EXACT | {"steering"},
    "prover": PROVING - {"prover"},
    "api": PROVING,
    "parents": PROVING | {"api"},
    "inside": PROVING | {"api", "parents"},
    "classical": PROVING | {"api"},
    "classification": PROVING | {"api", "inside"},
    "output": {"exact"},
    "witnesses": PROVING | {"api"},
    "sdpa": EXACT | {"prover"},
    "semidefinite": PROVING | {"api", "sdpa"},
    "literature": CALLS,
    "report": CALLS | {"literature", "show"},
    "search": CALLS | {"literature", "__init__"},
    "cli": CALLS | {"literature", "output", "report", "search"},
}
# The one file that joins kernel and statements: the program behind `python -m exactsteer.kernel`.
JOINT = PACKAGE / "kernel" / "__main__.py"


def imports(path: Path) -> set[str]:
    """Absolute names of all modules that a file imports, at whatever depth."""
    names = set()
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(part for part in (base, node.module) if part)
            names |= {module} | {f"{module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.relative_to(PACKAGE))
)
def test_rooms_import_only_what_they_may(path: Path) -> None:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    room = parts[0]
    if room in ("__init__", "__main__") or path == JOINT:
        return
    rooms = {
        name.split(".")[1]
        for name in imports(path)
        if (name.startswith("exactsteer.") and (PACKAGE / name.split(".")[1]).exists())
        or (name.startswith("exactsteer.") and (PACKAGE / f"{name.split('.')[1]}.py").exists())
    }
    assert rooms - {room} <= MAY_IMPORT[room]


@pytest.mark.parametrize("path", TRUSTED, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_trusted_code_imports_the_standard_library_only(path: Path) -> None:
    outside = {
        name.split(".")[0]
        for name in imports(path)
        if name.split(".")[0] not in sys.stdlib_module_names | {"exactsteer"}
    }
    assert outside <= ({"flint"} if path.name == "product.py" else set())


@pytest.mark.parametrize("path", TRUSTED, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_trusted_code_has_no_float_and_no_assert(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        assert not isinstance(node, ast.Assert), "asserts vanish under -O"
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float | complex))
        assert not (isinstance(node, ast.Name) and node.id in {"float", "complex", "eval", "exec"})
        # Numbers/Fractions are divided, integers never: int / int is a float.
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
            assert "Fraction" in ast.unparse(node), ast.unparse(node)


def code_lines(path: Path) -> int:
    text = path.read_text("utf-8")
    documentation: set[int] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node):
            first = node.body[0]
            documentation |= set(range(first.lineno, (first.end_lineno or first.lineno) + 1))
    return sum(
        1
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip() and not line.strip().startswith("#") and number not in documentation
    )


def test_kernel_is_small() -> None:
    assert sum(code_lines(path) for path in TRUSTED if path.parent.name == "kernel") <= LARGEST_KERNEL
