"""What all topic models have in common: each test runs for each engine."""

import numpy as np
import pytest

from tests.python.unit.topics.small_corpora import (
    corpus_of,
    corpus_of_counts,
    counts_of,
    in_terms_of,
    random_corpus,
    shares_of,
)
from text_explorer.errors import DataError
from text_explorer.topics.describing.terms import top_terms
from text_explorer.topics.models import inference
from text_explorer.topics.models.engines import ENGINES
from text_explorer.topics.models.gibbs_lda import fit_gibbs_lda
from text_explorer.topics.models.gsdmm import fit_gsdmm
from text_explorer.topics.models.progress import Progress
from text_explorer.topics.models.training import EngineSettings, best_topics, model_from_arrays, train
from text_explorer.topics.models.variational_lda import fit_variational_lda
from text_explorer.topics.quality.predictive_likelihood import log_likelihoods, perplexity, split_words

FITS = {"gsdmm": fit_gsdmm, "lda_gibbs": fit_gibbs_lda, "lda_gensim": fit_variational_lda}


class StopError(Exception):
    """What a listener raises to stop a training."""


@pytest.fixture(params=sorted(ENGINES))
def engine(request):
    return request.param


@pytest.fixture
def fit(engine):
    return FITS[engine]


@pytest.fixture(scope="session")
def mixed_corpus(themed_texts):
    """The themed texts with empty ones in between, and texts of two themes at the end."""
    texts = [text for themed in themed_texts for text in (themed, "the of")]
    return corpus_of([None, *texts, *(f"{a} {b}" for a, b in zip(themed_texts, themed_texts[1:20]))])


@pytest.fixture(scope="session")
def models(mixed_corpus):
    return {name: train(mixed_corpus, EngineSettings(engine=name, n_topics=4)).model for name in sorted(ENGINES)}


@pytest.fixture
def model(engine, models):
    return models[engine]


def bytes_of(model):
    return {name: array.tobytes() for name, array in model.arrays().items()}


def assert_distributions(rows):
    assert (rows >= 0).all()
    assert rows.sum(axis=1) == pytest.approx(1, abs=1e-12)


# Topics


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_themes_known_by_construction_are_found(engine, seed, themed_corpus, theme_of_term):
    # For GSDMM the number is an upper limit: with just three clusters it may settle with two themes in one.
    n_topics = 10 if engine == "gsdmm" else 3
    trained = train(themed_corpus, EngineSettings(engine=engine, n_topics=n_topics, seed=seed))
    terms = themed_corpus.vocabulary.terms
    themes = [{theme_of_term[terms[i]] for i in row} for row in top_terms(trained.model.topic_term_distr, 5)]
    assert sorted(map(sorted, themes)) == [["money"], ["school"], ["war"]]


def test_themes_of_unequal_size_are_found(engine):
    # 12, 24 and 48 documents of 30 words from three vocabularies of 10 terms.
    generator = np.random.default_rng(5)
    theme_of_doc = np.repeat([0, 1, 2], [12, 24, 48])
    counts = np.zeros((84, 30), dtype=np.int64)
    for document, theme in enumerate(theme_of_doc.tolist()):
        counts[document, 10 * theme : 10 * theme + 10] = generator.multinomial(30, np.full(10, 0.1))
    trained = train(corpus_of_counts(counts), EngineSettings(engine=engine, n_topics=3, seed=1))
    # Topics are numbered by falling number of documents.
    assert best_topics(shares_of(trained)).tolist() == (2 - theme_of_doc).tolist()


def test_rows_of_both_distributions_sum_to_one(model, mixed_corpus):
    assert_distributions(model.topic_term_distr)
    assert_distributions(model.transform(mixed_corpus)[mixed_corpus.doc_lengths > 0])


def test_documents_without_a_known_term_have_no_shares(model, mixed_corpus):
    shares = model.transform(in_terms_of(mixed_corpus, ["the", "zebra", None, "army zebra"]))
    assert np.isnan(shares).tolist() == [[True] * shares.shape[1]] * 3 + [[False] * shares.shape[1]]


