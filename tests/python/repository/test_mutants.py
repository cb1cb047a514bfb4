"""``make mutants`` changes one place of a module, and tells which tests could notice."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.mutants import HOOK, LIBRARY, ROOT, groups_of_tests, mutated, mutated_source, sample_mutants


def all_mutants_of(source):
    numbers = [number for number, node in enumerate(ast.walk(ast.parse(source))) if mutated(node) is not None]
    return [mutated_source(source, number) for number in numbers]


@pytest.mark.parametrize(
    ("source", "mutants"),
    [
        ("a < b", ["a <= b"]),
        ("a == b == c", ["a != b == c"]),
        ("a not in b", ["a in b"]),
        ("a + b * c", ["a - b * c", "a + b / c"]),
        ("a and b or c", ["(a and b) and c", "(a or b) or c"]),
        ("not a", ["a"]),
        ("x = -1", ["x = 1"]),
        ("a if b else c", ["c if b else a"]),
        ("if a:\n    b()", ["if not a:\n    b()"]),
        ("'a' + b", []),
        ("f'{a}' + b", []),
        ("a(b)", []),
    ],
)
def test_each_place_is_changed_in_one_way(source, mutants):
    assert all_mutants_of(source) == mutants


def test_the_same_seed_takes_the_same_places_and_another_takes_others():
    first, second, other = (sample_mutants(30, seed, "text_explorer/corpus/") for seed in (1, 1, 2))
    assert first == second != other
    assert len({*first}) == 30
    assert {mutant.module.parts[:3] for mutant in first} == {(*LIBRARY.parts, "text_explorer", "corpus")}


def test_the_tests_of_a_module_run_before_those_of_its_folder_and_of_its_package():
    near, rest = groups_of_tests(LIBRARY / "text_explorer" / "corpus" / "words" / "markup.py")
    assert near[0] == "tests/python/unit/corpus/words/test_markup.py"
    assert {Path(file).parent.name for file in near} == {"words"}
    assert [Path(file).parts[3] for file in rest].count("corpus") >= 5
    assert not {*near} & {*rest}


def test_a_module_is_imported_with_its_fault_and_with_its_own_path(tmp_path):
    fault = tmp_path / "fault.py"
    fault.write_text("FOUND = __file__", "utf-8")
    environment = {**os.environ, "MUTANT_NAME": "text_explorer.cells", "MUTANT_SOURCE": str(fault)}
    environment["PYTHONPATH"] = os.pathsep.join([str(HOOK), str(ROOT / LIBRARY)])
    command = [sys.executable, "-c", "import text_explorer.cells; print(text_explorer.cells.FOUND)"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert Path(done.stdout.strip()) == ROOT / LIBRARY / "text_explorer" / "cells.py"
