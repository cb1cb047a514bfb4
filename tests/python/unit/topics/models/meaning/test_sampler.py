import numpy as np
import pytest
from scipy.special import ive

from tests.python.unit.topics.small_corpora import corpus_of_counts, random_corpus
from tests.python.unit.topics.vectors import near_directions, with_units
from text_explorer.topics.models.gsdmm import fit_gsdmm
from text_explorer.topics.models.meaning import sampler as sampler_module
from text_explorer.topics.models.meaning.sampler import (
    STARTS,
    MeaningSampler,
    estimated_kappa,
    log_normalisers,
    most_likely_state,
)
from text_explorer.topics.models.progress import Progress

PRIORS = (0.1, 0.1, 1)


def two_vocabularies():
    """80 texts of two meanings, each in two sets of words that no text mixes."""
    generator = np.random.default_rng(1)
    counts = np.zeros((80, 40), dtype=int)
    for row in range(80):
        first = 10 * (row % 4)
        counts[row, first : first + 10] = generator.multinomial(6, np.full(10, 0.1))
    return with_units(corpus_of_counts(counts), near_directions(np.arange(80) % 2, 8, 0.1))


def sampler_of(corpus, n_clusters=4, seed=0, most_kappa=30.0):
    return MeaningSampler(corpus, n_clusters, seed, PRIORS, most_kappa)


def swept(sampler, n_sweeps, **options):
    state = sampler.start(0, None)
    for _ in range(n_sweeps):
        state = sampler.sweep(state, **options)
    return state


@pytest.mark.parametrize("seed", range(3))
def test_meaning_joins_texts_that_share_no_word(seed):
    corpus = two_vocabularies()
    best = fit_gsdmm(corpus, 2, seed=seed).transform(corpus).argmax(axis=1)
    assert best.tolist() == [best[0], best[1]] * 40
    assert best[0] != best[1]


def test_a_weight_of_none_is_the_model_of_words_alone_to_the_last_byte():
    corpus = two_vocabularies()
    without = fit_gsdmm(with_units(corpus, np.zeros((80, 8))), 3, seed=4)
    assert without.meaning is None
    assert set(without.arrays()) == {"topic_docs", "topic_term_counts", "priors", "equation", "first_topics"}
    plain = {name: array.tobytes() for name, array in without.arrays().items()}
    none = fit_gsdmm(corpus, 3, seed=4, most_kappa=0.0).arrays()
    assert {name: array.tobytes() for name, array in none.items()} == plain


def test_the_number_of_threads_does_not_show_in_the_model():
    corpus = two_vocabularies()
    models = [fit_gsdmm(corpus, 5, seed=2, n_workers=n_workers).arrays() for n_workers in (1, 2, 4)]
    written = [{name: array.tobytes() for name, array in model.items()} for model in models]
    assert written[0] == written[1] == written[2]


def test_the_order_of_rows_does_not_show_in_the_model():
    corpus = two_vocabularies()
    models = [fit_gsdmm(documents, 3, seed=2) for documents in (corpus, corpus.take(np.arange(80)[::-1]))]
    assert models[0].topic_term_counts.tolist() == models[1].topic_term_counts.tolist()
    assert models[0].meaning.sums.tobytes() == models[1].meaning.sums.tobytes()


def test_the_best_of_several_starts_goes_on():
    sampler = sampler_of(two_vocabularies())
    state, log_joints = most_likely_state(sampler, 16, n_workers=2)
    assert len(log_joints) == STARTS
    assert state.number == int(np.argmax(log_joints))


def test_all_sweeps_of_all_starts_count_for_the_progress():
    reports = []
    most_likely_state(sampler_of(two_vocabularies()), 30, progress=Progress(lambda *report: reports.append(report)))
    assert reports[:6] == [(4 * sweep, 4 * 6 + 24) for sweep in range(1, 7)]
    assert reports[-1] == (48, 48)


@pytest.mark.parametrize("n_iterations", [1, 2, 9])
def test_few_iterations_are_enough_for_a_model(n_iterations):
    corpus = two_vocabularies()
    assert fit_gsdmm(corpus, 3, n_iterations=n_iterations).topic_docs.sum() == 80


def test_kappa_begins_at_its_largest_value():
    # With a low kappa at first, words would fix the fragments of what belongs together.
    sampler = sampler_of(random_units_on_words())
    assert [swept(sampler, n_sweeps).kappa for n_sweeps in (0, 1, 2)] == [30.0] * 3
    assert swept(sampler, 6).kappa < 30.0


def random_units_on_words():
    corpus = random_corpus(300, 40, 6)
    return with_units(corpus, np.random.default_rng(0).normal(size=(300, 32)))


def test_kappa_of_equal_vectors_does_not_explode():
    corpus = with_units(corpus_of_counts(np.ones((30, 1), dtype=int)), np.tile([1.0, 2.0, 0.5], (30, 1)))
    state = swept(sampler_of(corpus), 8)
    assert state.cosine == pytest.approx(1.0)
    assert state.kappa == 30.0
    assert np.isfinite(estimated_kappa(1.0, 64))


def test_the_cosine_of_a_document_leaves_the_document_out():
    # With the document in, two opposite vectors in one cluster would each have a cosine of 0 with their sum, not -1.
    corpus = with_units(corpus_of_counts([[1], [1]]), [[1.0, 0.0], [-1.0, 0.0]])
    state = sampler_of(corpus, n_clusters=1).start(0, None)
    assert sampler_of(corpus, n_clusters=1).sweep(state).cosine == pytest.approx(-1.0)


