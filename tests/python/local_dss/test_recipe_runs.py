"""How runs end: failures, writers left open, append, flows."""

from __future__ import annotations

import json

import pytest

from local_dss.command_line import main
from local_dss.site.local_dss_storage.datasets import StoredDataset


def rows(home, name, partitions=None):
    return list(StoredDataset(home, "LOCAL", name).rows(partitions))


@pytest.mark.parametrize(
    ("how", "last_line"),
    [
        (
            "error",
            "Error in Python process: At line 16: <class 'probe_tools.faults.ProbeSettingsError'>: "
            "Number of topics must be at least 2. Got 1.",
        ),
        ("exit", "Error in Python process: At line 18: <class 'SystemExit'>: gave up"),
        ("vanish", "Error in Python process: Process exited with code 7"),
        ("killed", "Error in Python process: Process died with signal 9 (killed - maybe out of memory?)"),
    ],
)
def test_a_failing_recipe_ends_with_the_short_error_of_the_job_page(run, home, how, last_line):
    code, out, err = run("probe-fail", {"how": how})
    assert code == 1
    assert out == ""
    assert err.splitlines()[-1] == last_line
    assert "printed before failing" in err
    assert "logged before failing" in err
    (log,) = (home / "projects" / "LOCAL" / "jobs").glob("*/activity.log")
    assert log.read_text().splitlines()[-1] == last_line
    assert ("Traceback" in log.read_text()) is (how in ("error", "exit"))


def test_leaving_with_code_zero_is_a_success(run):
    assert run("probe-fail", {"how": "exit 0"})[:2] == (0, "")


def test_a_worker_left_behind_does_not_hold_the_run(run, tmp_path):
    mark = tmp_path / "worker-came-to-its-end"
    assert run("probe-fail", {"how": "worker left behind", "mark": str(mark)})[0] == 0
    assert not mark.exists()


def test_a_broken_recipe_names_its_line(tmp_path, home, capsys):
    recipe = tmp_path / "plugin" / "custom-recipes" / "broken"
    recipe.mkdir(parents=True)
    (tmp_path / "plugin" / "plugin.json").write_text('{"id": "broken"}')
    (recipe / "recipe.json").write_text('{"kind": "PYTHON"}')
    (recipe / "recipe.py").write_text("x = 1\ny = = 2\n")
    assert main(["run", "broken", "--plugin", str(tmp_path / "plugin"), "--home", str(home)]) == 1
    assert (
        capsys.readouterr()
        .err.splitlines()[-1]
        .startswith("Error in Python process: At line 2: <class 'SyntaxError'>: invalid syntax")
    )


def test_a_writer_that_is_never_closed_stores_nothing(run, home, probe):
    probe.import_dataset(home, "d", "a\n1\n2\n3\n")
    code, out, _ = run("probe-copy", {"how": "unclosed"}, "--input", "source=d", "--output", "copy=c")
    assert code == 0
    assert out == "copy: dataset LOCAL.c, no rows stored (never written, or its writer was not closed)\n"
    assert StoredDataset(home, "LOCAL", "c").partitions() == []


def test_an_error_inside_the_with_block_leaves_the_rows_written_so_far(run, home, probe):
    probe.import_dataset(home, "d", "a\n1\n2\n3\n")
    code, _, err = run("probe-copy", {"how": "failing"}, "--input", "source=d", "--output", "copy=c")
    assert code == 1
    assert err.splitlines()[-1].endswith("<class 'RuntimeError'>: stopped after the rows")
    assert rows(home, "c") == [["1"], ["2"], ["3"]]


def test_rows_need_a_schema(run, home, probe):
    probe.import_dataset(home, "d", "a\n1\n")
    code, _, err = run("probe-copy", {"how": "no schema"}, "--input", "source=d", "--output", "copy=c")
    assert code == 1
    assert "No column in schema of LOCAL.c. Have you set up the schema for this dataset?" in err.splitlines()[-1]


def test_running_again_replaces_rows_and_append_adds_them(run, home, probe):
    probe.import_dataset(home, "d", "a\n1\n2\n3\n")
    options = ("--input", "source=d", "--output", "copy=c")
    for _ in range(2):
        assert run("probe-copy", {"how": "chunks"}, *options)[1] == "copy: dataset LOCAL.c, 3 rows\n"
    assert run("probe-copy", {"how": "chunks"}, *options, "--append", "copy")[1] == "copy: dataset LOCAL.c, 6 rows\n"
    assert rows(home, "c") == [["1"], ["2"], ["3"]] * 2


