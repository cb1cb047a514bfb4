"""Lines and sentences that repeat over many documents."""

import random

import pytest

from text_explorer.corpus import boilerplate, word_stream
from text_explorer.corpus.boilerplate import Boilerplate, find_repeated_lines
from text_explorer.corpus.document_term_matrix import build_corpus
from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.corpus.words.boilerplate.units import blank_repeated
from text_explorer.corpus.words.preparation import Preparation

FOOTER = "This e-mail and any attachments are confidential and intended solely for the addressee."
THINGS = [
    "server", "disk", "network", "cable", "printer", "driver", "update", "login", "password", "screen", "mouse",
]  # fmt: skip
SHORT = "Very good service and very friendly staff."
SAME = "The same text of 2 sentences. It stands in all of these reviews."


def bodies(n):
    """Return texts of which no two share a sentence."""
    draw = random.Random(3)
    return [f"{' '.join(draw.sample(THINGS, 6))} since {chr(97 + i // 26)}{chr(97 + i % 26)}." for i in range(n)]


def found_in(texts, **settings):
    return find_repeated_lines(texts, Preparation(**settings))


def lines_of(found):
    return [line for line, _ in found.commonest]


@pytest.mark.parametrize("between", ["\n", "\r\n", "\r", " ", "\n\n> ", "<br>", "\n-- "])
def test_the_footer_of_thirty_mails_is_found_however_it_follows(between):
    found = found_in([body + between + FOOTER for body in bodies(30)])
    assert (len(found.lines), found.n_with, found.n_documents) == (1, 30, 30)
    assert found.commonest[0][0].lstrip("->br< ").startswith("This e-mail and any attachments are")


def test_case_numbers_and_white_space_do_not_make_lines_differ():
    footers = [f"Ticket {i} of\t{2000 + i}:  PLEASE do not reply to This message".swapcase() for i in range(30)]
    texts = [
        f"{body}\n{footer if i % 2 else footer.swapcase()}" for i, (body, footer) in enumerate(zip(bodies(30), footers))
    ]
    assert len(found_in(texts).lines) == 1


def test_a_sentence_tells_what_is_left_out():
    texts = [f"{body}\n{FOOTER}" for body in bodies(9)] + [
        f"one more {i * 'x'}\nSent from my phone {i}" for i in range(20)
    ]
    assert found_in(texts).sentence() == (
        "2 repeated lines left out, in 29 of 29 documents; the commonest: 'Sent from my phone 0' (20), "
        "'This e-mail and any attachments are confidential and intend…' (9)."
    )


def test_short_lines_of_a_footer_are_found_with_it_however_many_follow_each_other():
    footer = f"The\nAdmins\n{FOOTER}\nList maintainer:\nwrites"
    texts = [f"{body}\n{footer}" if i % 3 else body for i, body in enumerate(bodies(90))]
    found = found_in(texts)
    assert (len(found.lines), found.n_with) == (5, 60)
    assert blank_repeated(texts[1], found.lines).strip() == bodies(2)[1]


@pytest.mark.parametrize(
    "footers",
    [
        [f"{FOOTER}\nBilling", f"{FOOTER}\nPassword lost"],
        [f"{FOOTER}\nBilling", "Billing\nNo more of it", "Billing\nIs all I ask for"],
        [f"{FOOTER}\nBilling", FOOTER],
    ],
    ids=["answers to a question", "mostly elsewhere", "half of the footers"],
)
def test_a_short_line_stays_unless_it_and_the_repeated_one_belong_together(footers):
    texts = [f"{body}\n{footers[i // 2 % len(footers)]}" if i % 2 else body for i, body in enumerate(bodies(120))]
    assert "Billing" not in lines_of(found_in(texts))
    assert lines_of(found_in(texts))[0].startswith("This e-mail")


def test_a_short_line_of_four_documents_stays():
    texts = [f"{body}\n{FOOTER}{'' if i == 4 else chr(10) + 'Billing'}" for i, body in enumerate(bodies(5))]
    assert len(found_in(texts).lines) == 1


@pytest.mark.parametrize(
    "texts",
    [
        [],
        ["", None, "\n\n", "..."],
        [SHORT] * 50,
        [SHORT] * 50 + [f"{body} {SHORT}" for body in bodies(9)],
        [SAME] * 50,
        [SAME] * 20 + [SAME.replace("2", "3")] * 20,
        ["Row, row, row your boat, gently down the stream.\n" * 50, "Another text."],
        [f"{body}\nKind regards" for body in bodies(30)],
        [f"{body}\nI love this place" for body in bodies(9)],
        [f"{body}\n{FOOTER}" for body in bodies(4)],
        [f"{body}\n{FOOTER}" for body in bodies(5)] + bodies(600)[5:],
    ],
    ids=["none", "blank", "whole text", "mostly whole text", "same texts", "same but for numbers", "refrain",
         "two words", "few short", "four", "below a hundredth"],
)  # fmt: skip
def test_what_is_not_copied_into_many_different_texts_stays(texts):
    assert found_in(texts).lines == frozenset()


def test_texts_made_of_stock_sentences_keep_them():
    stock = [f"The {thing} of the hotel was not as good as promised." for thing in THINGS]
    draw = random.Random(1)
    assert found_in([" ".join(draw.sample(stock, 3)) for _ in range(200)]).lines == frozenset()


def mails(n):
    return [f"{body}\n{FOOTER}" if i % 3 else body for i, body in enumerate(bodies(n))]


@pytest.mark.parametrize("at_once", [1, 7, 10_000])
@pytest.mark.parametrize("most_pairs", [4_000_000, 60])
def test_neither_order_nor_batches_nor_a_sample_show(monkeypatch, at_once, most_pairs):
    monkeypatch.setattr(boilerplate, "MOST_PAIRS", most_pairs)
    expected = found_in(mails(300))
    monkeypatch.setattr(word_stream, "TEXTS_AT_ONCE", at_once)
    shuffled = random.Random(2).sample(mails(300), 300)
    found = found_in(shuffled)
    assert (found.lines, found.n_with, found.n_documents) == (expected.lines, expected.n_with, expected.n_documents)
    assert len(found.lines) == 1
    assert found.n_documents == pytest.approx(300, abs=0 if most_pairs > 300 else 150)


def test_no_more_lines_are_kept_than_fit(monkeypatch):
    monkeypatch.setattr(boilerplate, "MOST_LINES", 1)
    texts = [
        f"{body}\n{FOOTER}\n{FOOTER if i < 20 else 'Please think of the trees before you print this mail.'}"
        for i, body in enumerate(bodies(30))
    ]
    assert lines_of(found_in(texts)) == ["This e-mail and any attachments are confidential and intend…"]


def test_what_repeats_is_no_term_and_what_stands_beside_it_is():
    texts = [f"{body}\n{FOOTER}" for body in bodies(30)]
    lines = found_in(texts).lines
    documents = [DocumentText(text, "en") for text in [*texts, FOOTER]]
    corpus, _ = build_corpus(documents, Preparation(min_documents=1, max_document_share=1.0, repeated_lines=lines))
    assert {"server", "printer"} <= set(corpus.vocabulary.terms)
    confidential = corpus.vocabulary.terms.index("confidential")
    assert [doc for doc in range(31) if confidential in corpus.part(doc, doc + 1).indices] == [
        30
    ]  # it says nothing else


def test_an_empty_finding_is_a_sentence_too():
    assert Boilerplate(frozenset({"0" * 16}), 3, 4).sentence() == "1 repeated line left out, in 3 of 4 documents."
