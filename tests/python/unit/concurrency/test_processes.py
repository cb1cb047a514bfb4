import os
import pickle
import queue
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import Mock

import pytest

from tests.python.conftest import ROOT
from text_explorer.concurrency import processes, threads
from text_explorer.concurrency.processes import ProcessDiedError, number_of_processes, worker_pool

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "python-lib")}
WORKS_UNTIL_KILLED = """
import os, time
from text_explorer.concurrency.processes import worker_pool
with worker_pool(os.path.realpath, 2) as map_ordered:
    print(*set(map_ordered(["/proc/self"] * 20)), flush=True)
    time.sleep(60)
"""


def wait_until_gone(paths):
    deadline = time.monotonic() + 20
    while any(os.path.exists(path) for path in paths):
        if time.monotonic() > deadline:
            pytest.fail("A process outlived the one that started it.")
        time.sleep(0.02)


@pytest.mark.parametrize("items_at_once", [1, 2, 3])
def test_results_come_in_the_order_of_the_items(items_at_once):
    with worker_pool(abs, 3, items_at_once=items_at_once) as map_ordered:
        assert list(map_ordered(range(-50, 0))) == list(range(50, 0, -1))
        assert list(map_ordered([])) == []
        assert list(map_ordered([-3])) == [3]


def test_one_process_is_this_one():
    with worker_pool(os.getpgid, 1) as map_ordered:
        assert list(map_ordered([0])) == [os.getpgid(0)]


def test_several_processes_are_this_one_and_others():
    with worker_pool(os.path.realpath, 3) as map_ordered:
        paths = set(map_ordered(["/proc/self"] * 60))
    assert os.path.realpath("/proc/self") in paths
    assert len(paths) == 3


def test_items_are_taken_a_few_ahead_of_the_results():
    taken = []

    def items():
        for number in range(100):
            taken.append(number)
            yield number

    with worker_pool(abs, 2) as map_ordered:
        ahead = [len(taken) - done for done, _ in enumerate(map_ordered(items()), start=1)]
    assert len(ahead) == 100
    assert max(ahead) <= 2 * processes.ITEMS_AHEAD


@pytest.mark.parametrize("items_at_once", [1, 2])
def test_large_items_and_results_pass(items_at_once):
    contents = [letter * 5_000_000 for letter in (b"a", b"b", b"c", b"d", b"e", b"f")]
    with worker_pool(bytes.swapcase, 2, items_at_once=items_at_once) as map_ordered:
        assert list(map_ordered(contents)) == [content.swapcase() for content in contents]


class WaitingPipe:
    """A pipe to a process that answers when the test puts an answer."""

    def __init__(self):
        self.sent = queue.Queue()
        self.answers = queue.Queue()

    def send_bytes(self, content):
        self.sent.put(pickle.loads(content))

    def recv(self):
        return self.answers.get(timeout=20)


def test_a_worker_gets_its_next_item_before_it_answers():
    pipe = WaitingPipe()
    ask = processes._Worker(Mock(), pipe)
    with ThreadPoolExecutor(2) as pool:
        asked = {item: pool.submit(ask, item) for item in ("one", "two")}
        sent = [pipe.sent.get(timeout=20), pipe.sent.get(timeout=20)]
        assert sorted(sent) == ["one", "two"]
        pipe.answers.put("first answer")
        pipe.answers.put("second answer")
        assert [asked[item].result() for item in sent] == ["first answer", "second answer"]


def test_an_item_that_cannot_be_sent_leaves_the_others_their_results():
    content = b"a" * 5_000_000
    with open(os.devnull) as no_content, worker_pool(bytes.swapcase, 2, items_at_once=2) as map_ordered:
        results = map_ordered([content, content, no_content])  # to the other process, to this one, to the other
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
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, timeout=50, check=False)
    assert done.returncode == 1
    assert "MemoryError: no room for the result" in done.stderr


def test_output_printed_by_a_process_stays_out_of_the_results(capfd):
    with worker_pool(print, 2) as map_ordered:
        assert list(map_ordered(["printed on the way"])) == [None]  # the first item goes to the other process
    assert "printed on the way" in capfd.readouterr().err


