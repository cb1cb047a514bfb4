import pytest
import sentencex
from hypothesis import given, settings
from hypothesis import strategies as st

from text_explorer.corpus.words.sentence_rules.abbreviations import abbreviation_kind
from text_explorer.corpus.words.sentences import split_sentences

# The same text gives the same sentences with every release of the splitter.
pytestmark = pytest.mark.oldest


def sentences(text, language="en", **options):
    return [text[start:end] for start, end in split_sentences(text, language, **options)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Mr. Smith left. He came back!", "en", ["Mr. Smith left.", "He came back!"]),
        ("It cost $3.5 million. Really?", "en", ["It cost $3.5 million.", "Really?"]),
        ("第一句。第二句！没有", "zh", ["第一句。", "第二句！", "没有"]),
        ("Das ist gut. Und das?", "de", ["Das ist gut.", "Und das?"]),
        ("Dr. Who came. He left.", "en", ["Dr. Who came.", "He left."]),
        ("See Fig. 3. It shows (No. 5).", "en", ["See Fig. 3.", "It shows (No. 5)."]),
        ("Is it in vol. 2? Yes. It is.", "en", ["Is it in vol. 2?", "Yes.", "It is."]),
        ("At 5 p.m. we left. He works.", "en", ["At 5 p.m. we left.", "He works."]),
        ("i went home. it was late.", "en", ["i went home.", "it was late."]),
        ("M. Dupont est venu. Mme. Durand non.", "fr", ["M. Dupont est venu.", "Mme. Durand non."]),
        ("Llegó a las 5 p. m. y se fue. Volvió.", "es", ["Llegó a las 5 p. m. y se fue.", "Volvió."]),
        ("Dhr. Jansen komt. Mevr. Smit niet.", "nl", ["Dhr. Jansen komt.", "Mevr. Smit niet."]),
        ("Był o godz. 10 m.in. tam. Dobrze.", "pl", ["Był o godz. 10 m.in. tam.", "Dobrze."]),
        ("Это т. е. правда. Да.", "ru", ["Это т. е. правда.", "Да."]),
        ("यह अच्छा है। वह गया।", "hi", ["यह अच्छा है।", "वह गया।"]),
        ("هل جاء؟ نعم.", "ar", ["هل جاء؟", "نعم."]),
        ("គាត់មក។ ខ្ញុំទៅ។", "km", ["គាត់មក។", "ខ្ញុំទៅ។"]),
        ("One. 🎉 Two.", "en", ["One. 🎉", "Two."]),
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


@pytest.mark.parametrize("line_breaks", [True, False])
@pytest.mark.parametrize(
    ("lines", "language"),
    [
        (["1. The river is long.", "2. The dog barks.", "10. The end."], "en"),
        (["1. Le fleuve est long.", "2. Le chien aboie.", "3. Fin."], "fr"),
        (["1. Der Fluss ist lang.\n", "2. Der Hund bellt."], "de"),
        (["1. Река длинная.", "2. Собака лает."], "ru"),
        (["I. The river.", "II. The dog.", "XIV. The end."], "en"),
        (["I. Le fleuve.", "II. Le chien."], "fr"),
        (["II. Der Fluss.", "III. Der Hund."], "de"),
        (["II. Река.", "IX. Собака."], "ru"),
        (["A. The river.", "B. The dog."], "en"),
        (["А. Река.", "Б. Собака."], "ru"),
        (["1.2. The river.", "1.2.3. The dog.", "1.A. The end."], "en"),
        (["- 1. The river.", "**2.** The dog.", "(3). The end."], "en"),
        (["1.\tThe river.", "  2.\u00a0The dog.", "3.The end."], "en"),
        (["1. M. Dupont est venu.", "2. Il est parti."], "fr"),
        (["１．川は長い。", "Ⅱ．犬が吠える。", "三．終わり。"], "ja"),
        (["١. النهر طويل.", "ب. الكلب ينبح."], "ar"),
        (["१. नदी लंबी है।", "२. कुत्ता भौंकता है।"], "hi"),
        (["۱۔ دریا لمبا ہے۔"], "ur"),
        (["א. הנהר ארוך."], "he"),
    ],
)
def test_the_marker_of_a_list_item_belongs_to_what_follows_on_its_line(lines, language, line_breaks):
    expected = [line.strip() for line in lines]
    assert sentences("\n".join(lines), language, line_breaks_end_sentences=line_breaks) == expected


@pytest.mark.parametrize("language", ["en", "fr", "de", "ru", "xx"])
def test_items_without_a_full_stop_at_their_end_keep_their_markers(language):
    expected = ["1. Le fleuve est long", "2. Le chien aboie", "III. Fin"]
    assert sentences("\n".join(expected), language) == expected


def test_only_the_first_sentence_of_a_list_item_has_its_marker():
    assert sentences("1. It rains. He left.\n2. Yes. No.") == ["1. It rains.", "He left.", "2. Yes.", "No."]


@pytest.mark.parametrize("line_breaks", [True, False])
def test_a_list_marker_alone_on_its_line_stays_alone(line_breaks):
    text = "1.\nThe river.\n\n2. \r\nII.\n\nThe dog."
    expected = ["1.", "The river.", "2.", "II.", "The dog."]
    assert sentences(text, line_breaks_end_sentences=line_breaks) == expected


@pytest.mark.parametrize("line_breaks", [True, False])
@pytest.mark.parametrize(
    ("expected", "language"),
    [
        (["It was built in 1999.", "Then it burned."], "en"),
        (["He has 5.", "She has 7.", "They know."], "en"),
        (["How old is he?", "42.", "And you?"], "en"),
        (["1999.", "Then it burned."], "en"),
        (["Le pont date de 1999.", "Puis il a brûlé."], "fr"),
        (["Мост построен в 1999.", "Потом он сгорел."], "ru"),
        (["Mix.", "Then bake."], "en"),
        (["Vivid.", "I loved it."], "en"),
        (["네.", "감사합니다."], "ko"),
        (["好。", "我走了。"], "zh"),
    ],
)
def test_other_numbers_and_short_words_still_end_a_sentence(expected, language, line_breaks):
    assert sentences(" ".join(expected), language, line_breaks_end_sentences=line_breaks) == expected


def test_a_year_on_the_next_line_of_a_wrapped_text_still_ends_its_sentence():
    text = "It was built in\n1999. Then it burned."
    assert sentences(text, line_breaks_end_sentences=False) == ["It was built in\n1999.", "Then it burned."]


def test_a_text_in_an_unknown_language_is_split_too():
    assert sentences("Ena. Dva.", "xx") == ["Ena.", "Dva."]


def test_a_lone_surrogate_stays_in_its_position():
    text = "Broken \ud800 here. Next."
    assert sentences(text) == ["Broken \ud800 here.", "Next."]


@pytest.mark.parametrize("language", ["en", "de"])
def test_sentences_of_a_long_block_are_those_of_its_parts(language):
    text = "Rivers flow east. Bridges stand. " * 300 + "x" * 4_000 + " end. Last one."
    assert sentences(text, language) == [
        *["Rivers flow east.", "Bridges stand."] * 300,
        "x" * 4_000 + " end.",
        "Last one.",
    ]


@given(
    st.one_of(st.text(max_size=80), st.text(alphabet="aB. !?。\n\r\u2028'\"…។۔\ud800😀é\u0301Dr12IV-", max_size=60)),
    st.sampled_from(["en", "fr", "zh", "ar", "km", "xx"]),
    st.booleans(),
)
@settings(max_examples=300, deadline=None)
def test_sentences_are_ordered_and_cover_all_but_white_space_of_any_text(text, language, line_breaks):
    spans = split_sentences(text, language, line_breaks_end_sentences=line_breaks)
    found = [text[start:end] for start, end in spans]
    assert all(found)
    assert found == [sentence.strip() for sentence in found]
    gaps = zip([0, *(end for _, end in spans)], [*(start for start, _ in spans), len(text)])
    assert [(end, start) for end, start in gaps if end > start or text[end:start].strip()] == []


@pytest.mark.parametrize("space", ["\u00a0", "\u1680", "\u2003", "\u2009", "\u202f", "\u205f", "\u3000"])
@pytest.mark.parametrize("language", ["en", "fr", "de", "ja", "ru"])
def test_wide_spaces_before_a_full_stop_do_not_stop_the_splitter(space, language):
    texts = [f"B{space}.", f"B {space}. C", f"A{space}{space}.", f"{space}.", f"Das ist B{space}. Und C."]
    assert [joined(text, language) for text in texts] == [text.strip() for text in texts]


def joined(text, language):
    """Return the text from the start of its first sentence to the end of its last."""
    spans = split_sentences(text, language)
    return text[spans[0][0] : spans[-1][1]]


@pytest.fixture
def _empty_cache():
    abbreviation_kind.cache_clear()
    yield
    abbreviation_kind.cache_clear()


@pytest.mark.usefixtures("_empty_cache")
def test_a_panic_of_the_splitter_leaves_its_word_without_an_abbreviation(monkeypatch):
    panic = type("PanicException", (BaseException,), {})

    def segment(language, text):
        raise panic

    monkeypatch.setattr(sentencex, "segment", segment)
    assert sentences("One. Two.") == ["One.", "Two."]


@pytest.mark.usefixtures("_empty_cache")
def test_an_interrupt_is_not_taken_for_a_panic(monkeypatch):
    def segment(language, text):
        raise KeyboardInterrupt

    monkeypatch.setattr(sentencex, "segment", segment)
    with pytest.raises(KeyboardInterrupt):
        split_sentences("One. Two.", "en")
