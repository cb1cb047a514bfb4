"""Requests that are refused before anything runs, with all faults in one message."""

from __future__ import annotations

import json

import pytest

from local_dss.command_line import main


@pytest.fixture
def refused(filled_home, probe, capsys, tmp_path):
    """Run a recipe that must be refused; return the message."""

    def run(recipe, *options, config=None):
        arguments = ["run", recipe, "--plugin", str(probe.folder), "--home", str(filled_home), *options]
        if config is not None:
            path = tmp_path / "config.json"
            path.write_text(json.dumps(config))
            arguments += ["--config", str(path)]
        assert main(arguments) == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        assert captured.err.count("\n") == 1
        return captured.err

    return run


JOB = ("--input", "many=typed", "--output", "findings=never")


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        (("--output", "findings=never"), 'The input role "many" is required: give it a dataset or managed folder.'),
        ((*JOB, "--input", "nope=typed"), 'Unknown input role "nope". The input roles are: many, optional.'),
        ((*JOB, "--output", "nope=x"), 'Unknown output role "nope". The output roles are: findings.'),
        ((*JOB, "--input", "optional=typed,gaps"), 'The input role "optional" takes one dataset. Got 2: typed, gaps.'),
        ((*JOB, "--input", "optional=source"), 'takes a dataset, but "source" is a managed folder.'),
        ((*JOB, "--input", "optional=missing"), 'there is no dataset "missing" in project LOCAL.'),
        ((*JOB, "--input", "optional=../x"), 'named with letters, digits, "_" and "-"'),
        (
            ("--input", "many=typed", "--output", "findings=typed"),
            "LOCAL.typed is an output and at the same time an input",
        ),
        ((*JOB, "--append", "nope"), 'Rows cannot be appended to the unknown output role "nope".'),
        ((*JOB, "--partition", "x"), "A partition is given but no dataset of the recipe is partitioned."),
        ((*JOB, "--read-partitions", "far=x"), 'Partitions are given for "far", which is no input.'),
        (
            ("--input", "many", "--output", "findings=x"),
            '--input takes values like ROLE=NAME or ROLE=NAME,NAME. Got "many".',
        ),
    ],
)
def test_each_rule_on_roles_is_tripped(refused, options, fault):
    assert fault in refused("probe-job", *options)


def test_a_dataset_does_not_fit_a_folder_role(refused):
    message = refused("probe-folders", "--input", "source=typed", "--output", "target=gaps", "findings=f")
    assert 'The input role "source" takes a managed folder, but "typed" is a dataset.' in message
    assert 'The output role "target" takes a managed folder, but "gaps" is a dataset.' in message


def test_all_faults_come_in_one_line(refused):
    config = {"count": 11, "column": "id", "columns": ["nope"], "advanced": True, "mode": "rich", "tags": ["c"]}
    message = refused("probe-job", *JOB, "--input", "optional=missing", config=config)
    assert message.startswith('Error: Recipe "probe-job" cannot run, 6 faults: (1) The input role "optional"')
    for fault in (
        '"Count" (count) must be at most 10. Got 11.',
        '"Hidden" (hidden) needs a value.',
        '"Column" (column) must be a column of type string. "id" is of type bigint.',
        '"Columns" (columns) is not a column of the dataset: "nope".',
        "\"Tags\" (tags) must be one of a, b. Got 'c'.",
    ):
        assert fault in message


def test_nothing_is_made_for_a_refused_request(refused, filled_home):
    refused("probe-job", "--input", "many=typed", "--output", "findings=untouched", config={"count": 0})
    assert not (filled_home / "projects" / "LOCAL" / "datasets" / "untouched").exists()


def test_an_unknown_recipe_is_named_with_the_known_ones(refused):
    message = refused("probe-nothing")
    assert 'Unknown recipe "probe-nothing" in plugin "contract-probe". Its recipes are: probe-copy, ' in message


def test_a_config_that_is_not_an_object_is_refused(refused):
    assert "The config file must be a JSON object" in refused("probe-job", *JOB, config=[1])


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ('{"empty_reads": "maybe"}', 'Setting "empty_reads"'),
        ('{"nope": 1}', 'Unknown setting "nope"'),
        ('{"local_folders": "yes"}', "has the wrong kind of value"),
        ("[1]", "must be a JSON object"),
        ("{", "not valid JSON"),
    ],
)
def test_bad_instance_settings_are_explained(home, capsys, content, fault):
    home.mkdir()
    (home / "instance.json").write_text(content)
    assert main(["export", "--home", str(home), "x", "x.csv"]) == 2
    assert fault in capsys.readouterr().err
