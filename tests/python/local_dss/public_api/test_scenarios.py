"""The real client runs scenarios: their settings, their steps, their runs."""

from __future__ import annotations

import pytest
from dataikuapi.utils import DataikuException

from tests.python.instance_support.flow_probe import FlowProject, install_flow_probe, wait_for
from tests.python.instance_support.plugin_zips import plugin_zip
from tests.python.instance_support.running_instance import RunningInstance

pytestmark = pytest.mark.oldest


@pytest.fixture(scope="module")
def instance(tmp_path_factory):
    running = RunningInstance(tmp_path_factory.mktemp("home"), plugin_webapps_by_api="accept").start()
    install_flow_probe(running)
    running.client().install_plugin_from_archive(plugin_zip(plugin="instance-probe"))
    yield running
    running.stop()


@pytest.fixture
def project(instance):
    return FlowProject(instance)


def build_step(output, **changes):
    builds = [{"type": "DATASET", "itemId": output, "partitionsSpec": ""}]
    params = {"builds": builds, "jobType": "RECURSIVE_FORCED_BUILD", "proceedOnFailure": False}
    return {
        "id": f"build_{output}",
        "type": "build_flowitem",
        "name": f"Build {output}",
        "enabled": True,
        "runConditionType": "RUN_IF_STATUS_MATCH",
        "runConditionStatuses": ["SUCCESS", "WARNING"],
        **changes,
        "params": {**params, **changes.get("params", {})},
    }


def macro_step(macro, **params):
    runnable = {"runnableType": f"pyrunnable_instance-probe_{macro}", "config": {}, "adminConfig": {}, **params}
    return {"id": f"run_{macro}", "type": "runnable", "name": f"Run {macro}", "params": runnable}


def scenario_with(project, *steps):
    scenario = project.api.create_scenario("Nightly build", "step_based")
    settings = scenario.get_settings()
    settings.raw_steps.extend(steps)
    settings.save()
    return scenario


def run_to_end(scenario):
    run = scenario.run_and_wait(no_fail=True)
    return run, run.get_details()


def test_a_scenario_has_an_id_of_its_own_and_keeps_what_it_is_given(project):
    scenario = project.api.create_scenario("Nightly build", "step_based")
    settings = scenario.get_settings()
    settings.add_daily_trigger(hour=3)
    settings.data["ofTomorrow"] = 1
    settings.active = True
    settings.save()
    saved = project.api.get_scenario("NIGHTLYBUILD").get_settings()
    assert (saved.active, saved.data["ofTomorrow"]) == (True, 1)
    assert [trigger["type"] for trigger in saved.raw_triggers] == ["temporal"]
    assert project.api.create_scenario("Nightly build", "step_based").id == "NIGHTLYBUILD_1"
    assert [item["id"] for item in project.api.list_scenarios()] == ["NIGHTLYBUILD", "NIGHTLYBUILD_1"]
    assert (scenario.get_status().running, scenario.get_last_runs()) == (False, [])
    scenario.delete()
    with pytest.raises(DataikuException, match=r"NotFoundException: Scenario .*NIGHTLYBUILD does not exist"):
        scenario.get_settings()


def test_a_build_step_reports_its_job(project):
    project.add_recipe("copy", "source", "copied", suffix="!")
    scenario = scenario_with(project, build_step("copied"))
    run, details = run_to_end(scenario)
    assert run.outcome == "SUCCESS"
    assert run.get_duration() > 0
    (step,) = details.steps
    assert (step.outcome, len(step.job_ids)) == ("SUCCESS", 1)
    assert project.api.get_job(step.job_ids[0]).get_status()["baseStatus"]["state"] == "DONE"
    assert project.rows("copied") == ["a!", "b!"]
    assert f"Started job {step.job_ids[0]}" in run.get_log(step_id="build_copied")
    assert run.get_log().splitlines()[-1].endswith("The run ended: SUCCESS")
    assert [past.id for past in scenario.get_last_runs(only_finished_runs=True)] == [run.id]
    assert scenario.get_run(run.id).outcome == "SUCCESS"
    assert scenario.get_current_run() is None


