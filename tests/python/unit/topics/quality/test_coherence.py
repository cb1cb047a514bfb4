"""NPMI and C_v against gensim, and where there is none."""

import numpy as np
import pytest
from gensim.corpora import Dictionary
from gensim.models import CoherenceModel
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.python.unit.topics.small_corpora import corpus_of, corpus_of_counts, in_terms_of
from text_explorer.corpus import document_term_matrix, growing_array
from text_explorer.topics.quality.coherence import topic_coherence

LENGTHS = {
    "short": (0, 13),
    "around the small window": (8, 14),
    "around the large window": (105, 118),
    "long": (150, 500),
    "mixed": (0, 300),
}


def random_texts(n_docs, lengths, n_terms=40, seed=0):
    """Draw texts of words that lean to a half of the vocabulary, and repeat one another."""
    generator = np.random.default_rng(seed)
    words = np.array([f"word{chr(97 + i // 26)}{chr(97 + i % 26)}" for i in range(n_terms)])
    half = n_terms // 2
    texts = []
    for doc in range(n_docs):
        places = np.minimum(generator.geometric(0.08, generator.integers(*lengths)) - 1, half - 1)
        texts.append(
            " ".join(words[np.where(generator.random(len(places)) < 0.9, places, places + half) - doc % 2 * half])
        )
    return texts


def of_gensim(corpus, topic_term_ids, measure):
    terms = corpus.vocabulary.terms
    texts = [[terms[term_id] for term_id in words] for words in np.split(corpus.word_order, corpus.word_offsets[1:-1])]
    topics = [[terms[term_id] for term_id in topic] for topic in topic_term_ids]
    model = CoherenceModel(
        topics=topics, texts=texts, dictionary=Dictionary([list(terms)]), coherence=measure,
        topn=topic_term_ids.shape[1], processes=1,
    )  # fmt: skip
    return np.array(model.get_coherence_per_topic())


def random_topics(corpus, n_topics, n_best, seed=0):
    generator = np.random.default_rng(seed)
    return np.array([generator.choice(corpus.n_terms, n_best, replace=False) for _ in range(n_topics)])


@pytest.mark.parametrize("lengths", LENGTHS.values(), ids=LENGTHS)
@pytest.mark.parametrize("n_best", [2, 10])
def test_coherence_is_that_of_gensim(lengths, n_best):
    corpus = corpus_of(random_texts(60, lengths))
    topics = random_topics(corpus, 8, n_best)
    found = topic_coherence(corpus, topics)
    assert found.reasons == (None,) * 8
    assert found.npmi == pytest.approx(of_gensim(corpus, topics, "c_npmi"), abs=1e-9)
    assert found.cv == pytest.approx(of_gensim(corpus, topics, "c_v"), abs=1e-9)
    assert found.mean_npmi() == pytest.approx(found.npmi.mean())
    assert found.mean_cv() == pytest.approx(found.cv.mean())


METALS = ["gold", "iron", "lead", "zinc", "silver"]
TINY_TEXTS = st.lists(st.lists(st.sampled_from(METALS), max_size=14), max_size=6)


@given(TINY_TEXTS)
@settings(max_examples=100, deadline=None)
def test_of_the_smallest_corpora_each_topic_has_coherence_or_a_reason(documents):
    corpus = corpus_of([" ".join(METALS), *map(" ".join, documents)]).part(1, len(documents) + 1)
    topics = np.array([[0, 1], [2, 3], [4, 0]])
    found = topic_coherence(corpus, topics)
    lacking = np.isnan(found.npmi) | np.isnan(found.cv)
    assert lacking.tolist() == [reason is not None for reason in found.reasons]
    if not lacking.any():
        assert found.npmi == pytest.approx(of_gensim(corpus, topics, "c_npmi"), abs=1e-9)
        assert found.cv == pytest.approx(of_gensim(corpus, topics, "c_v"), abs=1e-9)