@pytest.mark.parametrize("items_at_once", [1, 2])
def test_a_killed_process_raises_a_clear_error(items_at_once):
    work = worker_pool(signal.raise_signal, 2, items_at_once=items_at_once)
    with pytest.raises(ProcessDiedError) as fault, work as map_ordered:
        list(map_ordered([signal.SIGKILL, 0, 0, 0]))  # the first item goes to the other process
    assert "A worker process was killed (signal 9), usually because the memory ran out" in str(fault.value)
    assert "Set 'Number of processes' to 1" in str(fault.value)


def test_a_function_that_raises_leaves_its_traceback_in_the_log(capfd):
    with (
        pytest.raises(ProcessDiedError, match=r"ended with status 1 \(see the log above\)"),
        worker_pool(float, 2) as map_ordered,
    ):
        list(map_ordered(["no number"]))
    assert "could not convert string to float: 'no number'" in capfd.readouterr().err


def test_a_result_that_cannot_be_sent_leaves_its_traceback_in_the_log(capfd):
    with (
        pytest.raises(ProcessDiedError, match=r"ended with status 1 \(see the log above\)"),
        worker_pool(open, 2) as map_ordered,
    ):
        list(map_ordered([os.devnull]))
    assert "cannot pickle" in capfd.readouterr().err


def test_processes_end_with_the_pool():
    with worker_pool(os.path.realpath, 3) as map_ordered:
        paths = set(map_ordered(["/proc/self"] * 20))
    assert {path for path in paths if os.path.exists(path)} == {os.path.realpath("/proc/self")}


def test_work_left_when_the_iterator_closes_is_cancelled(tmp_path, monkeypatch):
    gate = tmp_path / "gate"

    class Gated(ThreadPoolExecutor):
        """Releases the running work once the rest has been cancelled."""

        def __exit__(self, *error):
            gate.touch()
            return super().__exit__(*error)

    def work(number, command):
        return ["sh", "-c", f"touch begun-{number}; {command}"]

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(threads, "ThreadPoolExecutor", Gated)
    waits = "while [ ! -e gate ]; do sleep 0.01; done"
    with worker_pool(subprocess.call, 2) as map_ordered:
        results = map_ordered([work(0, "true"), *(work(number, waits) for number in range(1, 100))])
        assert next(results) == 0
        results.close()
    begun = {path.name for path in tmp_path.glob("begun-*")}
    assert "begun-0" in begun
    assert len(begun) <= 3  # one more in each process


def test_an_error_in_the_work_of_this_process_is_raised_as_it_is():
    def fail_at_the_second_result():
        with worker_pool(time.sleep, 2) as map_ordered:
            for number, _ in enumerate(map_ordered([0.1] * 50)):
                1 / (1 - number)

    with pytest.raises(ZeroDivisionError):
        fail_at_the_second_result()


def test_processes_do_not_outlive_a_job_that_is_killed():
    job = subprocess.Popen([sys.executable, "-c", WORKS_UNTIL_KILLED], env=ENVIRONMENT, stdout=subprocess.PIPE)
    paths = job.stdout.readline().decode().split()
    assert paths
    job.kill()
    job.wait()
    job.stdout.close()
    wait_until_gone(paths)


def test_the_calling_script_is_not_run_again_in_its_processes(tmp_path):
    script = tmp_path / "recipe.py"
    script.write_text(
        "from text_explorer.concurrency.processes import worker_pool\n"
        "print('recipe runs')\n"
        "with worker_pool(abs, 2) as map_ordered:\n"
        "    print(list(map_ordered([-1, -2])))\n",
        "utf-8",
    )
    done = subprocess.run([sys.executable, script], env=ENVIRONMENT, capture_output=True, text=True, check=True)
    assert done.stdout == "recipe runs\n[1, 2]\n"


def test_several_processes_are_used_for_large_work_only(monkeypatch):
    monkeypatch.setattr(processes, "available_workers", lambda: 4)
    assert number_of_processes(0, large=False) == 1
    assert number_of_processes(0, large=True) == 4
    assert number_of_processes(3, large=False) == 3


def test_one_processor_means_one_process(monkeypatch):
    monkeypatch.setattr(processes, "available_workers", lambda: 1)
    assert number_of_processes(0, large=True) == 1


def test_an_embedded_python_uses_one_process(monkeypatch):
    monkeypatch.setattr(sys, "executable", "")
    assert number_of_processes(2, large=True) == 1
