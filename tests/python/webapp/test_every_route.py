"""Every route of the webapp on data full of gaps and with unlikely parameters: a sentence, never a fault."""

from __future__ import annotations

import json
import threading
from urllib.parse import quote

import pytest
from flask import Flask

from tests.python.unit.explorer.embedded_source import embedded_source
from tests.python.webapp.trap_projects import PROJECTS
from text_explorer.explorer.api.blueprint import register

SOURCES = {**PROJECTS, "embedded": lambda: embedded_source(n_documents=40)}
GUARD = {"X-Text-Explorer": "1"}
FILTERS = ("topic", "q", "g", "from", "to", "min", "max", "status", "box")
GET: dict[str, tuple[list[str], tuple[str, ...]]] = {
    "/api/status": (["", "?with=overview"], ()),
    "/api/overview": ([""], ()),
    "/api/similarity": ([""], ()),
    "/api/topics/<topic>": ([f"{topic}" for topic in range(11)], ()),
    "/api/terms": (["", "?q=ar", "?topic=0", "?topic=2&sort=term"], ("q", "topic", "sort", "page")),
    "/api/terms.csv": (["", "?q=ar", "?topic=0&sort=term"], ("q", "topic", "sort")),
    "/api/term": (["?term=army", "?term=ARMY", "?term=unknown", "?term=%F0%9F%98%80"], ("term",)),
    "/api/kwic": (["?term=army", "?term=gold&topic=1", "?term=zeppelins"], ("term", "page", *FILTERS)),
    "/api/models": ([""], ()),
    "/api/models/other": ([""], ()),
    "/api/documents": (
        [
            "",
            "?topic=0",
            "?topic=none",
            "?q=army",
            "?sort=-probability",
            "?sort=explained",
            "?sort=match&q=army",
            "?sort=date",
            "?g=0:",
            "?from=2024-01-01",
            "?near=army",
            "?near=the+harbour&topic=0",
        ],
        ("page", "size", "sort", "near", *FILTERS),
    ),
    "/api/documents.csv": (["", "?topic=0", "?q=army&sort=-date"], ("sort", *FILTERS)),
    "/api/map": (["", "?topic=0", "?q=army", "?box=-1,-1,1,0.5"], FILTERS),
    "/api/map/<row>": ([f"{row}" for row in range(14)], ()),
    "/api/counts": (["", "?topic=2", "?q=army"], FILTERS),
    "/api/time": (["", "?by=day", "?by=year&topic=0"], ("by", *FILTERS)),
    "/api/groups": (["", "?column=0&topic=0"], ("column", *FILTERS)),
    "/api/story": (["", "?topic=0", "?q=army", "?g=0:land"], FILTERS),
    "/api/story/edits": ([""], ()),
    "/api/report": (["", "?topic=0", "?q=army&g=0:land"], FILTERS),
    "/api/compare": (
        ["?a=topic%3D0", "?a=", "?a=q%3Darmy&b=g%3D0%253Aland", "?a=topic%3Dnone&b=others&q=gold"],
        ("a", "b", *FILTERS),
    ),
    "/api/changes": (
        ["", "?against=before", "?against=other", "?against=drift", "?against=previous", "?since=2024-01-04&topic=1"],
        ("against", "since", *FILTERS),
    ),
    "/api/drivers": (["", "?column=1&since=2024-01-04"], ("column", "since", *FILTERS)),
    "/api/documents/<row>": ([f"{row}" for row in range(14)], ("q",)),
    "/api/documents/<row>/words": ([f"{row}/words" for row in range(14)], ()),
    "/api/documents/<row>/similar": ([f"{row}/similar" for row in range(14)], FILTERS),
    "/api/documents/<row>/summaries": ([f"{row}/summaries" for row in range(14)], ("n",)),
    "/api/edits": ([""], ()),
    "/api/merge": (["?topics=0,1&into=0", "?topics=3,4,7&into=7", "?topics=3,9&into=9"], ("topics", "into")),
    "/api/split": (["?topic=0", "?topic=1&parts=3", "?topic=9"], ("topic", "parts")),
    "/api/review": (["", "?round=3&n=5"], ("round", "n")),
    "/api/review/results": ([""], ()),
    "/api/stop-words": ([""], ()),
    "/api/stop-words/proposed": ([""], ()),
    "/api/views": ([""], ()),
    "/api/label-suggestions": ([""], ()),
}
POST: dict[str, list[object]] = {
    "/api/read-again": [{}],
    "/api/edits": [
        {"seen": "none", "changes": [{"topic_id": 3, "merged_into": 0}]},
        {"changes": [{"topic_id": 1e308}]},
    ],
    "/api/try": [{"text": "The army found gold."}, {"text": "zeppelins"}, {"text": "\ud800 army"}, {"text": "?!"}],
    "/api/review": [{"round": 0, "answers": [{"id": "0", "word": "army"}]}],
    "/api/stop-words": [{"add": ["army"], "remove": []}, {"add": ["\ud800"], "remove": [""]}],
    "/api/views": [
        {"name": "Army", "address": "#topic=0"},
        {"name": "\ud800", "address": "#"},
        {"id": "0", "deleted": True},
    ],
    "/api/story/edits": [
        {"order": ["rising", "largest"]},
        {"finding": "group:0", "hidden": True},
        {"finding": "largest", "comment": "\ud800"},
        {"delete": "0123456789abcdef"},
    ],
    "/api/label-suggestions": [
        {"topic": 0, "label": "Army", "refused": True},
        {"topic": 0, "label": "\ud800", "refused": True},
    ],
}
ODD = (
    "", "-1", "0", "1e9", "9" * 30, "NaN", "nan", "Infinity", "-0", "٣", "0x10", "1,2", ",", "null", "[]", "{}", "none",
    "%00", "%ED%A0%80", "%FF%FE", "%F0%9F%98%80", "%22", "%22%22 %22", "%2A", "%27%20OR%201", "%0A%0D", "%25", "0:%00",
    "0:", "99:x", "0:%ED%A0%80", "0001-01-01", "9999-12-31", "2024-02-30", "%E2%80%AE", "x" * 3000, "%5C", "NEAR(a b)",
)  # fmt: skip
ODD_BODIES = (
    b"", b"{", b"[]", b"null", b"NaN", b"1e999", b'{"text": NaN}', b'"\\ud800"', b'{"text": "\\ud800"}', b"\xff\xfe{}",
    b'{"text": ["army"]}', b'{"changes": [null]}', b'{"changes": [{"topic_id": true}]}', b'{"add": "army"}',
    b'{"changes": [{"topic_id": 0, "\\ud800": 1}]}', b'{"changes": [{"topic_id": 0, "label": "\\ud800"}]}',
    b'{"changes": [{"topic_id": [], "hidden": 1}]}', b'{"seen": "\\ud800", "changes": [{"topic_id": 0}]}',
    b'{"changes": [{"topic_id": 0, "merged_into": 1e308}]}', b'{"changes": [{"topic_id": -1, "merged_into": {}}]}',
    b'{"round": 0, "answers": [{"id": "\\ud800", "word": "\\ud800"}]}', b'{"round": 1e3, "answers": [{}]}',
    b'{"round": 0, "answers": [{"id": "0-99999999999999999999", "word": ""}]}', b'{"add": [{}, null, 1e308]}',
    b'{"changes": [{"topic_id": 0, "split": {"terms": {}, "parts": [1]}}]}',
    b'{"changes": [{"topic_id": 0, "split": {"parts": {}}}]}', b'{"changes": [{"topic_id": 0, "split": []}]}',
    b'{"changes": [{"topic_id": 0, "documents": [{"digest": {}}, "\\ud800", 1e308]}]}',
    b'{"add": ["' + b"x" * 5000 + b'"], "remove": []}', b"[" * 100_000, b'{"remove": ["\\u0000"]}',
    b'{"name": {}, "address": []}', b'{"id": "0123456789abcdef", "note": "\\ud800"}',
    b'{"name": "a", "address": "javascript:"}', b'{"order": [{}]}', b'{"finding": [], "hidden": 1}',
    b'{"finding": "rising", "comment": {}}', b'{"finding": "rising", "comment": "a", "about": "\\ud800"}',
    b'{"topic": 1e308, "label": "a", "refused": true}', b'{"topic": 0, "label": {}, "refused": true}',
)  # fmt: skip


