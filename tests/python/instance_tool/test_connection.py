"""Which instance and key are taken, and one sentence for each way in which they do not connect."""

from __future__ import annotations

import json
import socket
import subprocess
import sys

import pytest

from instance.connection import Given, find_target
from instance.report import RefusedError
from tests.python.conftest import ROOT
from tests.python.instance_support.running_instance import RunningInstance
from tests.python.instance_support.scripted_server import AUTH, WELCOME, Script, scripted_server

pytestmark = pytest.mark.oldest  # on the oldest client too

URL = "https://dss.example.com:11200"
VARIABLES = {"DKU_DSS_URL": f"{URL}/", "DKU_API_KEY": "key-of-variable"}


@pytest.fixture
def config(tmp_path):
    path = tmp_path / "config.json"
    entries = {
        "work": {"url": URL, "api_key": "key-of-work"},
        "home": {"url": "http://localhost:11200", "api_key": "key-of-home", "no_check_certificate": True},
    }
    path.write_text(json.dumps({"dss_instances": entries, "default_instance": "home"}))
    return path


@pytest.fixture
def key_file(tmp_path):
    path = tmp_path / "key.txt"
    path.write_text("key-of-file\n")
    return path


def test_options_come_before_the_environment_and_that_before_the_file(config, key_file):
    given = Given(url="http://127.0.0.1:1/public/api/", key_file=key_file)
    found = [find_target(given, VARIABLES, config), find_target(Given(), VARIABLES, config)]
    found.append(find_target(Given(), {}, config))
    assert [(target.url, target.key, target.verify) for target in found] == [
        ("http://127.0.0.1:1", "key-of-file", True),
        (URL, "key-of-variable", True),
        ("http://localhost:11200", "key-of-home", False),
    ]


def test_a_named_entry_of_the_file_comes_before_the_environment(config):
    target = find_target(Given(instance="work"), VARIABLES, config)
    assert (target.url, target.key) == (URL, "key-of-work")


def test_a_key_of_the_file_is_sent_to_its_own_url_only(config):
    assert find_target(Given(url=f"{URL}/"), {}, config).key == "key-of-work"
    with pytest.raises(RefusedError, match=r"No key for http://other: give --key-file FILE, or set DKU_API_KEY"):
        find_target(Given(url="http://other"), {}, config)


def test_the_authority_of_an_option_is_what_certificates_are_checked_with(config, key_file):
    assert find_target(Given(ca=key_file), {}, config).verify == str(key_file)


@pytest.mark.parametrize(
    ("given", "variables", "sentence"),
    [
        (Given(), {}, "No URL of an instance: give --url, or set DKU_DSS_URL"),
        (Given(url="dss.example.com"), VARIABLES, "must begin with http:// or https:// and a host"),
        (Given(url="https://me:secret@dss"), VARIABLES, "must not hold a user or a password"),
        (Given(), {**VARIABLES, "DKU_API_KEY": "two words"}, "is no API key"),
        (Given(instance="lost"), {}, r"--instance: .* has no instance 'lost'. It has: work, home"),
    ],
)
def test_what_is_missing_or_wrong_is_named(config, given, variables, sentence):
    if not (given.instance or variables):
        config.unlink()
    with pytest.raises(RefusedError, match=sentence) as caught:
        find_target(given, variables, config)
    assert "secret" not in str(caught.value)
    assert "two words" not in str(caught.value)


def test_files_that_cannot_be_read_are_named(config, tmp_path):
    with pytest.raises(RefusedError, match=r"--key-file: .*lost cannot be read: No such file"):
        find_target(Given(url=URL, key_file=tmp_path / "lost"), {}, config)
    with pytest.raises(RefusedError, match="--ca: there is no file"):
        find_target(Given(url=URL, ca=tmp_path / "lost"), VARIABLES, config)
    with pytest.raises(RefusedError, match="--ca and --no-check-certificate exclude each other"):
        find_target(Given(ca=config, no_check_certificate=True), VARIABLES, config)
    config.write_text("{")
    with pytest.raises(RefusedError, match=r"config\.json is not valid JSON"):
        find_target(Given(), {}, config)


