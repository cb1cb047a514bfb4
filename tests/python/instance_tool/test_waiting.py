"""Work on the instance is waited for until it ends, is lost, or the time is over; the real client asks a script."""

from __future__ import annotations

import io

import pytest

from instance.connection import InstanceError, Target, connect
from instance.report import FailedError, Report
from instance.waiting import Waiting, faults_in, wait_for_future, wait_for_macro
from tests.python.instance_support.scripted_server import WELCOME, Script, scripted_server

FUTURE = ("GET", "/futures/F1")
MACRO = "/projects/SHOP/runnables/some-macro"
RUNNING = (200, {"jobId": "F1", "alive": True, "hasResult": False})


def waiting(**limits):
    return Waiting(Report(io.StringIO()), **{"seconds": 30.0, "away_seconds": 5.0, **limits})


def result_of(answers, **limits):
    """Wait for the future F1, whose state is asked for as the script says; return its result and the requests."""
    script = Script({**WELCOME, FUTURE: answers})
    with scripted_server(script) as url:
        future = connect(Target(url, "key")).get_future("F1")
        return wait_for_future(future, "Build", waiting(**limits)), script.asked[1:]


def test_it_ends_with_the_result():
    result, asked = result_of([RUNNING, RUNNING, (200, {"hasResult": True, "result": {"envName": "e"}})])
    assert (result, len(asked)) == ({"envName": "e"}, 3)


def test_a_result_that_comes_at_once_is_not_asked_for():
    with scripted_server(Script(dict(WELCOME))) as url:
        client = connect(Target(url, "key"))
        future = client.get_future(None)
        future.state = {"hasResult": True, "result": 7}
        assert wait_for_future(future, "Build", waiting()) == 7
        future.state = {"hasResult": False}
        with pytest.raises(FailedError, match="Build: the instance started nothing"):
            wait_for_future(future, "Build", waiting())


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ([RUNNING, (200, {"alive": False, "hasResult": False})], r"Build \(F1\) has ended without a result"),
        (
            [RUNNING, (404, {"message": "unknown"})],
            r"does not know Build \(F1\) any more: it was restarted. Run the same",
        ),
        ([RUNNING, (500, {"message": "disk full"})], r"Build \(F1\) failed: disk full \(HTTP 500\)"),
    ],
)
def test_work_that_fails_or_is_lost_ends_the_wait_with_its_id(answers, sentence):
    with pytest.raises(FailedError, match=sentence):
        result_of(answers)


def test_the_time_is_over():
    with pytest.raises(
        FailedError, match=r"Build \(F1\) goes on after 0 minutes, and was not aborted. Give it more time"
    ):
        result_of([RUNNING], seconds=0.0)


def test_an_instance_that_is_away_for_a_while_is_asked_again():
    done = (200, {"hasResult": True, "result": 1})
    assert result_of([RUNNING, (502, "<html>restarting</html>"), (503, ""), done])[0] == 1
    with pytest.raises(FailedError, match=r"Build \(F1\) failed: .*\(HTTP 502\)"):
        result_of([(502, "<html>gone</html>")], away_seconds=0.0)


def test_progress_is_shown_as_the_instance_words_it():
    states = [{"name": "Installing", "cur": 3, "target": 9}], [{"name": "Cleaning", "target": 0}], None
    answers = [(200, {"alive": True, "progress": {"states": state}}) for state in states]
    stream = io.StringIO()
    with scripted_server(Script({**WELCOME, FUTURE: [*answers, (200, {"hasResult": True})]})) as url:
        future = connect(Target(url, "key")).get_future("F1")
        wait_for_future(future, "Build", Waiting(Report(stream)))
    assert stream.getvalue().splitlines() == ["Build (F1) ...", "  Installing 3 of 9", "  Cleaning"]


def test_a_macro_is_asked_about_until_it_has_ended_and_its_result_read_once():
    states = [(200, {"running": True}), (200, {"running": False})]
    answers = {("GET", f"{MACRO}/state/R"): states, ("GET", f"{MACRO}/result/R"): [(200, {"records": [["a"]]})]}
    script = Script({**WELCOME, **answers})
    with scripted_server(script) as url:
        macro = connect(Target(url, "key")).get_project("SHOP").get_macro("some-macro")
        assert wait_for_macro(macro, "R", "Macro", waiting()) == {"records": [["a"]]}
    assert script.asked[1:] == [f"GET {MACRO}/state/R"] * 2 + [f"GET {MACRO}/result/R"]


def test_a_macro_that_failed_is_an_error_in_its_own_words():
    answers = {
        ("GET", f"{MACRO}/state/R"): [(200, {"running": False})],
        ("GET", f"{MACRO}/result/R"): [(500, {"message": "no such column"})],
    }
    with scripted_server(Script({**WELCOME, **answers})) as url:
        macro = connect(Target(url, "key")).get_project("SHOP").get_macro("some-macro")
        with pytest.raises(InstanceError, match="no such column"):
            wait_for_macro(macro, "R", "Macro", waiting())


@pytest.mark.parametrize(
    ("result", "faults"),
    [
        ({"messages": {"error": True, "messages": [{"message": "no gcc"}, {"title": "pip"}]}}, ["no gcc", "pip"]),
        ({"messages": {"fatal": True, "messages": []}}, ["no reason was given"]),
        ({"messages": {"warning": True, "messages": [{"message": "old pip"}]}}, []),
        ({}, []),
        (None, []),
    ],
)
def test_messages_of_a_result_are_faults_if_one_is_an_error(result, faults):
    assert faults_in(result) == faults
