"""What the process of a recipe knows: flow, settings, paths, variables."""

from __future__ import annotations

import json

import pytest

from local_dss.command_line import main
from local_dss.site.local_dss_storage.names import folder_id


@pytest.fixture(scope="module")
def job(tmp_path_factory, probe):
    """Findings of one run with two kinds of inputs, one of them foreign."""
    folder = tmp_path_factory.mktemp("job")
    home = probe.fill_home(folder / "home")
    probe.import_dataset(home, "OTHER.far", "a\n1\n")
    settings = json.loads((home / "instance.json").read_text())
    settings["plugin_config"] = {"contract-probe": {"token": "secret"}}
    (home / "instance.json").write_text(json.dumps(settings))
    config = folder / "config.json"
    config.write_text('{"count": 4, "extra": "kept", "advanced": false, "hidden": -5}')
    done = probe.cli(
        *("run", "probe-job", "--plugin", probe.folder, "--home", home, "--config", config),
        *("--input", "many=typed,OTHER.far", "many=source", "--output", "findings=job_findings"),
    )
    assert done.returncode == 0, done.stderr
    return {"stderr": done.stderr, **probe.read_findings(home, "job_findings")}


FOLDER = folder_id("LOCAL", "source")


def test_names_are_full_or_smart_and_in_form_order(job):
    assert job["names of many"] == ["LOCAL.typed", "OTHER.far", f"LOCAL.{FOLDER}"]
    assert job["smart names of many"] == ["typed", "OTHER.far", FOLDER]
    assert job["input names"] == [job["names of many"], job["smart names of many"]]
    assert job["output names"] == [["LOCAL.job_findings"], ["job_findings"]]
    assert job["names of no role"] == [[], []]


def test_the_config_is_fresh_at_every_call_and_keeps_hidden_and_unknown_values(job):
    assert job["config"] == {"count": 4, "extra": "kept", "advanced": False, "hidden": -5}
    assert job["kind of count"] == "int"
    assert job["plugin config"] == {"token": "secret"}
    assert "Warning: No param is named extra: passed on as given." in job["stderr"]


def test_the_flow_is_described_as_in_dss(job):
    assert job["flow"]["in"][1] == {
        "role": "many",
        "indexInRole": 1,
        "type": "DATASET",
        "smartName": "OTHER.far",
        "fullName": "OTHER.far",
    }
    assert job["flow"]["in"][2]["type"] == "MANAGED_FOLDER"
    assert job["flow"]["out"][0]["appendMode"] is False


def test_installed_modules_win_over_python_lib_and_the_repository_is_out_of_reach(job):
    assert job["json is the standard one"] is True
    assert job["python-lib comes last"] is True
    assert job["repository on the path"] is False
    assert job["import of the host"]["raised"] == "ModuleNotFoundError"


def test_the_recipe_runs_as_main_with_the_plugin_s_environment(job):
    assert job["main"] == ["__main__", "recipe.py", True]
    assert job["resource"] == "a resource\n"
    assert job["environment"] == ["LOCAL", "contract-probe"]
    assert job["project"] == "LOCAL"
    assert job["flow variables"] == [{}, {}]
    assert job["custom variables"] == [{"limit": "3", "word": "x"}, {"limit": 3, "word": "x"}]


def test_the_recipe_module_gives_objects_names_and_references(job):
    assert job["inputs as names"] == ["LOCAL.typed", "OTHER.far", f"LOCAL.{FOLDER}"]
    assert job["inputs as refs"] == ["typed", "OTHER.far", FOLDER]
    assert job["inputs as objects"] == ["Dataset", "Dataset", "Folder"]
    assert job["one dataset"] == "LOCAL.typed"
    assert job["no input"] is None
    assert job["several inputs"]["message"] == "Several inputs match: 3. Give a role or an index."
    assert job["the output"] == "LOCAL.job_findings"
    assert job["only datasets"] == ["typed", "OTHER.far"]


def test_frames_can_be_split_and_audited(job):
    assert job["halves"] == [7, 3]
    assert job["audit"] == [1]


def test_the_client_knows_projects_and_visitors(job):
    assert job["run as"] == "local"
    assert job["datasets"] == ["empty", "gaps", "job_findings", "typed", "unbuilt"]
    assert job["anonymous"] == {
        "raised": "DssError",
        "message": "No user is authenticated in these headers: the visitor is anonymous.",
    }
    assert job["visitor"]["authIdentifier"] == "analyst"
    assert job["visitor"]["groups"] == ["data_team"]
    assert job["impersonation"] is True


@pytest.mark.parametrize(
    ("name", "error", "message"),
    [
        ("unavailable call", "NameNotAvailableError", "LocalProject.new_recipe is not available in the local stand-in"),
        ("unavailable name", "NameNotAvailableError", "dataiku.SQLExecutor2 is not available in the local stand-in"),
        ("plugin libs", "NotAvailableHereError", "as in containers"),
        ("import from plugin", "NotAvailableHereError", "as in containers"),
    ],
)
def test_what_cannot_be_done_here_says_so(job, name, error, message):
    assert job[name]["raised"] == error
    assert message in job[name]["message"]


@pytest.mark.parametrize(
    ("options", "config", "expected"),
    [
        (["--int-params", "float"], {"count": 4}, {"count": 4.0}),
        (["--form-defaults"], {"mode": "rich"}, {"mode": "rich", "count": 3, "advanced": False}),
        (["--empty-reads", "error"], {}, {}),
    ],
)
def test_settings_are_served_as_asked(filled_home, tmp_path, probe, options, config, expected):
    config_path = tmp_path / "config.json"
    config_path.write_text(json.dumps(config))
    arguments = [
        "run",
        "probe-job",
        "--plugin",
        str(probe.folder),
        "--home",
        str(filled_home),
        "--config",
        str(config_path),
    ]
    assert main([*arguments, "--input", "many=typed", "--output", "findings=served", *options]) == 0
    findings = probe.read_findings(filled_home, "served")
    assert findings["config"] == expected
    assert findings["kind of count"] == type(expected.get("count")).__name__