# The same text, the same shares


def test_identical_texts_have_identical_shares(model, mixed_corpus, themed_texts):
    shuffled = " ".join(reversed(themed_texts[5].split()))
    shares = model.transform(in_terms_of(mixed_corpus, [themed_texts[5], "gold", shuffled, None, themed_texts[5]]))
    assert shares[0].tobytes() == shares[2].tobytes() == shares[4].tobytes()


def test_shares_are_the_same_on_every_call(model, mixed_corpus):
    assert model.transform(mixed_corpus).tobytes() == model.transform(mixed_corpus).tobytes()


@pytest.mark.parametrize("n_workers", [1, 2])
@pytest.mark.parametrize("documents_at_once", [10, 10_000])
def test_shares_do_not_depend_on_threads_and_parts(model, mixed_corpus, monkeypatch, documents_at_once, n_workers):
    usual = model.transform(mixed_corpus)
    monkeypatch.setattr(inference, "DOCUMENTS_AT_ONCE", documents_at_once)
    assert model.transform(mixed_corpus, n_workers=n_workers).tobytes() == usual.tobytes()


def test_a_document_has_the_same_shares_alone_and_among_others(model, mixed_corpus):
    together = model.transform(mixed_corpus)
    alone = [model.transform(mixed_corpus.part(document, document + 1)) for document in range(mixed_corpus.n_docs)]
    assert np.concatenate(alone).tobytes() == together.tobytes()


def test_no_document_has_no_shares(model, mixed_corpus):
    assert model.transform(mixed_corpus.part(0, 0)).shape == (0, len(model.topic_term_distr))


# The same seed, the same model


def test_the_same_seed_gives_the_same_model(engine, mixed_corpus, model):
    again = train(mixed_corpus, EngineSettings(engine=engine, n_topics=4))
    assert bytes_of(again.model) == bytes_of(model)


def test_another_seed_gives_another_model(engine, mixed_corpus, model):
    other = train(mixed_corpus, EngineSettings(engine=engine, n_topics=4, seed=1)).model
    assert bytes_of(other) != bytes_of(model)


def test_a_model_survives_its_arrays(engine, model, mixed_corpus):
    again = model_from_arrays(engine, model.arrays())
    assert bytes_of(again) == bytes_of(model)
    assert again.transform(mixed_corpus).tobytes() == model.transform(mixed_corpus).tobytes()


def test_a_reordered_model_has_the_same_topics_in_the_order_asked_for(model, mixed_corpus):
    order = np.array([2, 0, *range(3, len(model.topic_term_distr)), 1])
    other = model.reordered(order)
    assert other.topic_term_distr.tobytes() == model.topic_term_distr[order].tobytes()
    expected = model.transform(mixed_corpus)[:, order]
    assert other.transform(mixed_corpus) == pytest.approx(expected, abs=1e-4, nan_ok=True)


def test_training_and_transform_leave_the_corpus_as_it_was(engine):
    corpus = random_corpus(30, 10, 20)
    before = [array.copy() for array in (corpus.indptr, corpus.indices, corpus.data)]
    train(corpus, EngineSettings(engine=engine, n_topics=3, n_iterations=3))
    after = corpus.indptr, corpus.indices, corpus.data
    assert [a.tolist() for a in after] == [b.tolist() for b in before]


# Progress


def test_progress_reports_every_iteration(engine):
    heard = []
    progress = Progress(lambda *iteration: heard.append(iteration))
    train(random_corpus(60, 20, 15), EngineSettings(engine=engine, n_topics=5, n_iterations=6), progress=progress)
    assert heard == [(iteration, 6) for iteration in range(1, 7)]


def test_a_listener_that_raises_stops_the_training(engine):
    heard = []

    def stop(iteration, _):
        heard.append(iteration)
        if iteration == 2:
            raise StopError

    with pytest.raises(StopError):
        train(random_corpus(60, 20, 15), EngineSettings(engine=engine, n_topics=5), progress=Progress(stop))
    assert heard == [1, 2]


# Likelihood


