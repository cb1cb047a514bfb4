import os
import pickle
import queue
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.python.conftest import ROOT
from text_explorer.concurrency import processes
from text_explorer.concurrency.processes import ProcessDiedError, number_of_processes, sharing

LIBRARY = ROOT / "python-lib"
SHARES_UNTIL_KILLED = """
import os, time
from text_explorer.concurrency.processes import sharing
with sharing(os.path.realpath, 2) as share:
    print(*set(share(["/proc/self"] * 20)), flush=True)
    time.sleep(60)
"""


def wait_until_gone(places):
    deadline = time.monotonic() + 20
    while any(os.path.exists(place) for place in places):
        if time.monotonic() > deadline:
            pytest.fail("A process outlived the one that started it.")
        time.sleep(0.02)


@pytest.mark.parametrize("items_at_once", [1, 2, 3])
def test_results_come_in_the_order_of_the_work(items_at_once):
    with sharing(abs, 3, items_at_once=items_at_once) as share:
        assert list(share(range(-50, 0))) == list(range(50, 0, -1))
        assert list(share([])) == []
        assert list(share([-3])) == [3]


def test_one_process_is_this_one():
    with sharing(os.getpgid, 1) as share:
        assert list(share([0])) == [os.getpgid(0)]


def test_several_processes_are_this_one_and_others():
    with sharing(os.path.realpath, 3) as share:
        places = set(share(["/proc/self"] * 60))
    assert os.path.realpath("/proc/self") in places
    assert len(places) == 3


def test_items_are_taken_a_few_ahead_of_the_results():
    taken = []

    def items():
        for number in range(100):
            taken.append(number)
            yield number

    with sharing(abs, 2) as share:
        for number, _ in enumerate(share(items())):
            assert len(taken) <= number + 2 * processes.ITEMS_AHEAD + 1


@pytest.mark.parametrize("items_at_once", [1, 2])
def test_large_items_and_results_pass(items_at_once):
    contents = [letter * 5_000_000 for letter in (b"a", b"b", b"c", b"d", b"e", b"f")]
    with sharing(bytes.swapcase, 2, items_at_once=items_at_once) as share:
        assert list(share(contents)) == [content.swapcase() for content in contents]


class WaitingPipe:
    """A pipe to a process that answers when the test says so."""

    def __init__(self):
        self.sent = queue.Queue()
        self.answers = queue.Queue()

    def send_bytes(self, content):
        self.sent.put(pickle.loads(content))

    def recv(self):
        return self.answers.get(timeout=20)


def test_another_process_has_its_next_item_before_it_answers():
    pipe = WaitingPipe()
    ask = processes._OtherProcess(None, pipe)
    with ThreadPoolExecutor(2) as pool:
        asked = {item: pool.submit(ask, item) for item in ("one", "two")}
        sent = [pipe.sent.get(timeout=20), pipe.sent.get(timeout=20)]
        assert sorted(sent) == ["one", "two"]
        pipe.answers.put("first answer")
        pipe.answers.put("second answer")
        assert [asked[item].result() for item in sent] == ["first answer", "second answer"]


def test_an_item_that_cannot_be_sent_leaves_the_others_their_results():
    content = b"a" * 5_000_000
    with open(os.devnull) as no_content, sharing(bytes.swapcase, 2, items_at_once=2) as share:
        results = share([content, content, no_content])  # to the other process, to this one, to the other
        assert next(results) == content.swapcase()
        assert next(results) == content.swapcase()
        with pytest.raises(TypeError, match="cannot pickle"):
            next(results)


