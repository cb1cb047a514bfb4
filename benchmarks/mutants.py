"""Measure how many small faults the unit tests notice.

``make mutants`` makes one small change to the library at a time (a comparison, a sign, and/or, a ``not``, the condition
of an if), in copies of the checkout, and runs the unit tests that import the changed module, then those of its package.
Faults that no test notices are printed with their line; some are harmless, such as a boundary that two equal values
cannot tell apart. The same seed takes the same sample. Kernels are left out: compiling each takes too long.
"""

from __future__ import annotations

import argparse
import ast
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import Queue

ROOT = Path(__file__).resolve().parent.parent
LIBRARY = Path("python-lib")
TESTS = Path("tests/python/unit")
COPIED = ("python-lib", "tests", "local_dss", "custom-recipes", "webapps", "resource", "code-env", "docs")
FILES = ("pyproject.toml", "plugin.json", "LICENSE", "README.md")
SECONDS_PER_RUN = 300

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
SIGNS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
}


@dataclass(frozen=True)
class Mutant:
    """One changed place of one module: the number of the node in the order of ``ast.walk``."""

    module: Path
    node: int
    line: int


def main() -> int:
    """Run the sample, and print the survivors and the fraction noticed; exit with 1 below the wanted fraction."""
    options = read_arguments()
    mutants = sample_mutants(options.n, options.seed, options.only)
    with tempfile.TemporaryDirectory() as folder:
        copies: Queue[Path] = Queue()
        for number in range(options.processes):
            copies.put(copy_checkout(Path(folder, str(number))))
        with ThreadPoolExecutor(options.processes) as threads:
            killed = list(threads.map(lambda mutant: run_in_copy(mutant, copies), mutants))
    for mutant, noticed in zip(mutants, killed):
        if not noticed:
            print(f"survived  {mutant.module}:{mutant.line}  {describe(mutant)}")
    share = sum(killed) / max(1, len(killed))
    print(f"{sum(killed)} of {len(killed)} noticed ({share:.0%})")
    return 0 if share >= options.wanted else 1


def read_arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=120, help="number of faults")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="part of the path of the modules")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--wanted", type=float, default=0.9, help="fraction that must be noticed")
    return parser.parse_args()


def sample_mutants(n: int, seed: int, only: str) -> list[Mutant]:
    """Draw faults from all modules without kernels, the same for the same seed and sources."""
    modules = sorted((ROOT / LIBRARY).rglob("*.py"))
    places = [
        Mutant(module.relative_to(ROOT), number, getattr(node, "lineno", 0))
        for module in modules
        if only in module.relative_to(ROOT).as_posix() and not module.name.endswith("_kernels.py")
        for number, node in enumerate(ast.walk(ast.parse(module.read_text("utf-8"))))
        if mutated(node) is not None
    ]
    return sorted(
        random.Random(seed).sample(places, min(n, len(places))), key=lambda mutant: (mutant.module, mutant.line)
    )


def mutated(node: ast.AST) -> ast.AST | None:
    """Return the node with one fault in it; None where none is possible."""
    change = CHANGES.get(type(node))
    return change(node) if change else None


def _other_comparison(node: ast.Compare) -> ast.AST | None:
    other = COMPARISONS[type(node.ops[0])]()
    return ast.Compare(node.left, [other, *node.ops[1:]], node.comparators)


def _other_sign(node: ast.BinOp) -> ast.AST | None:
    sides = (node.left, node.right)
    joins_texts = any(isinstance(side, ast.JoinedStr) or isinstance(getattr(side, "value", 0), str) for side in sides)
    sign = SIGNS.get(type(node.op))
    return ast.BinOp(node.left, sign(), node.right) if sign and not joins_texts else None


CHANGES: dict[type[ast.AST], Callable[..., ast.AST | None]] = {
    ast.Compare: _other_comparison,
    ast.BinOp: _other_sign,
    ast.BoolOp: lambda node: ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values),
    ast.UnaryOp: lambda node: node.operand if isinstance(node.op, (ast.Not, ast.USub)) else None,
    ast.If: lambda node: ast.If(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse),
    ast.IfExp: lambda node: ast.IfExp(node.test, node.orelse, node.body),
}


class _Replace(ast.NodeTransformer):
    """Replace one node of a tree."""

    def __init__(self, target: ast.AST):
        self._target = target

    def visit(self, node: ast.AST) -> ast.AST:
        """Return the mutated node for the target, any other as it is."""
        if node is self._target:
            return ast.copy_location(mutated(node) or node, node)
        return self.generic_visit(node)


def source_of(mutant: Mutant) -> str:
    """Return the source of the changed module."""
    tree = ast.parse((ROOT / mutant.module).read_text("utf-8"))
    target = list(ast.walk(tree))[mutant.node]
    return ast.unparse(ast.fix_missing_locations(_Replace(target).visit(tree)))


def describe(mutant: Mutant) -> str:
    """Return the place as it stands and as it was changed."""
    node = list(ast.walk(ast.parse((ROOT / mutant.module).read_text("utf-8"))))[mutant.node]
    if isinstance(node, (ast.If, ast.IfExp)):
        return f"if {ast.unparse(node.test)}  ->  the other branch"
    return f"{ast.unparse(node)}  ->  {ast.unparse(ast.fix_missing_locations(mutated(node) or node))}"


def run_in_copy(mutant: Mutant, copies: Queue[Path]) -> bool:
    """Return whether the tests of a copy notice the fault."""
    copy = copies.get()
    module = copy / mutant.module
    before = module.read_text("utf-8")
    try:
        module.write_text(source_of(mutant), "utf-8")
        return any(not passes(copy, tests) for tests in test_groups(mutant.module))
    finally:
        module.write_text(before, "utf-8")
        copies.put(copy)


def test_groups(module: Path) -> Iterator[list[str]]:
    """Yield the tests that import the module, then those of its package."""
    dotted = ".".join(module.relative_to(LIBRARY).with_suffix("").parts)
    package, _, name = dotted.rpartition(".")
    wanted = (f"from {dotted} import", f"import {dotted}", f"from {package} import {name}")
    files = sorted((ROOT / TESTS).rglob("test_*.py"))
    importing = [file for file in files if any(phrase in file.read_text("utf-8") for phrase in wanted)]
    yield from [[file.relative_to(ROOT).as_posix() for file in importing]] if importing else []
    folder = ROOT / TESTS / module.relative_to(LIBRARY).parts[1]
    if folder.is_dir():
        rest = [file for file in sorted(folder.rglob("test_*.py")) if file not in importing]
        yield [file.relative_to(ROOT).as_posix() for file in rest]


def passes(copy: Path, tests: list[str]) -> bool:
    """Return whether tests pass in a copy; what hangs does not."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", *tests]
    try:
        done = subprocess.run(command, cwd=copy, capture_output=True, timeout=SECONDS_PER_RUN, check=False)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def copy_checkout(target: Path) -> Path:
    """Copy what the unit tests read."""
    left_out = shutil.ignore_patterns("__pycache__", "node_modules")
    for name in COPIED:
        shutil.copytree(ROOT / name, target / name, ignore=left_out)
    for name in FILES:
        shutil.copy(ROOT / name, target / name)
    return target


if __name__ == "__main__":
    sys.exit(main())
