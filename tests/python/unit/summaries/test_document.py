import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from text_explorer.summaries.document import read_document
from text_explorer.summaries.settings import TextSettings


def sentences(document):
    return [document.text_of(index) for index in range(document.n_sentences)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One dog. Two cats!  Why?", ["One dog.", "Two cats!", "Why?"]),
        ("no punctuation at all", ["no punctuation at all"]),
        ("- first item\n- second item\n", ["- first item", "- second item"]),
        (
            "BREAKING NEWS\nIT RAINED IN PARIS. NOBODY WAS WET.",
            ["BREAKING NEWS", "IT RAINED IN PARIS.", "NOBODY WAS WET."],
        ),
        ("<p>A <b>bold</b> dog.</p><p>A cat</p>", ["A <b>bold</b> dog.", "A cat"]),
        ("今日は天気がいい。学校に行きます！", ["今日は天気がいい。", "学校に行きます！"]),
        ("مرحبا بالعالم. كيف حالك؟", ["مرحبا بالعالم.", "كيف حالك؟"]),
        ("👍 👍", ["👍 👍"]),
        ("2020 1945 3.5", ["2020 1945 3.5"]),
        ("   \n ", []),
        ("<br/><p></p>", []),
    ],
)
def test_sentences_are_pieces_of_the_text(make_document, text, expected):
    assert sentences(make_document(text)) == expected


@pytest.mark.parametrize("language", ["en", "fr", "zh", "ar", "th"])
def test_offsets_give_the_sentence_in_any_script(language):
    text = (
        "Naïve café – 3.5 €. 今天天气很好。我们去公园！ <i>مرحبا بالعالم.</i>\r\n"
        "\U0001f469\u200d\U0001f467 emoji… ภาษาไทย a<b & c>d\u2028end"
    )
    document = read_document([text], TextSettings(language))
    spans = [(sentence.start, sentence.end) for sentence in document.sentences]
    assert spans == sorted(spans)
    assert len(spans) > 3
    for sentence in document.sentences:
        piece = text[sentence.start : sentence.end]
        assert piece
        assert piece == piece.strip()


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    st.lists(st.sampled_from("aé.!?。 \n\t<p></b>&-'’مไ我👍\u2028\u0301U.S.1") | st.characters(), max_size=60).map(
        "".join
    )
)
def test_offsets_of_any_text(text):
    for language in ("en", "zh"):
        end = 0
        for sentence in read_document([text], TextSettings(language)).sentences:
            assert end <= sentence.start < sentence.end <= len(text)
            end = sentence.end


def test_line_breaks_within_a_sentence_can_be_kept(make_document):
    text = "A sentence that is wrapped\nat a fixed width. Another one."
    assert len(make_document(text).sentences) == 3
    assert len(make_document(text, line_breaks_end_sentences=False).sentences) == 2


def test_terms_are_stems_of_content_words(make_document):
    (sentence,) = make_document("The voters were voting on the votes in COVID-19").sentences
    assert sentence.terms == ("voter", "vote", "vote", "covid-19")
    assert sentence.n_words == 9


def test_terms_of_a_language_without_stemmer_are_its_words(make_document):
    (sentence,) = make_document("Kočka vidí psa", language="cs").sentences
    assert sentence.terms == ("kočka", "vidí", "psa")


def test_scripts_without_spaces_are_counted_in_pairs_of_characters(make_document):
    (sentence,) = make_document("我爱北京 AI。", language="zh").sentences
    assert sentence.terms == ("我爱", "爱北", "北京", "ai")
    assert sentence.n_words == 5


def test_tags_and_addresses_are_no_words(make_document):
    (sentence,) = make_document('Read <a href="https://x.org/page">manuals</a> at https://y.org/z').sentences
    assert sentence.words == ("read", "manuals", "at")


def test_equal_sentences_stay_apart(make_document):
    document = make_document("Dogs bark. Dogs bark. Dogs bark.")
    assert [sentence.start for sentence in document.sentences] == [0, 11, 22]


def test_texts_of_a_group_keep_their_own_offsets(make_document):
    document = make_document("Dogs bark. Cats purr.", "Cows graze.")
    assert [(s.source, s.start, s.end) for s in document.sentences] == [(0, 0, 10), (0, 11, 21), (1, 0, 11)]
    assert document.text_of(2) == "Cows graze."
