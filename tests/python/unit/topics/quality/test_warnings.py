import numpy as np
import pytest

from tests.python.unit.topics.small_corpora import corpus_of
from text_explorer.topics.describing.terms import score_terms, top_terms
from text_explorer.topics.models.gibbs_lda import fit_gibbs_lda
from text_explorer.topics.models.gsdmm import fit_gsdmm
from text_explorer.topics.quality.coherence import TopicCoherence, topic_coherence
from text_explorer.topics.quality.diagnostics import DocumentTally
from text_explorer.topics.quality.warnings import topic_warnings

EVERYWHERE = "It has about the same proportion in every document, as general words do."
LIKE_CORPUS = "Its terms are about as frequent in all texts: it does not distinguish documents."
NO_PREFERENCE = "It prefers no terms: its words are spread more evenly than those of all texts together."

PURE = np.repeat(np.eye(2), 20, axis=0)
"""Forty documents, twenty of each of two topics."""

DISTINCT = np.array([[0.5, 0.5, 0, 0], [0, 0, 0.6, 0.4]])
TERM_COUNTS = np.array([100, 100, 120, 80])


def reasons_of(
    doc_topic_distr=PURE, doc_lengths=None, topic_term_distr=DISTINCT, apart=None, term_counts=TERM_COUNTS, best=None
):
    n_topics = len(topic_term_distr)
    tally = DocumentTally(n_topics)
    tally.add(doc_topic_distr, np.full(len(doc_topic_distr), 10) if doc_lengths is None else np.array(doc_lengths))
    unknown = np.full(n_topics, np.nan)
    apart = np.zeros(n_topics) if apart is None else np.array(apart)
    coherence = TopicCoherence(unknown, unknown, apart, (None,) * n_topics)
    best = top_terms(topic_term_distr, 10) if best is None else np.array(best)
    names = [f"term {number}" for number in range(len(term_counts))]
    counts = topic_term_distr * tally.n_words[:, None]
    return topic_warnings(tally, topic_term_distr, term_counts, coherence, best, counts, names)


def test_nothing_speaks_against_topics_of_their_own_documents_and_terms():
    assert reasons_of() == [[], []]


@pytest.mark.parametrize(
    ("n_documents", "reason"),
    [
        (0, ["It is the main topic of no document."]),
        (1, ["It is the main topic of only 1 document."]),
        (2, ["It is the main topic of only 2 documents."]),
        (3, []),
    ],
)
def test_topics_of_few_documents_get_a_warning(n_documents, reason):
    assert reasons_of(np.repeat(np.eye(2), [20, n_documents], axis=0)) == [[], reason]


def test_topics_dominated_by_two_documents_get_a_warning():
    assert reasons_of(doc_lengths=[10] * 20 + [900, 1_000] + [10] * 18) == [
        [],
        ["Two documents contain 91% of its words."],
    ]
    assert reasons_of(doc_lengths=[10] * 20 + [40, 50] + [10] * 18) == [[], []]


def test_topics_with_the_same_proportion_everywhere_get_a_warning():
    in_all = np.column_stack([PURE * 0.6, np.full(40, 0.4)])
    in_all[-1] = [0, 0.4, 0.6]  # the third topic is main in one document
    third = np.array([[0.25, 0.25, 0.25, 0.25]])
    found = reasons_of(in_all, topic_term_distr=np.concatenate([DISTINCT, third]), term_counts=TERM_COUNTS * 100)
    assert [EVERYWHERE in reasons for reasons in found] == [False, False, True]


def test_topics_with_corpus_frequencies_get_a_warning():
    frequencies = TERM_COUNTS / TERM_COUNTS.sum()
    found = reasons_of(topic_term_distr=np.array([frequencies, DISTINCT[1]]))
    assert [LIKE_CORPUS in reasons for reasons in found] == [True, False]


def test_topics_without_preferred_terms_get_a_warning():
    counts = np.array([370, 10, 10, 10])
    found = reasons_of(topic_term_distr=np.array([np.full(4, 0.25), [0.97, 0.01, 0.01, 0.01]]), term_counts=counts)
    assert [NO_PREFERENCE in reasons for reasons in found] == [True, False]


