import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.corpus.words.boilerplate.units import hex_of, units_of
from text_explorer.corpus.words.character_classes import characters
from text_explorer.corpus.words.markup import blank_markup
from text_explorer.corpus.words.preparation import Preparation
from text_explorer.summaries.sentences.document import read_document
from text_explorer.summaries.sentences.settings import TextSettings


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
def test_offsets_match_the_sentence_in_any_script(language):
    text = (
        "Naïve café – 3.5 €. 今天天气很好。我们去公园！ <i>مرحبا بالعالم.</i>\r\n"
        "\U0001f469\u200d\U0001f467 emoji… ภาษาไทย a<b & c>d\u2028end"
    )
    document = read_document([DocumentText(text, language)], TextSettings())
    spans = [(sentence.start, sentence.end) for sentence in document.sentences]
    assert spans == sorted(spans)
    assert len(spans) > 3
    pieces = [text[start:end] for start, end in spans]
    assert [piece.strip() for piece in pieces] == pieces
    assert "" not in pieces


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    st.lists(st.sampled_from("aé.!?。 \n\t<p></b>&-'’مไ我👍\u2028\u0301U.S.1") | st.characters(), max_size=60).map(
        "".join
    )
)
def test_offsets_of_any_text(text):
    for language in ("en", "zh"):
        found = read_document([DocumentText(text, language)], TextSettings()).sentences
        offsets = [offset for sentence in found for offset in (sentence.start, sentence.end)]
        assert offsets == sorted(offsets)
        assert all(0 <= sentence.start < sentence.end <= len(text) for sentence in found)


def test_line_breaks_within_a_sentence_can_be_kept(make_document):
    text = "A sentence that is wrapped\nat a fixed width. Another one."
    assert len(make_document(text).sentences) == 3
    assert len(make_document(text, line_breaks_end_sentences=False).sentences) == 2


def test_terms_are_stems_of_content_words(make_document):
    (sentence,) = make_document("The voters were voting on the votes in COVID-19").sentences
    assert sentence.terms == ("voter", "vote", "vote", "covid-19")
    assert sentence.n_words == 9


def test_terms_of_a_language_without_stemmer_are_its_words(make_document):
    (sentence,) = make_document("Mačka vidí psa", language="sk").sentences
    assert sentence.terms == ("mačka", "vidí", "psa")


@pytest.mark.parametrize(
    ("text", "language", "words", "terms"),
    [
        ("我喜欢北京 AI。", "zh", ("我", "喜欢", "北京", "ai"), ("喜欢", "北京", "ai")),
        ("学校に行きます！", "ja", ("学校", "に", "行き", "ます"), ("学校", "行き")),
        ("แมวและปลา", "th", ("แมว", "และ", "ปลา"), ("แมว", "ปลา")),
    ],
)
def test_words_of_scripts_without_spaces_are_found_by_their_meaning(make_document, text, language, words, terms):
    (sentence,) = make_document(text, language=language).sentences
    assert sentence.words == words
    assert sentence.terms == terms
    assert sentence.n_words == len(words)


def test_each_text_of_a_group_is_cut_by_its_own_language():
    texts = [DocumentText("The cats die.", "en"), DocumentText("Die Katzen der Stadt.", "de")]
    document = read_document(texts, TextSettings())
    assert [sentence.terms for sentence in document.sentences] == [("cat", "die"), ("katz", "stadt")]


def test_the_language_of_a_group_is_that_of_most_texts():
    texts = [DocumentText("Dogs.", "en"), DocumentText("Chiens.", "fr"), DocumentText("Chats.", "fr")]
    assert read_document(texts, TextSettings()).language == "fr"
    assert read_document(texts[:2], TextSettings()).language == "en"


def test_the_users_stop_words_are_no_content_words_in_any_form_of_their_case():
    preparation = Preparation(extra_stop_words=("ACME", "great phone"))
    texts = [DocumentText("Acme sells great red phones and one phone.", "en")]
    (sentence,) = read_document(texts, TextSettings(preparation=preparation)).sentences
    assert sentence.terms == ("sell", "red", "phone")


def test_tags_and_addresses_are_no_words(make_document):
    (sentence,) = make_document('Read <a href="https://x.org/page">manuals</a> at https://y.org/z').sentences
    assert sentence.words == ("read", "manuals", "at")


def test_addresses_are_words_where_they_are_not_passed_over():
    texts = [DocumentText("See https://y.org/z or #rivers", "en")]
    keep = TextSettings(preparation=Preparation(strip_urls=False))
    drop = TextSettings(preparation=Preparation(strip_hashtags=True))
    assert read_document(texts, keep).sentences[0].words == ("see", "https", "y.org", "z", "or", "rivers")
    assert read_document(texts, drop).sentences[0].words == ("see", "or")


def test_equal_sentences_stay_apart(make_document):
    document = make_document("Dogs bark. Dogs bark. Dogs bark.")
    assert [sentence.start for sentence in document.sentences] == [0, 11, 22]


