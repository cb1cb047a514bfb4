"""Nothing in the data or in the address ever becomes a part of the page: not as markup, not as script.

The host sends no Content-Security-Policy here, which would hide a fault.
"""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest

from local_dss.command_line import main
from tests.python.unit.explorer.memory_source import MemorySource
from tests.python.webapp.conftest import import_source

# One of each kind of the filter-evasion list of OWASP: tags, events, schemes, broken and nested markup, encodings,
# ends of attributes, of scripts, of comments and of templates.
PAYLOADS = [
    "<script>ran('script')</script>",
    "<img src=x onerror=ran('image')>",
    "<svg/onload=ran('svg')>",
    "<svg><animate onbegin=ran('animate') attributeName=x dur=1s>",
    "<iframe srcdoc=\"<script>parent.ran('frame')</script>\"></iframe>",
    "<a href=\"javascript:ran('link')\" autofocus onfocus=ran('focus')>link</a>",
    "<details open ontoggle=ran('toggle')>",
    "<body onload=ran('body')>",
    "<input autofocus onfocus=ran('input')>",
    "<video><source onerror=ran('source')></video>",
    "<math><mtext><style><img src=x onerror=ran('math')></style></mtext></math>",
    "<<SCRIPT>ran('double')//<</SCRIPT>",
    "<scr<script>ipt>ran('nested')</scr</script>ipt>",
    "<IMG SRC=`javascript:ran('grave')`>",
    "<img src=x:x onerror=&#114;an('entity')>",
    '" onmouseover="ran(\'quote\')" x="',
    "' autofocus onfocus='ran(1)' x='",
    "</title></textarea></style></script><script>ran('closing')</script>",
    "--><script>ran('comment')</script><!--",
    "{{constructor.constructor('ran(1)')()}}${ran('template')}",
    "javascript:ran('scheme')",
    "data:text/html,<script>ran('data')</script>",
    "\u202e<img src=x onerror=ran('override')>",
    "<base href=//127.0.0.1:1/><link rel=stylesheet href=//127.0.0.1:1/x.css>",
    "\\u003cscript\\u003eran('escaped')\\u003c/script\\u003e",
]
# Notes whatever runs in the page, and how many answers it waits for.
NOTES = """
window.ranOnes = [];
for (const name of ["ran", "alert"]) window[name] = (what) => ranOnes.push(what);
window.waitingFor = 0;
const fetchAsEver = window.fetch;
window.fetch = (...request) => {
  window.waitingFor += 1;
  return fetchAsEver(...request).finally(() => { window.waitingFor -= 1; });
};
"""
# Two frames later, and a moment more for what is typed, the page has asked for all it needs.
SETTLED = """
() => new Promise((resolve) => setTimeout(() => requestAnimationFrame(() => resolve(window.waitingFor === 0)), 250))
"""
FOREIGN = (
    "script:not([src]), iframe, object, embed, img, video, math, base, animate, style, [onerror], [onload], [onfocus], "
    "[onmouseover], [ontoggle], [onbegin], a[href^='javascript:'], a[href^='data:']"
)
GROUP = "<img src=x onerror=ran('column')>"
SCREENS = [
    "", "topic=0", "topic=1&doc=1", "shape=map", "shape=matrix", "screen=documents&doc=0", "screen=terms",
    "screen=time", "screen=groups", "screen=models", "screen=try", "screen=review",
]  # fmt: skip


def document_of(payload):
    """Make a document as the topics name it."""
    return {"row_key": payload, "excerpt": payload, "probability": 0.5}