def test_a_topic_of_fewer_words_than_terms_is_not_judged_by_what_it_prefers():
    n_terms = 1_000
    even, counts = np.full((2, n_terms), 1 / n_terms), np.arange(1, n_terms + 1)
    assert reasons_of(topic_term_distr=even, term_counts=counts) == [[], []]
    assert reasons_of(topic_term_distr=even, term_counts=counts, doc_lengths=[50] * 40) == [[NO_PREFERENCE]] * 2


def test_topics_whose_terms_never_occur_together_get_a_warning():
    reason = "80% of the pairs of its top terms never occur within 110 words of each other."
    assert reasons_of(apart=[0.8, 0.7]) == [[reason], []]
    assert reasons_of(apart=[np.nan, 0.0]) == [[], []]


def test_the_only_topic_is_not_called_junk_for_being_like_the_corpus():
    frequencies = (TERM_COUNTS / TERM_COUNTS.sum())[None]
    assert reasons_of(np.ones((40, 1)), topic_term_distr=frequencies) == [[]]


def test_topics_of_which_half_of_the_top_terms_are_in_most_topics_get_a_warning():
    documents, distr, counts = np.repeat(np.eye(4), 20, axis=0), np.full((4, 400), 1 / 400), np.ones(400, dtype=int)
    found = reasons_of(
        documents, None, distr, term_counts=counts, best=[[0, 1, 2, 9], [0, 1, 3, 4], [0, 1, 5, 6], [7] * 4]
    )
    reason = (
        "2 of its 4 top terms are boilerplate or function words: in most topics, spread evenly over topics, or left "
        "from markup."
    )
    assert [reason in reasons for reasons in found] == [True, True, True, False]


def test_no_documents_have_no_topics_of_theirs():
    assert reasons_of(np.full((3, 2), np.nan), doc_lengths=[0, 0, 0]) == [["It is the main topic of no document."]] * 2


def junk_of(model, corpus):
    """Return the warnings of a trained model, with the top terms of each topic."""
    tally = DocumentTally(len(model.topic_term_distr))
    tally.add(model.transform(corpus), corpus.doc_lengths)
    best = top_terms(model.topic_term_distr, 6)
    counts, terms = corpus.vocabulary.term_counts, corpus.vocabulary.terms
    distr, coherence = model.topic_term_distr, topic_coherence(corpus, best)
    topic_counts = score_terms(distr, tally.n_words, corpus).count
    reasons = topic_warnings(tally, distr, counts, coherence, best, topic_counts, terms)
    return [({terms[term_id] for term_id in topic}, found) for topic, found in zip(best, reasons)]


@pytest.mark.parametrize("fit", [fit_gsdmm, fit_gibbs_lda])
def test_the_topics_of_themed_texts_are_not_called_junk(fit, themed_corpus):
    assert [reasons for _, reasons in junk_of(fit(themed_corpus, 3, seed=1), themed_corpus)] == [[], [], []]


@pytest.mark.parametrize("fit", [fit_gsdmm, fit_gibbs_lda])
def test_a_planted_topic_of_two_documents_gets_a_warning_and_themes_do_not(fit, themed_texts):
    corpus = corpus_of([*themed_texts, *["lorem ipsum dolor sit amet elit " * 5] * 2])
    found = junk_of(fit(corpus, 4, seed=1), corpus)
    assert [reasons for terms, reasons in found if "lorem" in terms] == [["It is the main topic of only 2 documents."]]
    assert [reasons for terms, reasons in found if "lorem" not in terms] == [[], [], []]


def test_all_topics_of_shuffled_words_get_a_warning(themed_texts):
    words = " ".join(themed_texts * 3).split()
    np.random.default_rng(0).shuffle(words)
    corpus = corpus_of([" ".join(words[first : first + 36]) for first in range(0, len(words), 36)])
    found = junk_of(fit_gibbs_lda(corpus, 3, seed=1), corpus)
    assert all(EVERYWHERE in reasons for _, reasons in found)
    assert len(found) == 3
