"""Terms where they stand in the documents."""

from __future__ import annotations

import json

import pytest
from werkzeug.datastructures import MultiDict

from tests.python.unit.explorer.memory_source import HEBREW_TEXT, MemorySource, document_rows, small_source
from tests.python.unit.explorer.theme_source import edited, theme_source
from text_explorer.explorer.documents.selection import Selection, parse_selection
from text_explorer.explorer.shared.parameters import Page
from text_explorer.explorer.terms.kwic import CONTEXT, PAGE_SIZE, context, forms_of, keyword_in_context

FIRST = Page(1, PAGE_SIZE)


def with_texts(*texts: str, **facts: object) -> MemorySource:
    """Make a source of documents with these texts, in topic 0."""
    source = small_source()
    first = document_rows()[0]
    source.tables["document_topics"] = [{**first, "id": f"d{n}", "text": text} for n, text in enumerate(texts)]
    source.model = {**source.model, **facts}
    return source


def lines(index, term: str, page: Page = FIRST, **filters: str) -> list[dict]:
    return keyword_in_context(index, term, parse_selection(MultiDict(filters)), page)["lines"]


def matches(index, term: str) -> list[str]:
    return [line["match"] for line in lines(index, term)]


def test_a_line_has_what_stands_before_and_after_the_term(indexed):
    (line,) = lines(indexed(with_texts("We saw two cats in the garden. Cats purr.")), "cats")
    assert line == {
        "row": 0,
        "key": "d0",
        "title": None,
        "topic": 0,
        "left": "We saw two ",
        "match": "cats",
        "right": " in the garden. Cats purr.",
        "n": 2,
    }


@pytest.mark.parametrize(
    ("term", "rows"),
    [("war*", [0, 1]), ("war OR peace", [0, 2]), ("war -peace", [0]), ('"warm day"', [1]), ("war", [0])],
)
def test_operators_of_the_search_are_read(indexed, term, rows):
    index = indexed(with_texts("a war", "a warm day", "peace"))
    assert [line["row"] for line in lines(index, term)] == rows


def test_context_is_cut_at_words_and_says_so():
    text = "word " * 40 + "HERE" + " other" * 40
    cut = context(text, [[200, 204]])
    assert cut["left"] == "…" + "word " * 12
    assert cut["match"] == "HERE"
    assert cut["right"] == " other" * 10 + "…"