def served(source, folder):
    """Serve a source, its index built."""
    app = Flask("webapp")
    register(app, source, folder=folder, check_every=60)
    client = app.test_client()
    client.get("/api/status")
    wait_until_read()
    return client


def wait_until_read():
    for thread in threading.enumerate():
        if thread.name == "text-explorer-index":
            thread.join(30)


def send(client, rule, body):
    """Send a body as the page does, and wait where it makes the data be read again."""
    answer = client.post(rule, data=body, content_type="application/json", headers=GUARD)
    wait_until_read()
    return answer


@pytest.fixture(scope="module", params=list(SOURCES))
def client(request, tmp_path_factory):
    """Serve each of the projects."""
    found = served(SOURCES[request.param](), tmp_path_factory.mktemp("index"))
    assert found.get("/api/status").json["state"] == "ready"
    return found


@pytest.fixture(scope="module")
def full_client(tmp_path_factory):
    """Serve the project with every dataset."""
    return served(PROJECTS["full"](), tmp_path_factory.mktemp("index"))


def fault_of(answer):
    """Return what is wrong with an answer of an index that is ready, "" where it is whole JSON or CSV."""
    if answer.status_code >= 500:
        return f"status {answer.status_code}"
    if answer.mimetype == "text/csv":
        return "" if answer.status_code == 200 and answer.text else "no CSV"
    try:
        told = json.loads(answer.get_data(), parse_constant=lambda constant: pytest.fail(f"{constant} is no JSON"))
    except ValueError as error:
        return f"no JSON: {error}"
    is_told = answer.status_code == 200 or isinstance(told.get("error"), str)
    return "" if answer.mimetype == "application/json" and is_told else f"no sentence: {told}"