def test_a_process_that_cannot_send_its_result_ends_with_the_reason_in_the_log():
    script = (
        "import time\n"
        "from text_explorer.concurrency.processes import serve\n"
        "class FullPipe:\n"
        "    def __init__(self):\n"
        "        self.items = iter([abs, -1])\n"
        "    def recv(self):\n"
        "        return next(self.items, None) or time.sleep(60)\n"
        "    def send_bytes(self, content):\n"
        "        raise MemoryError('no room for the result')\n"
        "serve(FullPipe())\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(LIBRARY)}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=50, check=False)
    assert done.returncode == 1
    assert "MemoryError: no room for the result" in done.stderr


def test_what_a_process_prints_does_not_get_between_the_results(capfd):
    with sharing(print, 2) as share:
        assert list(share(["printed on the way"])) == [None]  # the first item goes to the other process
    assert "printed on the way" in capfd.readouterr().err


@pytest.mark.parametrize("items_at_once", [1, 2])
def test_a_killed_process_ends_in_a_sentence(items_at_once):
    work = sharing(signal.raise_signal, 2, items_at_once=items_at_once)
    with pytest.raises(ProcessDiedError) as fault, work as share:
        list(share([signal.SIGKILL, 0, 0, 0]))  # the first item goes to the other process, and perhaps a second one
    assert "was killed (signal 9), which mostly means that the memory ran out" in str(fault.value)
    assert "Set 'Number of processes' to 1" in str(fault.value)


def test_a_function_that_raises_ends_in_a_sentence_with_its_traceback_in_the_log(capfd):
    with (
        pytest.raises(ProcessDiedError, match="ended with status 1; the lines above tell why"),
        sharing(float, 2) as share,
    ):
        list(share(["no number"]))
    assert "could not convert string to float: 'no number'" in capfd.readouterr().err


def test_a_result_that_cannot_be_sent_ends_in_a_sentence_with_its_traceback_in_the_log(capfd):
    with (
        pytest.raises(ProcessDiedError, match="ended with status 1; the lines above tell why"),
        sharing(open, 2) as share,
    ):
        list(share([os.devnull]))
    assert "cannot pickle" in capfd.readouterr().err


def test_processes_end_with_the_work():
    with sharing(os.path.realpath, 3) as share:
        places = set(share(["/proc/self"] * 20))
    assert {place for place in places if os.path.exists(place)} == {os.path.realpath("/proc/self")}


def test_work_that_is_given_up_is_not_begun(tmp_path, monkeypatch):
    gate = tmp_path / "gate"

    class Gated(ThreadPoolExecutor):
        """Lets the work that is running go on once the rest has been given up."""

        def __exit__(self, *error):
            gate.touch()
            return super().__exit__(*error)

    def work(number, command):
        return ["sh", "-c", f"touch begun-{number}; {command}"]

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(processes, "ThreadPoolExecutor", Gated)
    waits = "while [ ! -e gate ]; do sleep 0.01; done"
    with sharing(subprocess.call, 2) as share:
        results = share([work(0, "true"), *(work(number, waits) for number in range(1, 100))])
        assert next(results) == 0
        results.close()
    begun = {path.name for path in tmp_path.glob("begun-*")}
    assert "begun-0" in begun
    assert len(begun) <= 3  # one more in each process


def test_an_error_in_the_work_of_this_process_is_raised_as_it_is():
    def fail_at_the_second_result():
        with sharing(time.sleep, 2) as share:
            for number, _ in enumerate(share([0.1] * 50)):
                1 / (1 - number)

    with pytest.raises(ZeroDivisionError):
        fail_at_the_second_result()


def test_processes_do_not_outlive_a_job_that_is_killed():
    environment = {**os.environ, "PYTHONPATH": str(LIBRARY)}
    job = subprocess.Popen([sys.executable, "-c", SHARES_UNTIL_KILLED], env=environment, stdout=subprocess.PIPE)
    places = job.stdout.readline().decode().split()
    assert places
    job.kill()
    job.wait()
    job.stdout.close()
    wait_until_gone(places)


def test_a_script_that_shares_work_is_not_run_again_in_its_processes(tmp_path):
    script = tmp_path / "recipe.py"
    script.write_text(
        "from text_explorer.concurrency.processes import sharing\n"
        "print('recipe runs')\n"
        "with sharing(abs, 2) as share:\n"
        "    print(list(share([-1, -2])))\n",
        "utf-8",
    )
    environment = {**os.environ, "PYTHONPATH": str(LIBRARY)}
    done = subprocess.run([sys.executable, script], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "recipe runs\n[1, 2]\n"


def test_processes_are_worth_while_for_much_work_alone(monkeypatch):
    monkeypatch.setattr(processes, "available_workers", lambda: 4)
    assert number_of_processes(0, much=False) == 1
    assert number_of_processes(0, much=True) == 4
    assert number_of_processes(3, much=False) == 3


def test_one_processor_means_one_process(monkeypatch):
    monkeypatch.setattr(processes, "available_workers", lambda: 1)
    assert number_of_processes(0, much=True) == 1


def test_a_python_inside_another_program_works_alone(monkeypatch):
    monkeypatch.setattr(sys, "executable", "")
    assert number_of_processes(2, much=True) == 1