def test_an_empty_key_file_is_no_key(tool):
    done = tool(URL, "check", key="\t")
    assert (done.code, done.text.startswith(f"No key for {URL}")) == (2, True)


def test_nothing_at_the_address(tool):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        done = tool(url, "check")
    assert (done.code, done.text.startswith(f"{url} cannot be reached: Connection refused. Check host")) == (2, True)


@pytest.mark.parametrize("answer", [(200, "<html>Sign in</html>"), (200, []), (404, "<html>Not here</html>")])
def test_a_page_that_is_no_instance(tool, answer):
    with scripted_server(Script({AUTH: [answer]})) as url:
        done = tool(url, "check")
    assert done.code == 2
    assert done.text.startswith(f"{url} answers, but not as a DSS instance does")
    assert "<html>" not in done.text


def test_an_instance_that_takes_too_long(tool):
    with scripted_server(Script(WELCOME, seconds=1.0)) as url:
        done = tool(url, "check", "--timeout", "0.2")
    assert (done.code, done.text.startswith(f"{url} has not answered within 0.2 seconds.")) == (2, True)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tls")
    key, signed, both = folder / "key.pem", folder / "signed.pem", folder / "both.pem"
    name = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *name]
    subprocess.run([*command, "-keyout", key, "-out", signed], check=True, capture_output=True)
    both.write_bytes(key.read_bytes() + signed.read_bytes())
    return both, signed


def test_a_certificate_of_an_unknown_authority_is_refused_with_the_option_that_names_it(tool, certificate):
    both, signed = certificate
    with scripted_server(Script({**WELCOME, ("GET", "/plugins/"): [(200, [])]}), both) as url:
        refused, trusted, unchecked = (
            tool(url, "status", *options) for options in ([], ["--ca", str(signed)], ["--no-check-certificate"])
        )
    assert refused.code == 2
    assert refused.text.startswith(f"The certificate of {url} is not trusted: ")
    assert "give its file by --ca FILE" in refused.text
    assert (trusted.code, unchecked.code) == (0, 0)


@pytest.fixture(scope="module")
def instance(tmp_path_factory):
    running = RunningInstance(
        tmp_path_factory.mktemp("home"), api_keys={"key-of-analyst": {"user": "analyst", "projects": {}}}
    ).start()
    yield running
    running.stop()


def test_a_key_that_is_not_accepted(instance, tool):
    done = tool(instance.url, "check", key="wrong-key")
    assert done.code == 2
    assert done.text.startswith(f"The key was not accepted by {instance.url}. Personal API keys are made in DSS:")


def rows_of(text):
    cells = [line.split("  ") for line in text.splitlines() if line.strip()]
    return {row[0].strip(): " ".join(cell.strip() for cell in row[1:] if cell.strip()) for row in cells}


def test_check_tells_who_and_where_the_caller_is(instance, tool):
    admin, analyst = (rows_of(tool(instance.url, "check", **key).text) for key in ({}, {"key": "key-of-analyst"}))
    assert admin["Key"] == "of admin, groups: administrators"
    assert (admin["DSS"], admin["Connections"]) == ("14.2.0", "filesystem_managed, filesystem_folders")
    assert admin["Plugin"] == "text-explorer is not installed"
    assert "PYTHON39" in admin["Python"]
    assert analyst["Rights"] == "may not install plugins: that is for administrators"
    assert analyst["Plugin"] == "cannot be read with this key: that is for administrators"


def test_unknown_and_missing_keys_of_answers_are_borne(tool):
    answers = {AUTH: [(200, {})], ("GET", "/instance-info"): [(200, {"version": 1})], ("GET", "/plugins/"): [(200, [])]}
    with scripted_server(Script(answers)) as url:
        rows = rows_of(tool(url, "check").text)
    assert (rows["DSS"], rows["Key"]) == ("unknown", "of unknown, groups: none")


def test_the_command_line_names_what_is_missing_and_needs_no_instance_for_help():
    command = [sys.executable, "-m", "instance"]
    shown = subprocess.run([*command, "--help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "Exit codes: 0 done, 1 failed on the instance, 2 refused before anything was done." in " ".join(
        shown.split()
    )
    assert "--key " not in shown
    refused = subprocess.run([*command, "try"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (refused.returncode, "--project" in refused.stderr) == (2, True)