def test_a_failed_step_ends_the_run_but_for_steps_that_always_run(project):
    project.add_recipe("fail", "source", "failed")
    project.add_recipe("copy", "source", "copied", suffix="!")
    project.add_recipe("copy", "source", "late", suffix="?")
    always = build_step("late", runConditionType="RUN_ALWAYS")
    run, details = run_to_end(scenario_with(project, build_step("failed"), build_step("copied"), always))
    assert run.outcome == "FAILED"
    assert [(step["step"]["id"], step.outcome) for step in details.steps] == [
        ("build_failed", "FAILED"),
        ("build_late", "SUCCESS"),
    ]
    assert details.first_error_details["message"] == f"Job {details.steps[0].job_ids[0]} did not finish: FAILED"


def test_a_step_may_fail_with_a_warning_and_one_that_is_off_is_skipped(project):
    project.add_recipe("fail", "source", "failed")
    tolerant = build_step("failed", params={"proceedOnFailure": True})
    run, details = run_to_end(scenario_with(project, tolerant, build_step("missing", enabled=False)))
    assert (run.outcome, [step.outcome for step in details.steps]) == ("WARNING", ["WARNING"])


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"type": "exec_sql"}, "Steps with the type exec_sql are not served here"),
        ({"runConditionType": "RUN_CONDITIONALLY"}, "Steps with the runConditionType RUN_CONDITIONALLY are not"),
        ({}, "DATASET .* does not exist"),
    ],
)
def test_a_step_that_cannot_run_fails_with_its_reason(project, changes, message):
    run, details = run_to_end(scenario_with(project, build_step("missing", **changes)))
    assert run.outcome == "FAILED"
    with pytest.raises(ValueError, match=message):
        raise ValueError(details.first_error_details["message"])


def test_macros_and_webapps_are_steps_too(project):
    webapp = project.instance.client()._perform_json(
        "POST", f"/projects/{project.key}/webapps/", body={"type": "webapp_instance-probe_hello", "name": "Hello"}
    )["webAppId"]
    restart = {"id": "restart", "type": "restart_webapp", "params": {"webAppId": webapp}}
    steps = [macro_step("describe"), restart, macro_step("fail"), macro_step("describe")]
    _, details = run_to_end(scenario_with(project, *steps))
    assert [step.outcome for step in details.steps] == ["SUCCESS", "SUCCESS", "FAILED"]
    assert "the probe fails on purpose" in details.first_error_details["message"]
    assert project.api.get_webapp(webapp).get_state().running


def test_an_aborted_run_ends_its_macro(project, tmp_path):
    pid_file = tmp_path / "pids"
    scenario = scenario_with(project, macro_step("sleep", config={"pid_file": str(pid_file)}))
    run = scenario.run().wait_for_scenario_run()
    wait_for(pid_file.exists)
    scenario.abort()
    run.wait_for_completion(no_fail=True)
    assert (run.outcome, [step.outcome for step in run.get_details().steps]) == ("ABORTED", ["ABORTED"])
    assert "The macro was aborted." in run.get_log()


@pytest.mark.newer_client
def test_a_second_run_is_cancelled_and_the_first_can_be_aborted(project, tmp_path):
    project.add_recipe("sleep", "source", "slept", until=str(tmp_path / "wake"))
    scenario = scenario_with(project, build_step("slept"))
    fire = scenario.run()
    run = fire.wait_for_scenario_run()
    assert scenario.get_status().running
    assert scenario.get_current_run().id == run.id
    with pytest.raises(DataikuException, match="Scenario run has been cancelled"):
        scenario.run().wait_for_scenario_run()
    assert scenario.get_trigger_fire(fire.trigger_id, fire.run_id).is_cancelled(refresh=True) is False
    wait_for(project.api.list_running_jobs)
    scenario.abort()
    run.wait_for_completion(no_fail=True)
    assert (run.outcome, [step.outcome for step in run.get_details().steps]) == ("ABORTED", ["ABORTED"])
    assert [job["state"] for job in project.api.list_jobs()] == ["ABORTED"]
