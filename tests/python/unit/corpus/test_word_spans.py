import numpy as np
import pytest

from text_explorer.corpus.document_term_matrix import bags_and_word_counts, build_corpus
from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.corpus.word_spans import word_spans
from text_explorer.corpus.words.preparation import Preparation

CITY = "New York is a city. New York has harbours and New York has parks."
TEXTS = [
    CITY,
    "The city has harbours, the harbours have ships.",
    "Ships sail; parks stay.",
    "A mayor of New York sails.",
]


def read(preparation, texts=TEXTS, language="en"):
    corpus, _ = build_corpus([DocumentText(text, language) for text in texts], preparation, n_workers=1)
    return corpus.vocabulary


def shown(text, vocabulary, preparation, language="en"):
    """Return the words as written in the text, with their terms."""
    found = word_spans(DocumentText(text, language), vocabulary, preparation)
    terms = [None if term < 0 else vocabulary.terms[term] for term in found.term_ids.tolist()]
    return [(text[start:end], term) for start, end, term in zip(found.starts, found.ends, terms)]


def test_the_span_of_each_word_is_found():
    preparation = Preparation(min_documents=1)
    vocabulary = read(preparation)
    text = "Ships & <b>parks</b>, 😀 Zeppelins of the city!"
    assert shown(text, vocabulary, preparation) == [
        ("Ships", "ships"), ("parks", "parks"), ("Zeppelins", None), ("city", "city"),
    ]  # fmt: skip


def test_a_phrase_is_one_word_from_its_first_to_its_last_letter():
    preparation = Preparation(min_documents=1, phrases="bigrams", phrase_min_count=2, phrase_threshold=0.1)
    vocabulary = read(preparation)
    assert "new york" in vocabulary.terms
    assert shown("New  York sails", vocabulary, preparation) == [("New  York", "new york"), ("sails", "sails")]
    assert shown("New. York", vocabulary, preparation)[-1][0] == "York"


def test_all_forms_of_a_stem_are_found():
    preparation = Preparation(min_documents=1, normal_form="stem")
    vocabulary = read(preparation)
    assert [word for word, term in shown("Sailing ship, harboured", vocabulary, preparation) if term] == [
        "Sailing", "ship", "harboured",
    ]  # fmt: skip


def test_positions_count_code_points_in_every_script():
    preparation = Preparation(min_documents=1)
    vocabulary = read(preparation, ["שלום עולם"], "he")
    assert shown("🎉 שלום 𝒜", vocabulary, preparation, "he") == [("שלום", "שלום")]


@pytest.mark.parametrize("text", [None, "", "   ", "!?", "the of and"])
def test_a_text_without_words_has_no_spans(text):
    preparation = Preparation(min_documents=1)
    found = word_spans(DocumentText(text, "en"), read(preparation), preparation)
    assert [len(part) for part in found] == [0, 0, 0]


@pytest.mark.parametrize("normal_form", ["none", "stem", "lemma"])
@pytest.mark.parametrize("phrases", ["none", "bigrams", "trigrams"])
def test_the_words_are_those_counted_by_a_model(normal_form, phrases):
    preparation = Preparation(
        min_documents=1, normal_form=normal_form, phrases=phrases, phrase_min_count=2, phrase_threshold=0.1
    )
    vocabulary = read(preparation)
    for text in [*TEXTS, CITY * 3 + " Old York, new yorker; NEW YORK city parks? not parks the new york"]:
        document = DocumentText(text, "en")
        corpus, n_words = bags_and_word_counts([document], vocabulary, preparation, n_workers=1)
        found = word_spans(document, vocabulary, preparation)
        known = found.term_ids[found.term_ids >= 0]
        assert len(found.term_ids) == n_words[0]
        assert np.bincount(known, minlength=corpus.n_terms)[corpus.indices].tolist() == corpus.data.tolist()
        assert len(known) == corpus.data.sum()
        assert (found.ends[:-1] <= found.starts[1:]).all()