def test_log_likelihoods_are_those_of_the_slow_version(model, mixed_corpus):
    shares = model.transform(mixed_corpus)
    slow = (counts_of(mixed_corpus) * np.log(np.nan_to_num(shares) @ model.topic_term_distr + 1e-300)).sum(axis=1)
    assert log_likelihoods(model, mixed_corpus, shares) == pytest.approx(slow, rel=1e-10)


def test_held_out_words_are_predicted_better_than_by_chance(fit, themed_corpus):
    seen, unseen = split_words(themed_corpus, 3)
    model = fit(seen, 3, seed=1)
    # A model that holds all 18 terms for equally probable has a perplexity of 18; who knows the theme, of about 6.
    assert 5.5 < perplexity(model, unseen, model.transform(seen)) < 16


# Seeds


@pytest.mark.parametrize("seeded", FITS.values(), ids=FITS)
@pytest.mark.parametrize("order", [["war", "money", "school"], ["school", "war", "money"]])
def test_seeded_terms_draw_their_theme_into_their_topic(seeded, order, themed_corpus, theme_of_term):
    themes = [theme_of_term[term] for term in themed_corpus.vocabulary.terms]
    seed_counts = np.array([[20 * (theme == of_term) for of_term in themes] for theme in order])
    model = seeded(themed_corpus, 3, seed=4, seed_counts=seed_counts)
    numbers = model.first_topics if seeded is fit_gsdmm else np.arange(3)
    found = {order[number]: set(row) for number, row in zip(numbers, top_terms(model.topic_term_distr, 6).tolist())}
    assert found == {theme: {i for i, of_term in enumerate(themes) if of_term == theme} for theme in order}


@pytest.mark.parametrize("seeded", FITS.values(), ids=FITS)
@pytest.mark.parametrize("seed", range(4))
def test_one_weak_seed_is_enough_to_find_a_theme_of_its_own(seeded, seed, themed_corpus, theme_of_term):
    themes = [theme_of_term[term] for term in themed_corpus.vocabulary.terms]
    seed_counts = np.zeros((3, 18), dtype=np.int64)
    seed_counts[2, themes.index("war")] = 2
    model = seeded(themed_corpus, 3, seed=seed, seed_counts=seed_counts)
    place = model.first_topics.tolist().index(2) if seeded is fit_gsdmm else 2
    assert {themes[term] for term in top_terms(model.topic_term_distr, 6)[place]} == {"war"}


@pytest.mark.parametrize("seeded", FITS.values(), ids=FITS)
def test_no_seeds_are_as_good_as_none_asked_for(seeded, themed_corpus):
    without = seeded(themed_corpus, 3, n_iterations=5)
    with_zeros = seeded(themed_corpus, 3, n_iterations=5, seed_counts=np.zeros((3, 18), dtype=np.int64))
    assert bytes_of(with_zeros) == bytes_of(without)


# Edge cases


def test_one_document_is_one_topic(engine):
    trained = train(corpus_of(["army navy army"]), EngineSettings(engine=engine, n_topics=1))
    assert shares_of(trained).tolist() == [[1.0]]
    army, navy = trained.model.topic_term_distr[0]
    assert army > navy > 0


def test_two_documents_without_a_common_term_have_a_topic_each(engine):
    corpus = corpus_of(["army navy battle fleet " * 10, "gold silver coin bank " * 10])
    trained = train(corpus, EngineSettings(engine=engine, n_topics=2, seed=1))
    assert sorted(best_topics(shares_of(trained))) == [0, 1]


def test_one_topic_holds_all_terms_by_their_counts(fit, themed_corpus):
    model = fit(themed_corpus, 1, beta=0.5)
    smoothed = themed_corpus.vocabulary.term_counts + 0.5
    assert model.topic_term_distr[0] == pytest.approx(smoothed / smoothed.sum(), rel=1e-9)
    assert model.transform(themed_corpus).tolist() == [[1.0]] * 60


def test_more_topics_than_documents_are_no_fault_of_the_method(fit):
    corpus = corpus_of(["army navy", "gold", "pupil teacher pupil"])
    model = fit(corpus, 20)
    assert_distributions(model.topic_term_distr)
    assert_distributions(model.transform(corpus))


