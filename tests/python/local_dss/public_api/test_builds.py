"""The real client builds: jobs and their logs, order of recipes, abort, two jobs at once, an instance that dies."""

from __future__ import annotations

import json
import os
import re
from contextlib import closing

import pytest
from dataikuapi.dss.recipe import DSSRecipeCreator
from dataikuapi.utils import DataikuException

from local_dss.site.local_dss_storage.datasets import StoredDataset
from local_dss.site.local_dss_storage.folders import StoredFolder
from tests.python.instance_support.flow_probe import (
    FlowProject,
    activities_of,
    install_flow_probe,
    status_at_end,
    wait_for,
)
from tests.python.instance_support.plugin_zips import plugin_zip
from tests.python.instance_support.running_instance import RunningInstance

MISSING, OUTDATED, ALL = "RECURSIVE_MISSING_ONLY_BUILD", "RECURSIVE_BUILD", "RECURSIVE_FORCED_BUILD"


@pytest.fixture(scope="module")
def instance(tmp_path_factory):
    running = RunningInstance(
        tmp_path_factory.mktemp("home"), plugin_config={"flow-probe": {"token": "secret"}}
    ).start()
    install_flow_probe(running)
    yield running
    running.stop()


@pytest.fixture
def project(instance):
    return FlowProject(instance)


def processes_of(job):
    """Return the ids of the sleeping recipe's two processes, once they run."""
    return wait_for(lambda: re.findall(r"\d+", (re.findall("processes (.*)", job.get_log()) or [""])[0]))


def is_alive(process):
    """Return whether a process runs; one that waits for its parent to read its end does not."""
    try:
        with open(f"/proc/{process}/stat", encoding="utf-8") as stream:
            return stream.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_one_run_of_a_recipe_fills_all_its_outputs(project, instance):
    folder = project.add_folder("notes")
    project.add_recipe("copy", "source", "copied", notes=folder, suffix="!")
    job = project.start("copied")
    status = status_at_end(job)
    assert (status["state"], activities_of(status)) == ("DONE", {"compute_copied": "DONE"})
    assert project.rows("copied") == ["a!", "b!"]
    with StoredFolder(instance.home, project.key, folder).open_read("/notes.json") as stream:
        notes = json.load(stream)
    assert notes["config"] == {"suffix": "!"}
    assert notes["plugin_config"] == {"token": "secret"}
    assert notes["user"] == "admin"
    assert job.id.startswith("Build_copied_NP_")


def test_the_ticket_of_a_process_ends_with_it(project, instance):
    folder = project.add_folder("notes")
    project.add_recipe("copy", "source", "copied", notes=folder, suffix="!")
    job = project.api.new_job().with_output(folder, object_type="MANAGED_FOLDER").start_and_wait()
    assert job.get_status()["baseStatus"]["state"] == "DONE"
    with StoredFolder(instance.home, project.key, folder).open_read("/notes.json") as stream:
        ticket = json.load(stream)["ticket"]
    client = instance.client()
    client._session.auth, client._session.headers["X-DKU-APITicket"] = None, ticket
    with pytest.raises(DataikuException, match="Invalid API key or ticket"):
        client.get_auth_info()


def test_the_log_of_a_failed_job_ends_with_the_short_error(project):
    project.add_recipe("fail", "source", "failed")
    job = project.start("failed")
    status = status_at_end(job)
    assert (status["state"], activities_of(status)) == ("FAILED", {"compute_failed": "FAILED"})
    assert job.get_log().splitlines()[-1] == (
        "Error in Python process: At line 4: <class 'ValueError'>: The source has too few rows. Got 1."
    )
    (activity,) = status["activities"]
    assert job.get_log(activity).startswith("printed before failing\nTraceback")
    with pytest.raises(DataikuException, match=r"^Job run did not finish\. Status: FAILED$"):
        project.api.new_job().with_output("failed").start_and_wait()


def test_a_job_that_is_refused_says_why_in_its_log(project):
    project.add_recipe("copy", "source", "copied")
    job = project.start("copied")
    assert status_at_end(job)["state"] == "FAILED"
    assert "suffix" in job.get_log().splitlines()[-1]
    job = project.start("source")
    assert status_at_end(job)["state"] == "FAILED"
    assert "No recipe writes source" in job.get_log()


@pytest.mark.parametrize(
    ("type_of_job", "output", "message"),
    [
        ("RECURSIVE_BUILD", {"name": "missing"}, r"NotFoundException: DATASET .*\.missing does not exist"),
        ("RECURSIVE_BUILD", {"name": "source", "object_type": "MANAGED_FOLDER"}, "MANAGED_FOLDER .* does not exist"),
        ("RECURSIVE_BUILD", {"name": "source", "object_type": "SAVED_MODEL"}, "SAVED_MODEL cannot be built here"),
        ("RECURSIVE_BUILD", {"name": "source", "object_project_key": "OTHER"}, "start it in project OTHER"),
        ("BUILD_ALL", {"name": "source"}, "Unknown job type: BUILD_ALL"),
    ],
)
def test_a_job_that_cannot_be_planned_is_refused_at_once(project, type_of_job, output, message):
    with pytest.raises(DataikuException, match=message):
        project.api.new_job(type_of_job).with_output(**output).start()
    assert project.api.list_jobs() == []