def test_documents_without_a_word_count_as_windows_as_in_gensim():
    corpus = corpus_of([None, *random_texts(20, (1, 30)), "the"])
    assert corpus.doc_lengths[0] == corpus.doc_lengths[-1] == 0
    topics = random_topics(corpus, 3, 5)
    assert topic_coherence(corpus, topics).npmi == pytest.approx(of_gensim(corpus, topics, "c_npmi"), abs=1e-9)


def test_terms_of_one_theme_are_coherent_and_those_of_two_are_not(themed_corpus, theme_of_term):
    terms = themed_corpus.vocabulary.terms
    of_theme = {
        theme: [i for i, term in enumerate(terms) if theme_of_term[term] == theme] for theme in ("war", "money")
    }
    mixed = [i for pair in zip(*of_theme.values()) for i in pair][:6]
    found = topic_coherence(themed_corpus, np.array([*of_theme.values(), mixed]))
    assert min(found.npmi[:2]) > 0.3
    assert found.npmi[2] < 0
    assert min(found.cv[:2]) > found.cv[2]


def test_npmi_is_the_formula_on_the_shares_of_windows():
    # Eight texts, each one window: alpha in 3 of them, beta in 2, together in 1.
    corpus = corpus_of(["alpha beta", "alpha gamma", "alpha delta", "beta gamma", *["delta gamma"] * 4])
    ids = [corpus.vocabulary.terms.index(term) for term in ("alpha", "beta")]
    expected = np.log((1 / 8) / (3 / 8 * 2 / 8)) / -np.log(1 / 8)
    assert topic_coherence(corpus, np.array([ids])).npmi == pytest.approx([expected], rel=1e-9)


def test_pairs_of_terms_never_in_one_text_are_counted():
    corpus = corpus_of(["alpha beta gamma", "delta", "alpha " + "beta " * 120 + "epsilon"])
    topics = [["alpha", "beta", "gamma"], ["alpha", "beta", "delta"], ["alpha", "delta", "epsilon"]]
    ids = np.array([[corpus.vocabulary.terms.index(term) for term in topic] for topic in topics])
    assert topic_coherence(corpus, ids).apart == pytest.approx([0, 2 / 3, 1])  # alpha and epsilon are 121 words apart


def test_terms_that_never_meet_have_an_npmi_near_minus_one():
    corpus = corpus_of(["alpha", "beta"] * 5)
    found = topic_coherence(corpus, np.array([[0, 1]]))
    assert found.npmi == pytest.approx([np.log(1e-12 / 0.25) / -np.log(1e-12)])
    assert found.reasons == (None,)


@pytest.mark.parametrize(
    ("absent", "reason"),
    [
        (["copper"], "'copper' never occurs in the texts."),
        (["copper", "tin"], "'copper' and 'tin' never occur in the texts."),
        (["copper", "lead", "tin"], "'copper', 'lead' and 'tin' never occur in the texts."),
        (["copper", "lead", "tin", "zinc"], "'copper', 'lead' and 2 other terms never occur in the texts."),
    ],
)
def test_a_topic_with_terms_that_never_occur_has_no_coherence_and_stays_out_of_the_mean(absent, reason):
    texts = ["gold silver iron", "gold silver", "iron", "nickel", "copper tin lead zinc"]
    corpus = corpus_of(texts).part(0, 4)
    with_absent, without = (
        [corpus.vocabulary.terms.index(term) for term in [*names, "gold", "silver", "iron", "nickel"][:4]]
        for names in (absent, [])
    )
    found = topic_coherence(corpus, np.array([with_absent, without]))
    assert found.reasons == (reason, None)
    assert np.isnan([found.npmi[0], found.cv[0]]).all()
    assert (found.mean_npmi(), found.mean_cv()) == (found.npmi[1], found.cv[1])
    assert not np.isnan(found.mean_npmi())


def test_a_topic_of_a_single_term_has_no_coherence():
    found = topic_coherence(corpus_of(["gold", "silver"]), np.array([[0], [1]]))
    assert found.reasons == ("The topic has a single term; coherence needs at least two.",) * 2
    assert np.isnan([found.mean_npmi(), found.mean_cv()]).all()


