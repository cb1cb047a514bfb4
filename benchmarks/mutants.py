"""Measure how many small faults the unit tests notice.

``make mutants`` makes one small change to the library at a time (a comparison, a sign, and/or, a ``not``, the condition
of an if) and runs the unit tests of the changed module's folder, then those of its package, up to the first failure.
Files stay as they are: ``mutant_import`` changes the module while it is imported, so that all other modules, and the
kernels, are read as compiled before. Processes are forked from one that has imported the libraries. Faults that no test
notices are listed with their line; some are harmless, such as a boundary that two equal values cannot tell apart. The
same seed takes the same sample. Kernels are left out, as compiling each takes too long, and so are the recipes, which
run in processes of their own in ``tests/python/recipes``.
"""

from __future__ import annotations

import argparse
import ast
import multiprocessing
import os
import random
import runpy
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

import pytest

ROOT = Path(__file__).resolve().parent.parent
LIBRARY = Path("python-lib")
TESTS = Path("tests/python/unit")
LEFT_OUT = ("_kernels.py", "text_explorer/compiled.py", "dss/recipes/")
"""``compiled.py`` decides where the kernels are cached, for the run itself too."""
LIBRARIES = ["flask", "hypothesis", "nltk", "numba", "pandas", "pytest", "scipy.sparse", "scipy.special"]
HOOK = ROOT / "benchmarks" / "mutant_import"
SECONDS = 120
"""A fault that makes the tests run longer counts as noticed."""

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

    @property
    def position(self) -> tuple[Path, int, int]:
        """Return what sorts faults as they stand in the sources."""
        return self.module, self.line, self.node


def main() -> int:
    """Run the sample, print each result as it comes, then the survivors; exit with 1 below the wanted fraction."""
    options = read_arguments()
    mutants = sample_mutants(options.n, options.seed, options.only)
    compile_kernels()
    survivors = []
    with ThreadPoolExecutor(options.processes) as threads:
        runs = {threads.submit(noticed_by, mutant, options.seconds): mutant for mutant in mutants}
        for number, run in enumerate(as_completed(runs), 1):
            mutant, (test, seconds) = runs[run], run.result()
            print(f"{number}/{len(mutants)}  {seconds:.0f} s  {describe(mutant)}  {test or 'SURVIVED'}", flush=True)
            survivors += [] if test else [mutant]
    print("\n".join(f"survived  {describe(mutant)}" for mutant in sorted(survivors, key=lambda one: one.position)))
    share = 1 - len(survivors) / max(1, len(mutants))
    print(f"{len(mutants) - len(survivors)} of {len(mutants)} noticed ({share:.0%}), seed {options.seed}")
    return 0 if share >= options.wanted else 1


def read_arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=120, help="number of faults")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="part of the path of the modules")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=SECONDS, help="longest time of the tests of one fault")
    parser.add_argument("--wanted", type=float, default=0.9, help="fraction that must be noticed")
    return parser.parse_args()


def sample_mutants(n: int, seed: int, only: str) -> list[Mutant]:
    """Draw faults from all modules without kernels, the same for the same seed and sources."""
    modules = sorted((ROOT / LIBRARY).rglob("*.py"))
    places = [
        Mutant(module.relative_to(ROOT), number, getattr(node, "lineno", 0))
        for module in modules
        if only in module.as_posix() and not any(part in module.as_posix() for part in LEFT_OUT)
        for number, node in enumerate(ast.walk(ast.parse(module.read_text("utf-8"))))
        if mutated(node) is not None
    ]
    return random.Random(seed).sample(places, min(n, len(places)))


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


def mutated_source(source: str, number: int) -> str:
    """Return a source with a fault in the node of that number in the order of ``ast.walk``."""
    tree = ast.parse(source)
    target = list(ast.walk(tree))[number]
    return ast.unparse(ast.fix_missing_locations(_Replace(target).visit(tree)))


def describe(mutant: Mutant) -> str:
    """Return the place as it stands and as it was changed."""
    node = list(ast.walk(ast.parse((ROOT / mutant.module).read_text("utf-8"))))[mutant.node]
    if isinstance(node, (ast.If, ast.IfExp)):
        change = f"if {ast.unparse(node.test)}  ->  the other branch"
    else:
        change = f"{ast.unparse(node)}  ->  {ast.unparse(ast.fix_missing_locations(mutated(node) or node))}"
    return f"{mutant.module.relative_to(LIBRARY / 'text_explorer')}:{mutant.line}  {change}"


def compile_kernels() -> None:
    """Check that all unit tests pass, which leaves the kernels in the cache; exit if one does not."""
    failed = first_failure([TESTS.as_posix()], {}, None)
    if failed:
        sys.exit(f"Faults can only be counted when the unit tests pass without one: {failed}")


def noticed_by(mutant: Mutant, seconds: float) -> tuple[Optional[str], float]:
    """Return the test that notices a fault (None if none does), and the seconds it took."""
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, mutant.module.name)
        source.write_text(mutated_source((ROOT / mutant.module).read_text("utf-8"), mutant.node), "utf-8")
        environment = {
            "PYTHONPATH": str(HOOK),
            "MUTANT_NAME": ".".join(mutant.module.relative_to(LIBRARY).with_suffix("").parts),
            "MUTANT_SOURCE": str(source),
        }
        groups = (first_failure(tests, environment, seconds) for tests in groups_of_tests(mutant.module) if tests)
        return next((test for test in groups if test), None), time.monotonic() - start


def groups_of_tests(module: Path) -> list[list[str]]:
    """Return the test files of a module's folder, its own first, and those that import it and those of its package."""
    inside = module.relative_to(LIBRARY / "text_explorer")
    name = ".".join(module.relative_to(LIBRARY).with_suffix("").parts[-2:])
    own = ROOT / TESTS / inside.parent
    near = sorted(own.glob("test_*.py"), key=lambda file: (file.stem != f"test_{inside.stem}", file))
    package = ROOT / TESTS / inside.parts[0] if len(inside.parts) > 1 else own
    importing = [file for file in sorted((ROOT / TESTS).rglob("test_*.py")) if name in file.read_text("utf-8")]
    rest = [file for file in dict.fromkeys([*importing, *sorted(package.rglob("test_*.py"))]) if file not in near]
    return [[file.relative_to(ROOT).as_posix() for file in files] for files in (near, rest)]


def first_failure(tests: list[str], environment: dict[str, str], seconds: Optional[float]) -> Optional[str]:
    """Return the first test that fails, or what kept the tests from running; None if all pass."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(LIBRARIES)
    with tempfile.NamedTemporaryFile("r", encoding="utf-8") as log:
        process = context.Process(target=run_tests, args=(tests, environment, log.name))
        process.start()
        process.join(seconds)
        if process.exitcode is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.join()
            return f"more than {seconds} s"
        lines = log.read().splitlines()
    failed = [line.split(" - ")[0] for line in lines if line.startswith(("FAILED ", "ERROR "))]
    return None if process.exitcode == 0 else next(iter(failed), f"exit code {process.exitcode}: {lines[-1:]}")


def run_tests(tests: list[str], environment: dict[str, str], log: str) -> None:
    """Run tests in this process, a group of its own, up to the first failure."""
    os.setsid()
    with open(log, "w", encoding="utf-8") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    os.chdir(ROOT)
    os.environ.update(environment)
    runpy.run_path(str(HOOK / "sitecustomize.py"))
    sys.exit(pytest.main(["-q", "-x", "--tb=no", "-p", "no:cacheprovider", "-p", "no:xdist", *tests]))


if __name__ == "__main__":
    sys.exit(main())