def test_kappa_is_kept_once_states_are_compared(monkeypatch):
    compared = []
    monkeypatch.setattr(
        MeaningSampler, "log_joint", lambda self, state, kappa=None: compared.append(kappa or state.kappa) or 0.0
    )
    most_likely_state(sampler_of(random_units_on_words()), 20)
    assert compared[:STARTS] == [30.0] * STARTS
    assert len(set(compared[STARTS:])) == 1
    assert compared[-1] < 30.0


@pytest.mark.parametrize("n_dims", [2, 8, 64])
def test_the_normaliser_is_near_that_of_bessel_functions(n_dims):
    # ln C(0) - ln C(r) is the integral of I_{p/2}(t) / I_{p/2-1}(t) from 0 to r.
    steps = np.linspace(1e-6, 60.0, 60_001)
    ratios = ive(n_dims / 2, steps) / ive(n_dims / 2 - 1, steps)
    exact = np.trapezoid(ratios, steps)
    assert log_normalisers(np.array([60.0]), n_dims)[0] == pytest.approx(exact, rel=0.02)
    assert log_normalisers(np.array([0.0]), n_dims).tolist() == [0.0]


def test_documents_with_a_vector_alone_take_part_and_their_cluster_is_not_taken_for_empty(monkeypatch):
    monkeypatch.setattr(sampler_module, "PACKED_FROM", 0.0)  # empty clusters are removed after each sweep
    counts = np.zeros((40, 6), dtype=int)
    counts[:20] = np.random.default_rng(0).multinomial(5, np.full(6, 1 / 6), size=20)
    corpus = with_units(corpus_of_counts(counts), near_directions(np.repeat([0, 1], 20), 4, 0.05))
    sampler = sampler_of(corpus, n_clusters=10)
    state = swept(sampler, 10)
    assert state.cluster_docs.sum() == 40
    assert sampler.vectors_of(state).n_vectors.tolist() == state.cluster_docs.astype(int).tolist()
    model = fit_gsdmm(corpus, 10)
    best = model.transform(corpus).argmax(axis=1)
    assert set(best[:20]).isdisjoint(best[20:])
    assert model.meaning.n_vectors.sum() == 40


def test_documents_without_word_and_vector_have_no_topic():
    corpus = with_units(corpus_of_counts([[2, 0], [0, 2], [0, 0], [0, 0]]), [[1, 0], [0, 1], [1, 0], [0, 0]])
    model = fit_gsdmm(corpus, 2)
    assert np.isnan(model.transform(corpus)).any(axis=1).tolist() == [False, False, False, True]
    assert model.topic_docs.sum() == 3


def test_sums_of_packed_clusters_are_those_of_their_documents(monkeypatch):
    monkeypatch.setattr(sampler_module, "PACKED_FROM", 0.0)
    corpus = two_vocabularies()
    sampler = sampler_of(corpus, n_clusters=30)
    state = swept(sampler, 12)
    assert state.n_used == state.n_alive < 30
    vectors = sampler.vectors_of(state)
    assert vectors.n_vectors[: state.n_used].min() > 0
    assert vectors.n_vectors.tolist() == state.cluster_docs.astype(int).tolist()


def test_seed_terms_attract_their_topic_in_each_start():
    corpus = two_vocabularies()
    seed_counts = np.zeros((6, 40), dtype=int)
    seed_counts[5, :3] = 30
    sampler = sampler_of(corpus, n_clusters=6)
    seeded = corpus.take(sampler.rows)
    has_seed = np.array([(seeded.indices[a:b] < 3).any() for a, b in zip(seeded.indptr, seeded.indptr[1:])])
    starts = [sampler.start(number, seed_counts).assignments[has_seed] for number in range(STARTS)]
    assert np.unique(starts).tolist() == [5]
    model = fit_gsdmm(corpus, 6, seed_counts=seed_counts)
    topic = model.first_topics.tolist().index(5)
    assert model.topic_term_counts[topic, :10].sum() > model.topic_term_counts[topic, 10:].sum()


def test_documents_keep_given_starts_in_each_chain():
    corpus = two_vocabularies()
    first = np.arange(80) % 3
    sampler = sampler_of(corpus)
    states = [sampler.start(number, None, first) for number in range(STARTS)]
    assert np.unique([state.assignments for state in states], axis=0).tolist() == [first[sampler.rows].tolist()]
    assert fit_gsdmm(corpus, 3, first_topics=first).topic_docs.sum() == 80


def test_a_retired_topic_has_no_part_in_texts_with_vectors():
    corpus = with_units(corpus_of_counts([[2, 0], [0, 2], [0, 0], [0, 0]]), [[1, 0], [0, 1], [1, 0], [0, 0]])
    model = fit_gsdmm(corpus, 2)
    distr = model.transform(corpus)
    retired = model.reordered(np.array([1, -1, 0]), np.zeros((3, 2), dtype=int))
    assert retired.transform(corpus)[:, [2, 0]] == pytest.approx(distr, nan_ok=True)
    assert retired.transform(corpus)[:3, 1].tolist() == [0.0] * 3
    assert retired.meaning.n_vectors.tolist() == [model.meaning.n_vectors[1], 0, model.meaning.n_vectors[0]]
