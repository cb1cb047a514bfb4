"""What training in parts does to topics, and how evenly the parts share the work."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

from text_explorer.corpus.document_term_matrix import Corpus
from text_explorer.topics.models import gibbs_lda, gsdmm
from text_explorer.topics.quality import predictive_likelihood
from topic_jobs.corpora import read_texts
from topic_jobs.lda import TRAINED_SHARE, held_out_perplexity
from topic_jobs.measuring import nmi


def train_in_parts(
    folder: str, name: str, engine: str, n_topics: int, n_parts: int, seeds: list[int]
) -> list[dict[str, float]]:
    """Train on a labelled set in a given number of parts, once for each seed, and judge the topics."""
    texts = read_texts(folder, name)
    judge = {"lda_gibbs": _lda, "gsdmm": _gsdmm}[engine]
    with (
        patch.object(gibbs_lda, "number_of_parts", lambda _: n_parts),
        patch.object(gsdmm, "number_of_parts", lambda _: n_parts),
    ):
        return [judge(texts, n_topics, seed) for seed in seeds]


def _lda(texts: Any, n_topics: int, seed: int) -> dict[str, float]:
    n_trained = int(TRAINED_SHARE * len(texts.documents))
    training, held_out = texts.part(0, n_trained), texts.part(n_trained, len(texts.documents))
    corpus: Corpus = training.corpus
    halves = predictive_likelihood.split_words(held_out.in_terms_of(list(corpus.vocabulary.terms)), 0)
    model = gibbs_lda.fit_gibbs_lda(corpus, n_topics, seed=seed, n_workers=1)
    topics = model.transform(corpus, n_workers=1).argmax(axis=1)
    return {"perplexity": held_out_perplexity(model, *halves), "nmi": nmi(training.labels, topics)}


def _gsdmm(texts: Any, n_topics: int, seed: int) -> dict[str, float]:
    model = gsdmm.fit_gsdmm(texts.corpus, n_topics, seed=seed, n_workers=1)
    topics = model.transform(texts.corpus, n_workers=1).argmax(axis=1)
    return {"clusters": float(len(model.topic_docs)), "nmi": nmi(texts.labels, topics)}