def address_of(rule, case):
    return rule.partition("<")[0] + case


def faults_of(client, addresses):
    found = {address: fault_of(client.get(address)) for address in addresses}
    assert found
    return {address: fault for address, fault in found.items() if fault}


def test_no_route_is_without_its_cases(full_client):
    rules = [rule for rule in full_client.application.url_map.iter_rules() if rule.rule.startswith("/api")]
    known = {"GET": set(GET), "POST": set(POST)}
    for method, cases in known.items():
        assert {rule.rule for rule in rules if method in rule.methods} - {"/api/<path:address>"} == cases


@pytest.mark.parametrize("rule", list(GET))
def test_gaps_in_the_data_are_no_fault(client, rule):
    assert faults_of(client, [address_of(rule, case) for case in GET[rule][0]]) == {}


@pytest.mark.parametrize("rule", list(POST))
def test_what_a_page_sends_is_no_fault_whatever_is_missing(client, rule):
    answers = [send(client, rule, json.dumps(body)) for body in POST[rule]]
    assert [fault_of(answer) for answer in answers] == [""] * len(POST[rule])


@pytest.mark.parametrize("rule", [rule for rule, (_, names) in GET.items() if names])
def test_no_parameter_is_a_fault(full_client, rule):
    first, names = GET[rule][0][0].partition("?")[0], GET[rule][1]
    addresses = [f"{address_of(rule, first)}?{name}={value}" for name in names for value in ODD]
    addresses += [f"{address_of(rule, first)}?{name}=1&{name}={value}" for name in names for value in ODD[:9]]
    needed = "term=army&topics=0,1&into=0"
    addresses += [f"{address}&{needed}" for address in addresses]
    assert faults_of(full_client, addresses) == {}


@pytest.mark.parametrize("rule", [rule for rule in GET if "<" in rule])
def test_no_part_of_a_path_is_a_fault(full_client, rule):
    before, _, after = rule.partition("<")
    parts = [value if "%" in value else quote(value) for value in ODD if value]
    assert faults_of(full_client, [before + part + after.partition(">")[2] for part in parts]) == {}


@pytest.mark.parametrize("rule", list(POST))
def test_no_body_is_a_fault(full_client, rule):
    answers = [send(full_client, rule, body) for body in ODD_BODIES]
    assert [fault_of(answer) for answer in answers] == [""] * len(ODD_BODIES)


def test_the_edits_of_the_full_project_are_in_force(full_client):
    in_force = {topic["topic_id"]: topic for topic in full_client.get("/api/edits").json["in_force"]}
    assert [in_force[topic]["merged_into"] for topic in range(6)] == [None, 0, 1, None, None, 4]


def test_documents_without_a_topic_flow_too(full_client):
    flow = full_client.get("/api/models/other").json["flow"]
    assert {"topic": None, "other": None, "n": 4} in flow["cells"]
