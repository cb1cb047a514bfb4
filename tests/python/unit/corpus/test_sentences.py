import pytest

from text_explorer.corpus import sentences as sentences_module
from text_explorer.corpus.sentences import split_sentences


def sentences(text, language="en", **options):
    return [text[start:end] for start, end in split_sentences(text, language, **options)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Mr. Smith left. He came back!", "en", ["Mr. Smith left.", "He came back!"]),
        ("It cost $3.5 million. Really?", "en", ["It cost $3.5 million.", "Really?"]),
        ("第一句。第二句！没有", "zh", ["第一句。", "第二句！", "没有"]),
        ("Das ist gut. Und das?", "de", ["Das ist gut.", "Und das?"]),
        ("One. 🎉 Two.", "en", ["One.", "🎉 Two."]),
        ("no mark at all", "en", ["no mark at all"]),
        ("ALL CAPS HERE. AND HERE.", "en", ["ALL CAPS HERE.", "AND HERE."]),
        ("   \n\t ", "en", []),
        ("", "en", []),
    ],
)
def test_sentences_of_a_text(text, language, expected):
    assert sentences(text, language) == expected


def test_line_breaks_end_sentences_unless_switched_off():
    text = "A headline\n- first item\r\n- second item"
    assert sentences(text) == ["A headline", "- first item", "- second item"]
    assert sentences("wrapped\nline. Next.", line_breaks_end_sentences=False) == ["wrapped\nline.", "Next."]


def test_an_unknown_language_is_split_all_the_same():
    assert sentences("Ena. Dva.", "xx") == ["Ena.", "Dva."]


def test_a_lone_surrogate_is_kept_in_its_place():
    text = "Broken \ud800 here. Next."
    assert sentences(text) == ["Broken \ud800 here.", "Next."]


def test_a_long_block_is_cut_between_sentences_where_the_splitter_is_slow(monkeypatch):
    monkeypatch.setattr(sentences_module, "MOST_CHARACTERS", 30)
    text = "Rivers flow east. Bridges stand. " * 3 + "x" * 40 + " end. Last one."
    assert sentences(text) == [*["Rivers flow east.", "Bridges stand."] * 3, "x" * 40 + " end.", "Last one."]
    assert sentences("no end " * 9) == [("no end " * 9).strip()]