def test_an_empty_read_gives_a_frame_or_an_error(run, home, probe):
    probe.import_dataset(home, "d", "a,b\n")
    options = ("--input", "source=d", "--output", "copy=c")
    assert run("probe-copy", {"how": "chunks"}, *options)[:2] == (0, "copy: dataset LOCAL.c, 0 rows\n")
    code, _, err = run("probe-copy", {"how": "chunks"}, *options, "--empty-reads", "error")
    assert code == 1
    assert "<class 'pandas.errors.EmptyDataError'>: No columns to parse from file" in err.splitlines()[-1]


def test_a_dataset_made_as_built_is_read_as_empty(run, home, tmp_path, capsys):
    schema = tmp_path / "schema.json"
    schema.write_text('[{"name": "a", "type": "string"}]')
    assert main(["create", "d", "--home", str(home), "--schema", str(schema), "--built"]) == 0
    assert capsys.readouterr().out == "LOCAL.d: created, 1 columns, no rows\n"
    options = ("--input", "source=d", "--output", "copy=c")
    assert run("probe-copy", {"how": "chunks"}, *options)[:2] == (0, "copy: dataset LOCAL.c, 0 rows\n")
    assert main(["create", "d", "--home", str(home), "--schema", str(schema)]) == 0
    code, _, err = run("probe-copy", {"how": "chunks"}, *options)
    assert code == 1
    assert "LOCAL.d is not ready: it has not been built yet" in err.splitlines()[-1]


def test_a_partitioned_dataset_cannot_be_made_as_built(home, capsys):
    assert main(["create", "d", "--home", str(home), "--built", "--partition-by", "day:DAY"]) == 2
    assert "leave out --built" in capsys.readouterr().err


@pytest.fixture
def flow(home, probe, tmp_path, capsys):
    """Build a flow; return exit code and what was printed."""
    probe.import_dataset(home, "d", "a\n1\n2\n")
    capsys.readouterr()

    def build(recipes, **more):
        path = tmp_path / "flow.json"
        path.write_text(json.dumps({"project": "LOCAL", "recipes": recipes, **more}))
        code = main(["build", str(path), "--plugin", str(probe.folder), "--home", str(home)])
        printed = capsys.readouterr()
        return code, printed.out.splitlines(), printed.err

    return build


COPY = {"recipe": "probe-copy", "inputs": {"source": "d"}, "outputs": {"copy": "c"}, "config": {"how": "chunks"}}


def test_a_flow_runs_its_recipes_in_order(flow, home):
    second = {**COPY, "inputs": {"source": ["c", "d"]}, "outputs": {"copy": "both"}, "form_defaults": True}
    code, lines, _ = flow([COPY, second])
    assert code == 0
    assert lines[0].startswith("[1/2] probe-copy: done in ")
    assert lines[1] == "  copy: dataset LOCAL.c, 2 rows"
    assert lines[2].startswith("[2/2] probe-copy: done in ")
    assert rows(home, "both") == [["1"], ["2"], ["1"], ["2"]]


def test_a_flow_stops_at_the_first_failure(flow, home):
    code, lines, err = flow([{"recipe": "probe-fail", "config": {"how": "error"}}, COPY])
    assert code == 1
    assert len(lines) == 1
    assert lines[0].startswith("[1/2] probe-fail: failed in ")
    assert "ProbeSettingsError" in err.splitlines()[-1]
    assert not StoredDataset(home, "LOCAL", "c").exists()


@pytest.mark.parametrize(
    ("recipes", "fault"),
    [
        (
            [{**COPY, "inputs": {"source": "missing"}}],
            '[1/1] probe-copy: Recipe "probe-copy" cannot run: The input role',
        ),
        ([{"inputs": {}}], 'Recipe 1 of the flow file must be an object with the name of a "recipe".'),
        ([{**COPY, "input": {}}], "Recipe 1 of the flow file has unknown keys: input."),
        ([{**COPY, "outputs": {"copy": 1}}], '"copy" must be a name or a list of names.'),
        ([{**COPY, "config": None}], 'Recipe 1 of the flow file: "config" must be an object. Got None.'),
        ([{**COPY, "append": "copy"}], "\"append\" must be a list of output roles. Got 'copy'."),
        ([{**COPY, "form_defaults": "false"}], "\"form_defaults\" must be true or false. Got 'false'."),
        ([{**COPY, "partition": 3}], '"partition" must be text. Got 3.'),
        ({"recipe": "x"}, 'must be an object with a list "recipes"'),
    ],
)
def test_a_bad_flow_is_refused(flow, recipes, fault):
    code, _, err = flow(recipes)
    assert code == 2
    assert fault in err