def test_texts_of_a_group_keep_their_own_offsets(make_document):
    document = make_document("Dogs bark. Cats purr.", "Cows graze.")
    assert [(s.source, s.start, s.end) for s in document.sentences] == [(0, 0, 10), (0, 11, 21), (1, 0, 11)]
    assert document.text_of(2) == "Cows graze."


@pytest.mark.parametrize("line_breaks", [True, False])
def test_repeated_lines_are_no_sentences_and_the_others_keep_their_places(line_breaks):
    footer = "This mail and its attachments are <b>confidential</b>."
    lines = hex_of(units_of(characters(blank_markup(footer, Preparation()))).hashes)
    read = TextSettings(line_breaks, Preparation(repeated_lines=lines))
    text = f"<p>The dog barks.</p>{footer.upper()} The cat sleeps.\n> {footer}"
    document = read_document([DocumentText(text, "en"), DocumentText(footer, "en")], read)
    assert sentences(document) == ["The dog barks.", "The cat sleeps.", footer]
    assert [sentence.words for sentence in document.sentences][:2] == [
        ("the", "dog", "barks"),
        ("the", "cat", "sleeps"),
    ]


def test_a_sentence_has_no_words_of_lines_left_out_before_it():
    text = "The pump failed.\n> Does the old pump of the cellar run?\nBob repairs it."
    document = read_document([DocumentText(text, "en")], TextSettings())
    assert [sentence.words for sentence in document.sentences] == [("the", "pump", "failed"), ("bob", "repairs", "it")]


def test_line_breaks_in_html_are_spaces():
    text = "<p>The pump\nfailed on <b>Monday</b>\nmorning.</p>\n<p>Bob\nrepairs it.</p>"
    document = read_document([DocumentText(text, "en")], TextSettings())
    shown = [document.shown_text_of(index) for index in range(document.n_sentences)]
    assert shown == ["The pump failed on <b>Monday</b> morning.", "Bob repairs it."]


def test_a_line_of_html_that_begins_like_a_quotation_is_none(make_document):
    document = make_document("<p>The pump failed.\n> Bob repairs the old pump.</p>")
    assert len(sentences(document)) == 2
    assert "Bob repairs the old pump." in sentences(document)[1]


READ_AND_SHOWN = {
    r"The caf\u00e9 isn\u2019t open\xa0yet. We said \"stay\". Done_x000D_ now.": [
        (r"The caf\u00e9 isn\u2019t open\xa0yet.", "The café isn’t open yet."),
        (r"We said \"stay\".", 'We said "stay".'),
        ("Done_x000D_ now.", "Done  now."),
    ],
    "The caf&eacute; isn&#39;t open &amp; the cr&egrave;me is cold. We left.": [
        ("The caf&eacute; isn&#39;t open &amp; the cr&egrave;me is cold.", "The café isn't open & the crème is cold."),
        ("We left.", "We left."),
    ],
    "She said &quot;Stay here.&quot; Then it rained.": [
        ("She said &quot;Stay here.&quot;", 'She said "Stay here."'),
        ("Then it rained.", "Then it rained."),
    ],
    r"Lovely terrace\nKind waiters\n\nWe will come back.": [
        ("Lovely terrace", "Lovely terrace"),
        ("Kind waiters", "Kind waiters"),
        ("We will come back.", "We will come back."),
    ],
    "&lt;p&gt;Great soup&lt;/p&gt;&lt;p&gt;Bad bread&lt;/p&gt;": [
        ("Great soup", "Great soup"),
        ("Bad bread", "Bad bread"),
    ],
    "Q&As; are at it #39;s end.&nbsp;": [("Q&As; are at it #39;s end.", "Q&As; are at it 's end.")],
    r"Open C:\new\temp first. Then close it.": [
        (r"Open C:\new\temp first.", r"Open C:\new\temp first."),
        ("Then close it.", "Then close it."),
    ],
}


@pytest.mark.parametrize(("text", "expected"), READ_AND_SHOWN.items())
def test_entities_and_escapes_are_read_and_positions_are_those_of_the_text(make_document, text, expected):
    document = make_document(text)
    shown = [document.shown_text_of(index) for index in range(document.n_sentences)]
    assert list(zip(sentences(document), shown)) == expected


def test_the_semicolon_of_an_entity_ends_no_greek_sentence():
    text = "Το caf&eacute; είναι κλειστό. Γιατί; Δεν ξέρω."
    document = read_document([DocumentText(text, "el")], TextSettings())
    assert sentences(document) == ["Το caf&eacute; είναι κλειστό.", "Γιατί;", "Δεν ξέρω."]


def test_entities_are_shown_as_written_where_html_is_not_ignored():
    settings = TextSettings(preparation=Preparation(strip_html=False))
    document = read_document([DocumentText("Use &amp; here. Or not.", "en")], settings)
    assert document.shown_text_of(0) == "Use &amp; here."
