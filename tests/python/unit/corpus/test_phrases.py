import numpy as np
import pytest
from gensim.models.phrases import Phrases
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.python.unit.english_texts import english
from text_explorer.corpus import phrases as phrases_module
from text_explorer.corpus.document_term_matrix import build_corpus
from text_explorer.corpus.phrases import TermStream, count_pairs, find_phrases, merge_phrases
from text_explorer.corpus.words.preparation import Preparation

OTHERS = [f"w{i}x w{i + 1}x w{i + 2}x" for i in range(20)]
"""Words that do not occur together."""


def stream_of(documents, breaks=()):
    names = list(dict.fromkeys(word for document in documents for word in document))
    terms = np.array([names.index(word) for document in documents for word in document], np.int32)
    separated = np.zeros(len(terms), np.bool_)
    separated[list(breaks)] = True
    return TermStream(terms, np.cumsum([0, *map(len, documents)]), separated, names, np.zeros(len(names), np.bool_))


def texts_of(stream):
    bounds = zip(stream.offsets, stream.offsets[1:])
    return [[stream.names[term] for term in stream.terms[start:end]] for start, end in bounds]


def phrases(*texts, **options):
    preparation = Preparation(**{"min_documents": 1, "phrases": "bigrams", "phrase_min_count": 3, **options})
    return [term for term in build_corpus(english([*texts, *OTHERS]), preparation)[0].vocabulary.terms if " " in term]


def test_words_that_occur_together_are_one_term_with_a_space():
    assert phrases(*["social security act", "social security tax"] * 3) == ["social security"]
    assert phrases(*["social security"] * 6, phrases="none") == []


def test_a_stop_word_may_begin_a_phrase_but_not_end_it():
    assert phrases(*["New York grows", "in New York", "depend on"] * 4, "new", "on") == ["new york"]


def test_a_stop_word_outside_a_phrase_is_not_a_term():
    documents = english(["new york"] * 5 + ["new gold"] + OTHERS)
    preparation = Preparation(min_documents=1, phrases="bigrams", phrase_min_count=3)
    terms = build_corpus(documents, preparation)[0].vocabulary.terms
    assert {"new york", "gold"} <= set(terms)
    assert "new" not in terms


def test_own_stop_words_are_in_no_phrase():
    assert phrases(*["social security"] * 6, extra_stop_words=("social",)) == []


def test_trigrams_are_phrases_of_up_to_three_words():
    texts = ["federal reserve bank notes"] * 6
    assert phrases(*texts) == ["bank notes", "federal reserve"]
    assert phrases(*texts, phrases="trigrams") == ["bank notes", "federal reserve"]
    assert phrases(*["federal reserve bank"] * 6, phrases="trigrams") == ["federal reserve bank"]


@pytest.mark.parametrize("between", [", ", " -- ", " (", " 7 ", " <b>"])
def test_no_phrase_spans_punctuation_or_a_word_left_out(between):
    assert phrases(*[f"social{between}security"] * 6) == (["social security"] if between == " <b>" else [])


def test_a_rare_phrase_is_not_found():
    assert phrases(*["social security"] * 6, phrase_min_count=6) == ["social security"]
    assert phrases(*["social security"] * 6, phrase_min_count=7) == []


def test_a_score_below_the_threshold_is_not_a_phrase():
    texts = ["social security"] * 3 + ["social", "security"] * 3
    # Of the other words 18 are frequent enough to count, 3 times each. Of 66 words in all, p(social security) = 3/66
    # and p(social) = p(security) = 6/66, so the score is ln(3 * 66 / 36) / ln(66 / 3) = 0.5515.
    assert phrases(*texts, phrase_threshold=0.551) == ["social security"]
    assert phrases(*texts, phrase_threshold=0.552) == []


def test_the_other_scoring_has_its_own_threshold():
    texts = ["social security"] * 6
    # (6 - 3) / (6 * 6) * 38 distinct words and pairs: 2 + 1 here, 18 + 17 elsewhere
    assert phrases(*texts, phrase_scoring="default", phrase_threshold=3.16) == ["social security"]
    assert phrases(*texts, phrase_scoring="default", phrase_threshold=3.17) == []


@given(
    st.lists(st.lists(st.sampled_from("abcd"), max_size=8), min_size=1, max_size=10),
    st.sampled_from([("npmi", 0.1), ("npmi", 0.5), ("default", 0.1), ("default", 2.0)]),
)
@settings(max_examples=100, deadline=None)
def test_phrases_are_found_and_merged_as_by_gensim(documents, scored):
    scoring, threshold = scored
    preparation = Preparation(phrases="bigrams", phrase_scoring=scoring, phrase_threshold=threshold, phrase_min_count=1)
    passes, merged = find_phrases(stream_of(documents), preparation)
    found = Phrases(documents, min_count=1, threshold=threshold, scoring=scoring, delimiter=" ")
    assert texts_of(merged) == [found[document] for document in documents]
    assert texts_of(merge_phrases(stream_of(documents), passes)) == texts_of(merged)


def test_pairs_add_up_however_the_words_are_divided(monkeypatch):
    stream = stream_of([["a", "b", "c"], ["a", "b"], [], ["c", "a", "b", "d"], ["d"]], breaks=[8])
    frequent = np.array([True, True, True, False])
    for n_words in (1, 2, 3, 100):
        monkeypatch.setattr(phrases_module, "_WORDS_AT_ONCE", n_words)
        pairs = count_pairs(stream, frequent)
        found = {(stream.names[code >> 32], stream.names[code & 0xFFFF]): n for code, n in zip(*map(list, pairs))}
        assert found == {("a", "b"): 3, ("b", "c"): 1, ("c", "a"): 1}


def test_a_break_separates_a_known_phrase():
    stream = stream_of([["a", "b", "a", "b"]], breaks=[3])
    assert texts_of(merge_phrases(stream, [(("a", "b"),)])) == [["a b", "a", "b"]]