def poisoned_source() -> MemorySource:
    """Make a small corpus whose every text, name and label is a payload."""
    shares = json.dumps([0.75, 0.25])
    documents = [
        {
            "id": payload, GROUP: payload, "date": f"2020-{number % 12 + 1:02}-01T00:00:00.000Z",
            "text": f"cats {payload}",
            "topic_id": number % 2, "topic_label": payload, "topic_probability": 0.75, "topic_distribution": shares,
            "topic_status": payload if number == 0 else "ok",
        }
        for number, payload in enumerate(PAYLOADS)
    ]  # fmt: skip
    topics = [
        {
            "topic_id": topic, "label": PAYLOADS[topic], "n_documents": 12, "document_share": 0.5, "token_share": 0.5,
            "top_terms": json.dumps(PAYLOADS[:10]), "distinctive_terms": json.dumps(PAYLOADS[:10]),
            "representative_documents": json.dumps([document_of(PAYLOADS[1])]),
            "borderline_documents": json.dumps([{**document_of(PAYLOADS[2]), "other_topic_id": 1}]),
            "remarks": json.dumps(PAYLOADS[:3]), "map_x": topic, "map_y": 0.5, "parent": 0, "parent_label": PAYLOADS[3],
        }
        for topic in (0, 1)
    ]  # fmt: skip
    terms = [
        {
            "topic_id": topic, "rank": rank, "term": payload, "probability": 0.04, "lift": 1.5, "relevance": 0.1,
            "frex": 0.5, "count": 3, "document_count": 2, "saliency": 0.01,
        }
        for topic in (0, 1)
        for rank, payload in enumerate(PAYLOADS, start=1)
    ]  # fmt: skip
    groups = [
        {
            "topic_id": str(topic), "n_documents": 2, "n_sentences": 2, "summary": PAYLOADS[topic],
            "summary_sources": json.dumps([{"row_key": PAYLOADS[5], "start": 0, "end": 4, "score": 1}]),
            "keyphrases": json.dumps(PAYLOADS[:5]),
        }
        for topic in (0, 1)
    ]  # fmt: skip
    return MemorySource(
        {"document_topics": documents, "topics": topics, "topic_terms": terms, "group_summaries": groups},
        {
            "format_version": 1, "engine": "gsdmm", "engine_reason": PAYLOADS[0],
            "super_topics": PAYLOADS[:2], "settings": {"text_column": "text", "group_columns": [GROUP]},
        },
    )  # fmt: skip


@pytest.fixture(scope="module")
def poisoned_host(serve, tmp_path_factory):
    """Serve the poisoned corpus without a Content-Security-Policy."""
    folder = tmp_path_factory.mktemp("poisoned")
    source = poisoned_source()
    import_source(source, folder / "home", folder / "files")
    (folder / "model").mkdir()
    (folder / "model" / "manifest.json").write_text(json.dumps(source.model), "utf-8")
    assert main(["import-folder", "--home", str(folder / "home"), "model", str(folder / "model")]) in (0, None)
    roles = {role: role for role in source.tables}
    return serve(
        home=folder / "home",
        policy=False,
        **roles,
        model="model",
        id_column="id",
        date_column="date",
        group_columns=[GROUP],
    )


@pytest.fixture
def poisoned(open_page, poisoned_host):
    """Open the poisoned explorer at a hash."""

    def open_poisoned(fragment):
        page = open_page(f"{poisoned_host.origin}{poisoned_host.page_path}#{fragment}", init_script=NOTES)
        page.locator(".tx-body").wait_for()
        return page

    return open_poisoned


def check_unharmed(page):
    """Fail when anything of the data ran, or became an element or attribute that could, once all is drawn."""
    page.wait_for_function(SETTLED)
    assert page.evaluate("window.ranOnes") == []
    assert page.locator(".tx").locator(FOREIGN).evaluate_all("(nodes) => nodes.map((node) => node.outerHTML)") == []


@pytest.mark.parametrize("fragment", SCREENS)
def test_no_text_of_the_data_becomes_a_part_of_the_page(poisoned, fragment):
    page = poisoned(fragment)
    check_unharmed(page)
    shown = page.locator(".tx").inner_text()
    assert "<script>ran('script')</script>" in shown


def test_nothing_in_the_address_becomes_a_part_of_the_page(poisoned):
    page = poisoned("screen=documents")
    for payload in PAYLOADS:
        text = quote(payload)
        everywhere = f"#topic={text}&doc={text}&q={text}&status={text}&g=0:{text}&by={text}&from={text}&sort={text}"
        for hash_ in (f"{everywhere}&screen={text}", f"#screen=terms&term={text}"):
            page.evaluate("(hash) => { location.hash = hash; }", hash_)
            check_unharmed(page)


def test_nothing_typed_in_the_search_becomes_a_part_of_the_page(poisoned):
    page = poisoned("screen=documents")
    for payload in PAYLOADS:
        page.get_by_role("searchbox", name="Search the documents").fill(payload)
        check_unharmed(page)