def test_terms_of_a_single_text_have_no_coherence():
    # gensim returns -1, as if terms that are together everywhere never met.
    found = topic_coherence(corpus_of(["gold silver"]), np.array([[0, 1]]))
    assert found.reasons == (
        "'gold' and 'silver' occur together in every window of 10 words: there are too few texts to measure it.",
    )
    assert np.isnan([*found.npmi, *found.cv]).all()


def test_a_term_of_every_text_leaves_its_topic_without_cv_alone():
    corpus = corpus_of(["gold " + "iron zinc tin lead copper nickel " * 3, "gold silver"])
    gold, silver = (corpus.vocabulary.terms.index(term) for term in ("gold", "silver"))
    found = topic_coherence(corpus, np.array([[gold, silver]]))
    assert found.reasons == ("No C_v: 'gold' occurs in every window of 110 words, or in every shorter text.",)
    assert found.npmi == pytest.approx(of_gensim(corpus, np.array([[gold, silver]]), "c_npmi"), abs=1e-9)
    assert np.isnan(found.cv).all()


@pytest.mark.parametrize("shape", [(0, 10), (3, 0)])
def test_no_topics_and_no_terms_have_no_mean(shape):
    found = topic_coherence(corpus_of(["gold", "silver"]), np.zeros(shape, dtype=int))
    assert len(found.npmi) == len(found.cv) == len(found.reasons) == shape[0]
    assert np.isnan([found.mean_npmi(), found.mean_cv()]).all()


def test_a_corpus_without_documents_has_no_coherence():
    found = topic_coherence(corpus_of(["gold silver"]).part(0, 0), np.array([[0, 1]]))
    assert found.reasons == ("'gold' and 'silver' never occur in the texts.",)


def test_neither_threads_nor_stretches_show_in_the_result(monkeypatch):
    texts = random_texts(80, (0, 300))
    corpus = corpus_of(texts)
    topics = random_topics(corpus, 8, 10)
    whole = topic_coherence(corpus, topics, n_workers=1)
    monkeypatch.setattr(document_term_matrix, "WORDS_AT_ONCE", 50)
    monkeypatch.setattr(growing_array, "MAPPED_FROM_BYTES", 1)
    in_a_file = corpus_of(texts)
    assert isinstance(in_a_file.word_order, np.memmap)
    for n_workers in (1, 3):
        pieces = topic_coherence(in_a_file, topics, n_workers=n_workers)
        assert (pieces.npmi.tobytes(), pieces.cv.tobytes()) == (whole.npmi.tobytes(), whole.cv.tobytes())


def test_a_part_of_a_corpus_is_measured_by_itself():
    texts = random_texts(40, (5, 200))
    corpus = corpus_of(texts)
    topics = random_topics(corpus, 4, 6)
    part = topic_coherence(corpus.part(10, 30), topics)
    assert part.npmi == pytest.approx(of_gensim(corpus.part(10, 30), topics, "c_npmi"), abs=1e-9)


def test_the_other_topics_do_not_show_in_a_topics_coherence():
    corpus = corpus_of(random_texts(40, (5, 200)))
    topics = random_topics(corpus, 12, 6)
    alone = [topic_coherence(corpus, topic[None]).cv[0] for topic in topics]
    assert topic_coherence(corpus, topics).cv.tolist() == alone


def test_a_corpus_without_the_order_of_its_words_is_refused():
    with pytest.raises(ValueError, match="order of the words"):
        topic_coherence(corpus_of_counts([[1, 1]]), np.array([[0, 1]]))
    corpus = corpus_of(["gold silver"])
    with pytest.raises(ValueError, match="order of the words"):
        topic_coherence(in_terms_of(corpus, ["gold"]), np.array([[0, 1]]))


@pytest.mark.parametrize("topics", [[[0, 2]], [[-1, 0]]])
def test_terms_that_are_not_in_the_vocabulary_are_refused(topics):
    with pytest.raises(ValueError, match="from 0 to 1"):
        topic_coherence(corpus_of(["gold silver"]), np.array(topics))


def test_a_list_of_topics_is_refused_where_it_is_no_table():
    with pytest.raises(ValueError, match=r"shape \(2,\)"):
        topic_coherence(corpus_of(["gold silver"]), np.array([0, 1]))