def test_recursive_builds_run_what_they_need_in_order(project):
    recipe = project.add_recipe("copy", "source", "first", suffix="1")
    project.add_recipe("copy", "first", "a_second", suffix="2")
    everything = ["compute_first", "compute_a_second"]
    assert list(activities_of(project.build("a_second", how=MISSING))) == everything
    assert project.rows("a_second") == ["a12", "b12"]
    assert project.build("a_second", how=OUTDATED)["activities"] == {}
    assert list(activities_of(project.build("first", how=ALL))) == everything[:1]
    assert list(activities_of(project.build("a_second", how=OUTDATED))) == everything[1:]
    settings = recipe.get_settings()
    settings.raw_params["customConfig"] = {"suffix": "x"}
    settings.save()
    assert list(activities_of(project.build("a_second", how=MISSING))) == everything[1:]
    assert project.rows("a_second") == ["a12", "b12"]
    assert list(activities_of(project.build("a_second", how=OUTDATED))) == everything
    assert project.rows("a_second") == ["ax2", "bx2"]


def test_each_partition_of_a_job_is_an_activity(project):
    dimensions = [{"name": "year", "type": "value", "params": {}}]
    for name in ("by_year", "copied"):
        stored = StoredDataset(project.instance.home, project.key, name)
        stored.create([{"name": "text", "type": "string"}], dimensions)
    for year in ("2024", "2025", "2026"):
        with closing(StoredDataset(project.instance.home, project.key, "by_year").open_writer(year)) as writer:
            writer.write([year])
    project.add_recipe("copy", "by_year", "copied", suffix="!")
    status = status_at_end(project.api.new_job().with_output("copied", partition="2024,2026").start())
    assert (status["state"], list(status["activities"])) == ("DONE", ["compute_copied_2024", "compute_copied_2026"])
    assert project.rows("copied") == ["2024!", "2026!"]


def test_rows_are_appended_where_the_recipe_says_so(project):
    recipe = project.add_recipe("copy", "source", "copied", suffix="!")
    settings = recipe.get_settings()
    settings.recipe_settings["outputs"]["copy"]["items"][0]["appendMode"] = True
    settings.save()
    recipe.run()
    recipe.run()
    assert project.rows("copied") == ["a!", "b!", "a!", "b!"]


def test_a_plugin_without_its_code_environment_fails_its_runs(project):
    project.instance.client().install_plugin_from_archive(plugin_zip(plugin="environment-probe"))
    project.add_dataset("words")
    creator = DSSRecipeCreator("CustomCode_environment-probe-words", "compute_words", project.api)
    creator.with_output("words", role="words").create()
    job = project.start("words")
    assert status_at_end(job)["state"] == "FAILED"
    assert "needs a code environment and none is selected" in job.get_log().splitlines()[-1]


def test_a_build_of_what_is_missing_goes_up_to_what_is_built(project):
    project.add_recipe("fail", "source", "failed")
    project.add_recipe("copy", "failed", "copied", suffix="!")
    status = project.build("copied", how=MISSING)
    assert status["state"] == "FAILED"
    assert activities_of(status) == {"compute_failed": "FAILED", "compute_copied": "ABORTED"}


def test_an_aborted_job_leaves_no_process_behind(project, tmp_path):
    project.add_recipe("sleep", "source", "slept", until=str(tmp_path / "wake"))
    job = project.start("slept")
    processes = processes_of(job)
    assert [is_alive(process) for process in processes] == [True, True]
    assert [item.job_id for item in project.api.list_running_jobs()] == [job.id]
    assert [item.job_id for item in project.instance.client().list_running_jobs()] == [job.id]
    job.abort()
    status = status_at_end(job)
    assert (status["state"], activities_of(status)) == ("ABORTED", {"compute_slept": "ABORTED"})
    assert wait_for(lambda: not any(map(is_alive, processes)))
    assert job.get_log().splitlines()[-1] == "Aborted"
    assert project.api.list_running_jobs() == []
    job.abort()
    assert [item["state"] for item in project.api.list_jobs()] == ["ABORTED"]


def test_a_second_job_on_the_same_output_waits_for_the_first(project, tmp_path):
    wake = tmp_path / "wake"
    project.add_recipe("sleep", "source", "slept", until=str(wake))
    first = project.start("slept")
    processes_of(first)
    second, third = project.start("slept"), project.start("slept")
    wait_for(lambda: second.get_status()["globalState"]["notStarted"] == 1)
    third.abort()
    assert status_at_end(third)["state"] == "ABORTED"
    assert [job.get_status()["baseStatus"]["state"] for job in (first, second)] == ["RUNNING", "RUNNING"]
    wake.touch()
    ends = [status_at_end(job) for job in (first, second)]
    assert [status["state"] for status in ends] == ["DONE", "DONE"]
    (one,), (two,) = (status["activities"].values() for status in ends)
    assert two["startTime"] >= one["endTime"]


def test_a_job_of_an_instance_that_died_has_failed_and_its_recipe_is_dead(tmp_path):
    instance = RunningInstance(tmp_path / "home").start()
    install_flow_probe(instance)
    project = FlowProject(instance)
    project.add_recipe("sleep", "source", "slept", until=str(tmp_path / "wake"))
    job = project.start("slept")
    recipe, worker = processes_of(job)
    instance.kill()
    assert wait_for(lambda: not is_alive(recipe))
    os.kill(int(worker), 9)
    instance.start()
    status = project.api.get_job(job.id).get_status()["baseStatus"]
    assert (status["state"], activities_of(status)) == ("FAILED", {"compute_slept": "ABORTED"})
    assert "The instance ended while the job was running." in project.api.get_job(job.id).get_log()
    job = project.start("slept")
    processes = processes_of(job)
    instance.stop()
    assert wait_for(lambda: not any(map(is_alive, processes)))
    instance.start()
    assert project.api.get_job(job.id).get_status()["baseStatus"]["state"] == "ABORTED"
    instance.stop()