def test_more_topics_than_documents_are_refused_or_an_upper_limit(engine):
    corpus, settings = corpus_of(["army navy", "gold", "the"]), EngineSettings(engine=engine, n_topics=9)
    if engine == "gsdmm":
        assert shares_of(train(corpus, settings)).shape[1] <= 2
        return
    advice = r"known word: 2\. Set it to at most 2, or select the method"
    with pytest.raises(DataError, match=rf"^'Number of topics' is 9, but .* {advice}"):
        train(corpus, settings)


def test_a_vocabulary_of_one_term_has_no_other_probability_than_one(engine):
    corpus = corpus_of(["army", "army army", "the", "army " * 40])
    trained = train(corpus, EngineSettings(engine=engine, n_topics=2))
    assert set(trained.model.topic_term_distr.ravel()) == {1.0}
    assert_distributions(shares_of(trained)[[0, 1, 3]])


def test_a_document_of_50_000_words_is_no_fault(engine):
    generator = np.random.default_rng(1)
    counts = generator.poisson(0.05, size=(20, 500))
    counts[7] = generator.multinomial(50_000, np.full(500, 0.002))
    corpus = corpus_of_counts(counts)
    trained = train(corpus, EngineSettings(engine=engine, n_topics=3, n_iterations=30))
    assert_distributions(shares_of(trained))
    assert_distributions(trained.model.topic_term_distr)
    assert trained.model.transform(corpus.part(7, 8)).tobytes() == shares_of(trained)[7].tobytes()


def test_a_document_of_50_000_words_alone_is_one_topic(engine):
    corpus = corpus_of_counts([[100] * 500])
    trained = train(corpus, EngineSettings(engine=engine, n_topics=1, n_iterations=30))
    assert shares_of(trained).tolist() == [[1.0]]


def test_identical_documents_have_one_row(engine):
    trained = train(corpus_of(["army navy battle"] * 12), EngineSettings(engine=engine, n_topics=3))
    assert len({row.tobytes() for row in shares_of(trained)}) == 1
    assert_distributions(shares_of(trained))


def test_empty_documents_in_between_have_no_topic_and_do_not_disturb_the_others(engine, themed_texts):
    texts = [text for themed in themed_texts for text in (None, themed, "the of")]
    trained = train(corpus_of(texts), EngineSettings(engine=engine, n_topics=3, seed=1))
    best = best_topics(shares_of(trained)).reshape(60, 3)
    assert best[:, [0, 2]].tolist() == [[-1, -1]] * 60
    assert sorted(set(best[:, 1].tolist())) == [0, 1, 2]
    assert (best[:, 1].reshape(20, 3) == best[:3, 1]).all()  # the three themes take turns


@pytest.mark.parametrize("texts", [["the", None], ["the"], []])
def test_no_known_word_at_all_is_an_error_with_a_remedy(engine, texts):
    with pytest.raises(DataError, match=rf"^None of the {len(texts)} documents has a word left.*Select the right text"):
        train(corpus_of(texts), EngineSettings(engine=engine, n_topics=2))


@pytest.mark.parametrize("n_topics", [2, 3, 8])
@pytest.mark.parametrize("prior", [1e-4, 0.1, 100.0])
def test_long_repeating_texts_make_no_more_topics_than_asked_for_with_any_prior(engine, prior, n_topics):
    texts = [f"{theme} {theme}s news" for theme in ("army", "bank", "school")] * 20
    corpus = corpus_of([*texts, *(" ".join(["zebra"] * times) for times in (415, 30, 5_000)), "zebra", "army zebra"])
    settings = EngineSettings(engine=engine, n_topics=n_topics, n_iterations=5, alpha=prior, beta=prior)
    model = train(corpus, settings).model
    assert len(model.topic_term_distr) <= n_topics
    assert model.topic_term_distr.sum(axis=1) == pytest.approx(1.0)
    assert model.transform(corpus).sum(axis=1) == pytest.approx(1.0)
