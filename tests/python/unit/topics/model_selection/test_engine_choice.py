import numpy as np
import pytest

from tests.python.unit.topics.small_corpora import corpus_of, corpus_of_counts
from text_explorer.topics.model_selection import engine_choice
from text_explorer.topics.model_selection.engine_choice import choose_engine
from text_explorer.topics.models.engines import ENGINES
from text_explorer.topics.models.training import EngineSettings

N_THEMES, TERMS_OF_THEME = 6, 12


def themed_corpus(n_docs, themes_of_document, n_words=24):
    """Make a corpus of documents that draw their words from some themes in equal parts."""
    generator = np.random.default_rng(5)
    counts = np.zeros((n_docs, N_THEMES * TERMS_OF_THEME), dtype=int)
    for row in counts:
        themes = generator.choice(N_THEMES, themes_of_document, replace=False)
        words = generator.choice(themes, n_words) * TERMS_OF_THEME + generator.integers(TERMS_OF_THEME, size=n_words)
        np.add.at(row, words, 1)
    return corpus_of_counts(counts)


@pytest.mark.parametrize("n_words", [24, 60])
@pytest.mark.parametrize(
    ("themes_of_document", "engine", "predicts"),
    [(1, "gsdmm", "does not predict"), (2, "lda_gibbs", "predicts")],
)
def test_lda_is_taken_for_mixtures_and_gsdmm_for_single_topics_whatever_the_length(
    themes_of_document, engine, predicts, n_words
):
    chosen, reason = choose_engine(themed_corpus(400, themes_of_document, n_words), EngineSettings(n_topics=N_THEMES))
    assert chosen == engine
    assert reason.startswith(f"LDA (several topics in a text) {predicts} held-out words clearly better than GSDMM")
    assert reason.endswith("measured on 400 documents.")


def test_the_reason_has_both_perplexities_and_the_larger_belongs_to_the_worse():
    _, reason = choose_engine(themed_corpus(400, 2), EngineSettings(n_topics=N_THEMES))
    lda, gsdmm = reason.split("perplexity ")[1].split(",")[0].split(" against ")
    assert N_THEMES < float(lda) < float(gsdmm)


def test_samples_of_parts_are_drawn_to_the_sample_of_the_whole(monkeypatch):
    monkeypatch.setattr(engine_choice, "SAMPLE_DOCUMENTS", 50)
    monkeypatch.setattr(engine_choice, "SAMPLE_WORDS", 900)
    generator = np.random.default_rng(0)
    corpus, draw = corpus_of_counts(generator.integers(0, 9, size=(400, 6)).tolist()), engine_choice.DrawSample(3)
    whole, parts = draw(corpus), draw(corpus.part(0, 0))
    for rows in np.array_split(generator.permutation(400), 80):
        parts.merge(draw(corpus.take(rows)))
    assert 30 < whole.documents.n_docs < 50
    for name in ("indptr", "indices", "data"):
        assert getattr(parts.documents, name).tolist() == getattr(whole.documents, name).tolist()


def test_rows_in_another_order_give_the_same_choice_and_reason(monkeypatch):
    monkeypatch.setattr(engine_choice, "SAMPLE_DOCUMENTS", 300)
    corpus = themed_corpus(400, 2)
    shuffled = corpus.take(np.random.default_rng(0).permutation(400))
    settings = EngineSettings(n_topics=4)
    assert choose_engine(shuffled, settings) == choose_engine(corpus, settings)


@pytest.mark.parametrize(("most_documents", "most_words", "n_docs"), [(150, 10**6, 150), (10**6, 2400, 100)])
def test_the_sample_is_bounded_by_documents_and_words(monkeypatch, most_documents, most_words, n_docs):
    monkeypatch.setattr(engine_choice, "SAMPLE_DOCUMENTS", most_documents)
    monkeypatch.setattr(engine_choice, "SAMPLE_WORDS", most_words)
    reason = choose_engine(themed_corpus(400, 2), EngineSettings(n_topics=4))[1]
    assert reason.endswith(f"measured on {n_docs} documents.")


@pytest.mark.parametrize(
    ("words", "n_topics", "expected", "reason"),
    [
        (5, 2, "gsdmm", "short texts: 5.0 terms on average, fewer than 20."),
        (19, 2, "gsdmm", "short texts: 19.0 terms on average, fewer than 20."),
        (20, 2, "lda_gibbs", "longer texts: 20.0 terms on average, at least 20."),
        (30, 6, "lda_gibbs", "longer texts: 30.0 terms on average, at least 20."),
    ],
)
def test_of_few_documents_the_length_decides(words, n_topics, expected, reason):
    corpus = corpus_of_counts([[words // 5] * 5 + [words % 5]] * 6 + [[0] * 6] * 20)
    few = "Too few different documents to measure how well words are predicted;"
    assert choose_engine(corpus, EngineSettings(n_topics=n_topics)) == (expected, f"{few} {reason}")


def test_for_fewer_documents_than_topics_gsdmm_is_taken():
    corpus = corpus_of_counts([[6] * 5] * 6 + [[0] * 5] * 20)
    reason = "Fewer documents (6) than topics (7)."
    assert choose_engine(corpus, EngineSettings(n_topics=7)) == ("gsdmm", reason)


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_an_engine_that_is_selected_is_taken(engine):
    corpus = corpus_of(["army navy", "gold"])
    assert choose_engine(corpus, EngineSettings(engine=engine)) == (engine, "Selected in the settings.")
