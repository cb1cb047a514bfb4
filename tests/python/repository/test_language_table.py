"""The page on languages says what the code does."""

import importlib.util
from pathlib import Path

import pytest

from text_explorer.corpus.language.detection import CHARACTERS_READ
from text_explorer.corpus.language.document_languages import MIN_MARGIN, MIN_MARGIN_OF_LATIN, SAMPLE_DOCUMENTS
from text_explorer.corpus.terms import LONGEST_TERM
from text_explorer.corpus.words.languages import LANGUAGES
from text_explorer.corpus.words.preparation import AUTOMATIC_THRESHOLDS, DEFAULT_SCORING, NPMI, Preparation

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "languages.md").read_text("utf-8")
# By its path: the folder's name is that of a package everybody has.
_SPEC = importlib.util.spec_from_file_location("language_table", ROOT / "packaging" / "language_table.py")
language_table = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(language_table)

FULL = {language.code for language in language_table.languages() if language.n_stop_words}


def test_the_table_is_the_one_the_script_writes():
    assert language_table.with_table(PAGE) == PAGE, "run: python packaging/language_table.py"


def test_a_page_without_the_markers_is_refused():
    with pytest.raises(SystemExit, match="language table: start"):
        language_table.with_table("# Languages\n")


def test_every_language_is_listed_once():
    assert sorted(language.code for language in language_table.languages()) == sorted(LANGUAGES)


def test_sentence_rules_are_named_for_languages_known_here_alone():
    related = language_table.RELATED_SENTENCE_RULES
    assert language_table.OWN_SENTENCE_RULES | set(related) <= set(LANGUAGES)
    assert set(related.values()) <= language_table.OWN_SENTENCE_RULES


def test_many_languages_have_words_sentences_and_stop_words():
    assert len(FULL) >= 40
    assert {"zh", "ja", "ko", "th", "ar", "he", "hi", "ru", "uk", "el", "tr", "vi"} <= FULL


@pytest.mark.parametrize(
    "statement",
    [
        f"first {CHARACTERS_READ} characters",
        f"first {SAMPLE_DOCUMENTS} texts",
        f"by at least {MIN_MARGIN:g}",
        f"{MIN_MARGIN_OF_LATIN:g} for Latin",
        f"longer than {LONGEST_TERM} characters",
        f"shorter than {Preparation().min_length} characters",
        f"at least {Preparation().phrase_min_count} times",
        f"NPMI {AUTOMATIC_THRESHOLDS[NPMI]:g}, word2vec's score {AUTOMATIC_THRESHOLDS[DEFAULT_SCORING]:g}",
    ],
)
def test_the_page_states_the_numbers_of_the_code(statement):
    assert statement in " ".join(PAGE.split())
