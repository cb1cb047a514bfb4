"""A warning says why no text of a dataset is of use."""

from types import ModuleType

import pytest

from text_explorer.corpus.language.document_languages import TextLanguages


@pytest.mark.parametrize(
    ("n_texts", "n_empty", "n_without_word", "warnings"),
    [
        (0, 0, 0, []),
        (1_200, 600, 599, []),
        (1_200, 1_200, 0, ["all 1,200 texts in the column 'body' are empty: select another 'Text column'"]),
        (
            1_200,
            1_199,
            1,
            [
                "none of the 1,200 texts in the column 'body', read as French, has a word besides stop words and what "
                "the settings leave out (1,199 are empty). Select another 'Text column' or 'Language'"
            ],
        ),
    ],
)
def test_texts_without_a_single_word_are_warned_of(load_adapter, caplog, n_texts, n_empty, n_without_word, warnings):
    reader = load_adapter(ModuleType("dataiku"), "io.text_reader")
    reader.warn_of_useless_texts(n_texts, n_empty, n_without_word, "body", TextLanguages("fr", detect=False))
    assert caplog.messages == warnings
