"""How the page names what a model was trained by."""

import pytest

from text_explorer.explorer.shared.roles import engine_wording


@pytest.mark.parametrize(
    ("engine", "label"),
    [("lda_gibbs", "LDA by Gibbs sampling"), ("of_another_version", "of_another_version"), (None, None)],
)
def test_an_engine_has_its_description_and_an_unknown_one_its_id(engine, label):
    wording = engine_wording(engine)
    assert (wording["id"], wording["label"]) == (engine, label)
