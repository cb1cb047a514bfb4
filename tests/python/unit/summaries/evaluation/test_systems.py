import pytest

from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.corpus.words.preparation import Preparation
from text_explorer.summaries.evaluation.systems import (
    Length,
    extracted_sentences,
    lead_baseline,
    random_baseline,
    read_summary,
    written_sentences,
)
from text_explorer.summaries.sentences.document import read_document
from text_explorer.summaries.sentences.settings import TextSettings

TEXT = "Great phone. Great phone. It rings! Great phone with a camera. Was it cheap? Yes."


def document_of(text, language="en", settings=None):
    return read_document([DocumentText(text, language)], settings or TextSettings())


@pytest.mark.parametrize(
    ("summary", "expected"),
    [
        ("Great phone. Was it cheap?", [0, 4]),
        ("  Was it cheap?\n\nIt rings! ", [4, 2]),  # any order, any space between
        ("Yes. Great phone with a camera.", [5, 3]),
        ("Great phone with a camera", None),  # not the whole sentence
        ("It rings!Yes.", None),
        ("It rings! No.", None),
        ("", None),
    ],
)
def test_a_summary_made_of_sentences_of_the_text_is_known_as_such(summary, expected):
    assert extracted_sentences(summary, document_of(TEXT)) == expected


@pytest.mark.parametrize(("summary", "expected"), [
    ("雨が降る。私は寒い。", [0, 2]), ("雨が降る。 私は寒い。", [0, 2]), ("雨が降る。彼は", None),
])  # fmt: skip
def test_sentences_in_japanese_are_known_without_a_space_between_them(summary, expected):
    assert extracted_sentences(summary, document_of("雨が降る。風が吹く。私は寒い。", "ja")) == expected


def test_the_longest_sentence_that_fits_is_taken_first():
    document = document_of("Stop\nStop that\nStop that noise at once")
    assert extracted_sentences("Stop that Stop Stop that noise at once", document) == [1, 0, 2]


@pytest.mark.parametrize(
    ("summary", "expected"),
    [
        ("It rings! Yes.", "2 sentences"),
        ("A phone that rings.", "1 sentence"),
        ("He said: “It rings.”", "1 sentence"),
        ("A phone\nA camera", "2 sentences"),
        ("phone, camera, cheap", "3 words"),
        ("Cheap", "1 word"),
    ],
)
def test_sentences_are_counted_where_they_can_be_and_words_elsewhere(summary, expected):
    assert str(read_summary(summary, document_of(TEXT))[1]) == expected


@pytest.mark.parametrize(
    ("text", "language", "summary"),
    [
        ("北京的天气很好。他在吃苹果。", "zh", "他很喜欢苹果。"),
        ("क्या हुआ? सब ठीक है।", "hi", "सब कुछ ठीक है।"),
        ("ما هذا؟ جيد.", "ar", "أين هو؟"),
    ],
)
def test_ends_of_sentences_are_known_in_other_scripts(text, language, summary):
    assert read_summary(summary, document_of(text, language))[1].n_sentences == 1


def test_first_sentences_are_as_many_as_the_summary_has():
    assert lead_baseline(document_of(TEXT), Length(3, 99)).texts == ("Great phone.", "Great phone.", "It rings!")
    assert len(lead_baseline(document_of(TEXT), Length(50, 99)).texts) == 6


def test_by_words_the_last_sentence_is_cut():
    cut = lead_baseline(document_of(TEXT), Length(None, 8))
    assert cut.texts == ("Great phone.", "Great phone.", "It rings!", "Great phone")
    assert cut.n_words == 8
    assert lead_baseline(document_of(TEXT), Length(None, 6)).texts[-1] == "It rings!"


def test_random_sentences_are_a_draw_by_seed_and_text_in_the_order_of_the_text():
    document = document_of(" ".join(f"Sentence number {number} is here." for number in range(30)))
    draws = {random_baseline(document, Length(3, 0), seed).texts for seed in range(20)}
    assert len(draws) > 15
    for texts in draws:
        numbers = [int(text.split()[2]) for text in texts]
        assert numbers == sorted(set(numbers))
    assert random_baseline(document, Length(3, 0), 7) == random_baseline(document, Length(3, 0), 7)


def test_random_words_are_as_many_as_asked_for():
    document = document_of(" ".join(f"Sentence number {number} is here." for number in range(30)))
    assert [random_baseline(document, Length(None, n_words), 1).n_words for n_words in (1, 7, 50)] == [1, 7, 50]


def test_tags_are_blanked_unless_they_shall_be_read():
    text = "<p>A <b>bold</b> dog.</p><p>A cat</p>"
    assert written_sentences(text, "en", TextSettings()) == ["A    bold     dog.", "A cat"]
    read = TextSettings(preparation=Preparation(strip_html=False))
    assert written_sentences(text, "en", read) == ["A <b>bold</b> dog.", "A cat"]
