import io
import json

import pytest
from flask import Request
from werkzeug.test import EnvironBuilder

from tests.python.unit.explorer.memory_source import small_source
from text_explorer.explorer.api.request_guard import LONGEST_BODY, check_request, json_body, visitor_of_own_page
from text_explorer.explorer.shared.errors import BadRequestError, ForbiddenError
from text_explorer.explorer.shared.source import Visitor

OWN = {"X-Text-Explorer": "1"}


def request(body=b"{}", *, method="POST", content_type="application/json", host="dss.example:11200", **headers):
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    builder = EnvironBuilder(
        method=method, base_url=f"http://{host}", data=body, content_type=content_type, headers={**OWN, **headers}
    )
    return Request(builder.get_environ())


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec_Fetch_Site": "same-origin"},
        {"Origin": "http://dss.example:11200"},
        {"Origin": "http://dss.example"},
        {"Origin": "HTTP://DSS.example:11200"},
        {"Origin": "https://public.example", "X_Forwarded_Host": "proxy.example, public.example:443"},
        # What fetch metadata say is more than the origin.
        {"Sec_Fetch_Site": "same-origin", "Origin": "https://renamed.example"},
    ],
)
def test_a_request_of_the_own_page_passes(headers):
    assert check_request(request(**headers)) is None


@pytest.mark.parametrize(
    "headers",
    [
        {"X_Text_Explorer": ""},
        {"X_Text_Explorer": "2"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "none"},
        {"Sec_Fetch_Site": "cross-site", "Origin": "http://dss.example:11200"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "https://evil.example"},
        {"Origin": "https://dss.example.evil.example"},
        {"Origin": "https://evil.example", "X_Forwarded_Host": "public.example"},
        {"Origin": "http://[bad"},
    ],
)
def test_a_request_from_elsewhere_is_refused(headers):
    with pytest.raises(ForbiddenError, match="does not come from the page of the webapp"):
        check_request(request(**headers))


@pytest.mark.parametrize(
    ("headers", "is_own"),
    [
        ({"Sec_Fetch_Site": "same-origin"}, True),
        ({"Origin": "http://dss.example:11200"}, True),
        ({"Referer": "http://dss.example:11200/projects/DEMO/webapps/explorer"}, True),
        ({"Referer": "https://public.example/webapp", "X_Forwarded_Host": "public.example"}, True),
        ({}, False),
        ({"Referer": "http://evil.example/dss.example"}, False),
        ({"Origin": "null", "Referer": "http://dss.example:11200/"}, False),
        ({"Sec_Fetch_Site": "cross-site", "Referer": "http://dss.example:11200/"}, False),
        ({"Sec_Fetch_Site": "none"}, False),
    ],
)
def test_a_request_that_may_cost_money_has_a_visitor_on_the_own_page_alone(headers, is_own):
    found = visitor_of_own_page(request(method="GET", **headers), small_source())
    assert found == (Visitor("ann", "Ann Example") if is_own else None)


def test_a_request_that_changes_nothing_passes_without_the_header():
    assert check_request(request(method="GET", X_Text_Explorer="", Sec_Fetch_Site="cross-site")) is None


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_what_a_form_of_another_page_could_send_is_refused(content_type):
    with pytest.raises(BadRequestError, match="must be JSON"):
        check_request(request(content_type=content_type))


def test_a_body_as_long_as_allowed_is_read_and_a_longer_one_refused():
    text = "x" * (LONGEST_BODY - len('{"text": ""}'))
    allowed = request(json.dumps({"text": text}).encode())
    check_request(allowed)
    assert json_body(allowed) == {"text": text}
    with pytest.raises(BadRequestError, match="at most 1,000,000 bytes"):
        check_request(request(b" " * (LONGEST_BODY + 1)))


def test_a_longer_body_of_unknown_length_is_refused_when_it_is_read():
    sent = request()
    sent.environ.update({"wsgi.input": io.BytesIO(b" " * (LONGEST_BODY + 9)), "wsgi.input_terminated": True})
    del sent.environ["CONTENT_LENGTH"]
    check_request(sent)
    with pytest.raises(BadRequestError, match="too long"):
        json_body(sent)


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff", b'{"a": NaN}', b'{"a": Infinity}', b'{"a": ' + b"9" * 5000 + b"}", b"[" * 100_000]
)
def test_what_is_no_json_is_refused(body):
    with pytest.raises(BadRequestError, match="is not valid JSON"):
        json_body(request(body))


@pytest.mark.parametrize("body", [b"[]", b'"x"', b"7", b"null"])
def test_json_that_is_no_object_is_refused(body):
    with pytest.raises(BadRequestError, match="must be a JSON object"):
        json_body(request(body))
