"""No screen has a serious fault for readers with a screen reader, a keyboard alone, or eyes unlike the designer's."""

from __future__ import annotations

import pytest

from tests.python.webapp.conftest import check_accessibility

SCREENS = {
    "all topics": "",
    "a topic": "#topic=0",
    "a topic with an open document": "#topic=0&doc=3",
    "documents": "#screen=documents",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("fragment", SCREENS.values(), ids=SCREENS)
def test_a_screen_has_no_serious_fault(in_studio, fragment, scheme):
    page = in_studio(fragment, color_scheme=scheme)
    page.wait_for_load_state("networkidle")
    check_accessibility(page)
