"""No screen has a serious fault for readers with a screen reader, a keyboard alone, or eyes unlike the designer's."""

from __future__ import annotations

import pytest

from tests.python.webapp.conftest import check_accessibility

# The hash of each view, and what is there once it is drawn.
CHART = ".tx-chart:visible, .tx-matrix:visible"
VIEWS = {
    "all topics": ("#screen=overview", CHART),
    "map": ("#shape=map", CHART),
    "matrix": ("#shape=matrix", CHART),
    "a topic": ("#topic=0", ".tx-terms:visible"),
    "a topic with an open document": ("#topic=0&doc=3", ".tx-text"),
    "documents": ("#screen=documents", ".tx-card"),
    "filtered documents": ("#screen=documents&g=0:A&q=harbour&doc=0", ".tx-text"),
    "terms": ("#screen=terms", ".tx-table:visible, .tx-term-search"),
    "a term": ("#screen=terms&term=harbour", CHART),
    "time": ("#screen=time", CHART),
    "time of a topic": ("#screen=time&topic=0&by=month", CHART),
    "groups": ("#screen=groups", CHART),
    "models": ("#screen=models", CHART),
    "try": ("#screen=try", "main textarea"),
    "review": ("#screen=review", "main button:has-text('Start')"),
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("fragment", "drawn"), VIEWS.values(), ids=VIEWS)
def test_a_screen_has_no_serious_fault(in_studio, fragment, drawn, scheme):
    page = in_studio(fragment, color_scheme=scheme)
    page.locator(drawn).first.wait_for()
    page.wait_for_load_state("networkidle")
    check_accessibility(page)