def test_a_word_is_left_out_if_more_than_half_of_the_context_stays():
    wonders = context("wonder " * 40 + "HERE" + " wonder" * 40, [[280, 284]])
    assert (wonders["left"], wonders["right"]) == ("…" + "wonder " * 8, " wonder" * 8 + "…")
    half, more = "a" * (CONTEXT // 2), "a" * (CONTEXT // 2 + 1)
    for kept, right in ((half, half + " " + "b" * (CONTEXT // 2 - 1)), (more, more)):
        cut = context(f"{'b' * 300} {kept}HERE{kept} {'b' * 300}", [[301 + len(kept), 305 + len(kept)]])
        assert (cut["left"], cut["right"]) == ("…" + right[::-1], right + "…")


def test_context_of_one_long_word_is_cut_between_characters():
    cut = context("a" * 500 + "HERE" + "b" * 500, [[500, 504]])
    assert (cut["left"], cut["right"]) == ("…" + "a" * CONTEXT, "b" * CONTEXT + "…")


def test_no_accent_is_parted_from_its_letter():
    accented = "e\u0301" * 100
    cut = context(accented + "HERE" + accented, [[200, 204]])
    assert cut["left"][1] == "e"
    assert cut["right"].endswith("e\u0301…")
    assert context(f"HEREx{accented}", [[0, 4]])["right"] == "x" + "e\u0301" * 30 + "…"


def test_white_space_counts_once():
    cut = context("one\n\n\ttwo   HERE\n\nthree", [[12, 16]])
    assert (cut["left"], cut["match"], cut["right"]) == ("one two ", "HERE", " three")


def test_context_at_the_ends_of_a_text_is_empty():
    assert context("HERE", [[0, 4]]) == {"left": "", "match": "HERE", "right": ""}


@pytest.mark.parametrize(
    ("left", "right", "shown_left", "shown_right"),
    [
        ("a" * CONTEXT, "b" * CONTEXT, "a" * CONTEXT, "b" * CONTEXT),
        ("word " * 100, " end", "…" + "word " * 12, " end"),
        ("begin ", " other" * 100, "begin ", " other" * 10 + "…"),
        (" " * 180 + "a" * 60, "b" * 60 + " " * 180, "a" * 60, "b" * 60),
        (" " * 181 + "a" * 60, "b" * 60 + " " * 181, "…" + "a" * 60, "b" * 60 + "…"),
    ],
)
def test_an_end_of_the_text_within_the_context_is_not_cut(left, right, shown_left, shown_right):
    assert context(f"{left}HERE{right}", [[len(left), len(left) + 4]]) == {
        "left": shown_left, "match": "HERE", "right": shown_right,
    }  # fmt: skip


def test_text_from_right_to_left_keeps_its_order(indexed):
    (line,) = lines(indexed(small_source()), "זה")
    assert line["left"] + line["match"] + line["right"] == HEBREW_TEXT
    assert line["left"] == "שלום עולם. "


def test_a_term_of_two_words_is_a_phrase(indexed):
    index = indexed(with_texts("In New\n York city", "A new day in York"))
    assert matches(index, "new york") == ["New York"]


def test_a_term_is_a_whole_word(indexed):
    assert matches(indexed(with_texts("Cats and category", "Category alone")), "cat") == []


def test_case_and_accents_do_not_matter(indexed):
    assert matches(indexed(with_texts("Le Café noir")), "cafe") == ["Café"]


def test_words_of_a_script_without_spaces_are_found_as_they_stand(indexed):
    index = indexed(with_texts("我们研究机器学习的方法", "没有"))
    (line,) = lines(index, "机器 学习")
    assert (line["left"], line["match"], line["right"]) == ("我们研究", "机器学习", "的方法")


def test_a_word_amid_a_script_without_spaces_is_found(indexed):
    (line,) = lines(indexed(with_texts("我的iPhone手机")), "iphone")
    assert (line["left"], line["match"], line["right"]) == ("我的", "iPhone", "手机")


def test_emoji_are_found_as_they_stand(indexed):
    assert matches(indexed(with_texts("Nice 🎉 day")), "🎉") == ["🎉"]


@pytest.mark.parametrize("term", ['"', '"" OR ""', "NEAR(cats)", "cats*", "text:cats", "a" * 200, "<b>", "\\"])
def test_nothing_in_a_term_is_read_as_an_operator(indexed, term):
    assert len(lines(indexed(with_texts("no match here")), term)) == 0


def test_filters_hold_for_the_lines(indexed):
    index = indexed(theme_source(n_repeated=2))
    assert [line["key"] for line in lines(index, "the", topic="1")] == ["money-0", "money-1"]
    assert {line["topic"] for line in lines(index, "the", g="0:rest")} == {3, 4, 5}
    assert [line["key"] for line in lines(index, "the", q="teacher", to="2024-01-03")] == ["school-0", "school-1"]
    assert lines(index, "army", topic="1") == []


def test_lines_name_the_topic_their_document_finally_belongs_to(indexed):
    index = indexed(theme_source(), edits=edited({"topic_id": 1, "merged_into": 0}))
    assert [line["topic"] for line in lines(index, "gold")] == [0]


def test_lines_come_in_pages_of_documents(indexed):
    index = indexed(with_texts(*["cats and cats"] * (PAGE_SIZE + 3)))
    answer = keyword_in_context(index, "cats", Selection(), Page(2, PAGE_SIZE))
    assert (answer["total"], answer["pages"], answer["size"]) == (PAGE_SIZE + 3, 2, PAGE_SIZE)
    assert [line["row"] for line in answer["lines"]] == [25, 26, 27]
    assert keyword_in_context(index, "cats", Selection(), Page(9, PAGE_SIZE))["lines"] == []


def test_html_is_text_like_any_other(indexed):
    (line,) = lines(indexed(small_source()), "bold")
    assert line["left"] == "<script>alert(1)</script> & <b>"


def test_a_stem_is_found_in_all_its_forms(indexed):
    source = with_texts(
        "They governed well", "He governs", "A governor is else",
        preparation={"normal_form": "stem"}, languages={"main": "en"},
    )  # fmt: skip
    source.files["vocabulary.json"] = json.dumps({"names_of_stems": {"govern": "governed"}}).encode()
    index = indexed(source)
    assert forms_of(index, "governed") == ["governed", "governs"]
    assert matches(index, "governed") == ["governed", "governs"]


def test_stems_of_accented_words_are_found(indexed):
    source = with_texts("une étude", "des études", preparation={"normal_form": "stem"}, languages={"main": "fr"})
    source.files["vocabulary.json"] = json.dumps({"names_of_stems": {"étud": "études"}}).encode()
    assert matches(indexed(source), "études") == ["étude", "études"]


def test_a_lemma_is_found_in_forms_that_begin_otherwise(indexed):
    source = with_texts("Mice ran", "a mouse", preparation={"normal_form": "lemma"}, languages={"main": "en"})
    first = source.tables["topic_terms"][0]
    source.tables["topic_terms"].append({**first, "term": "mouse"})
    assert matches(indexed(source), "mouse") == ["Mice", "mouse"]


def test_forms_of_each_word_of_a_phrase_are_found(indexed):
    source = with_texts(
        "prime ministers", "a prime minister", "minister of prime",
        preparation={"normal_form": "stem"}, languages={"main": "en"},
    )  # fmt: skip
    names = {"prime": "prime", "minist": "minister"}
    source.files["vocabulary.json"] = json.dumps({"names_of_stems": names}).encode()
    assert matches(indexed(source), "prime minister") == ["prime ministers", "prime minister"]
