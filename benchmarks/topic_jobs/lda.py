"""LDA and its peers on labelled and on generated texts."""

from __future__ import annotations

from typing import Any, Callable, NamedTuple

import numpy as np

from text_explorer.corpus.document_term_matrix import Corpus
from text_explorer.topics.models.gibbs_lda import GibbsLdaModel, fit_gibbs_lda
from text_explorer.topics.quality import predictive_likelihood
from topic_jobs.corpora import (
    GENERATED_TOPICS,
    documents_of,
    fingerprint,
    generated_alpha,
    generated_mixtures,
    generated_short_texts,
    generated_topics,
    load,
    read_texts,
    save,
)
from topic_jobs.measuring import Stopwatch, nmi, npmi, stopwatch

TRAINED_SHARE = 0.8
"""Documents LDA is trained on; the others are foretold."""


class Trained(NamedTuple):
    """Topics, their document-topic prior, and what training took."""

    topic_term_distr: np.ndarray
    alpha: np.ndarray
    watch: Stopwatch


def _gibbs(corpus: Corpus, n_topics: int, n_iterations: int, seed: int, n_workers: int = 1) -> Trained:
    with stopwatch() as watch:
        model = fit_gibbs_lda(corpus, n_topics, n_iterations=n_iterations, seed=seed, n_workers=n_workers)
    return Trained(model.topic_term_distr, model.alpha, watch)


def tomotopy_model(corpus: Corpus, n_topics: int, seed: int) -> Any:
    """Make a model that has the documents and is not trained yet."""
    from tomotopy import LDAModel  # noqa: PLC0415

    model = LDAModel(k=n_topics, seed=seed)
    for document in documents_of(corpus):
        model.add_doc(document)
    return model


def _tomotopy(corpus: Corpus, n_topics: int, n_iterations: int, seed: int, n_workers: int = 1) -> Trained:
    model = tomotopy_model(corpus, n_topics, seed)
    with stopwatch() as watch:
        model.train(n_iterations, workers=n_workers)
    ids = corpus.vocabulary.ids
    columns = [ids[term] for term in model.used_vocabs]
    distr = np.zeros((n_topics, corpus.n_terms))
    for topic in range(n_topics):
        distr[topic, columns] = model.get_topic_word_dist(topic)
    return Trained(distr, np.array(model.alpha, dtype=np.float64), watch)


def _lda(corpus: Corpus, n_topics: int, n_iterations: int, seed: int) -> Trained:
    import logging  # noqa: PLC0415

    import lda  # noqa: PLC0415

    logging.getLogger("lda").setLevel(logging.ERROR)
    counts = np.zeros((corpus.n_docs, corpus.n_terms), dtype=np.int32)
    counts[np.repeat(np.arange(corpus.n_docs), np.diff(corpus.indptr)), corpus.indices] = corpus.data
    model = lda.LDA(n_topics=n_topics, n_iter=n_iterations, random_state=seed)
    with stopwatch() as watch:
        model.fit(counts)
    return Trained(model.topic_word_, np.full(n_topics, model.alpha), watch)


def _scikit_learn(corpus: Corpus, n_topics: int, n_iterations: int, seed: int) -> Trained:
    from scipy.sparse import csr_matrix  # noqa: PLC0415
    from sklearn.decomposition import LatentDirichletAllocation  # noqa: PLC0415

    counts = csr_matrix((corpus.data, corpus.indices, corpus.indptr), shape=(corpus.n_docs, corpus.n_terms))
    model = LatentDirichletAllocation(n_topics, max_iter=n_iterations, learning_method="batch", random_state=seed)
    with stopwatch() as watch:
        model.fit(counts)
    distr = model.components_ / model.components_.sum(axis=1, keepdims=True)
    return Trained(distr, np.full(n_topics, 1.0 / n_topics), watch)


def gensim_bags(corpus: Corpus) -> list[list[tuple[int, int]]]:
    """Return documents in the format of gensim."""
    pairs = list(zip(corpus.indices.tolist(), corpus.data.tolist()))
    return [pairs[start:end] for start, end in zip(corpus.indptr, corpus.indptr[1:])]


def gensim_model(corpus: Corpus, n_topics: int, n_passes: int, seed: int, **options: Any) -> tuple[Any, Stopwatch]:
    """Train gensim's LDA, and return its time and memory."""
    from gensim.models import LdaModel  # noqa: PLC0415

    documents, names = gensim_bags(corpus), dict(enumerate(corpus.vocabulary.terms))
    with stopwatch() as watch:
        model = LdaModel(
            documents,
            num_topics=n_topics,
            id2word=names,
            passes=n_passes,
            eval_every=None,
            random_state=seed,
            **options,
        )
    return model, watch


def _gensim(corpus: Corpus, n_topics: int, n_passes: int, seed: int) -> Trained:
    model, watch = gensim_model(corpus, n_topics, n_passes, seed)
    return Trained(model.get_topics().astype(np.float64), model.alpha.astype(np.float64), watch)


class LdaWay(NamedTuple):
    """One way to train LDA, with its iterations and seeds."""

    title: str
    train: Callable[..., Trained]
    n_iterations: int
    n_seeds: int


LDA_WAYS = {
    "ours": LdaWay("Gibbs LDA, ours", _gibbs, 200, 3),
    "tomotopy": LdaWay("tomotopy", _tomotopy, 200, 3),
    "lda": LdaWay("lda", _lda, 200, 3),
    "scikit-learn": LdaWay("scikit-learn", _scikit_learn, 10, 3),
    "gensim": LdaWay("gensim", _gensim, 10, 3),
}


def train_lda(folder: str, name: str, way: str, n_topics: int, n_iterations: int, seeds: list[int]) -> list[Any]:
    """Train on most documents of a labelled set once for each seed, and judge the topics."""
    texts = read_texts(folder, name)
    n_trained = int(TRAINED_SHARE * len(texts.documents))
    training, held_out = texts.part(0, n_trained), texts.part(n_trained, len(texts.documents))
    train = LDA_WAYS[way].train
    train(training.part(0, 50).corpus, 5, 2, 0)
    corpus, runs = training.corpus, []
    halves = predictive_likelihood.split_words(held_out.in_terms_of(list(corpus.vocabulary.terms)), 0)
    for seed in seeds:
        trained = train(corpus, n_topics, n_iterations, seed)
        model = _for_fold_in(trained)
        runs.append(
            {
                "cpu": trained.watch.cpu,
                "perplexity": held_out_perplexity(model, *halves),
                "npmi": npmi(trained.topic_term_distr, corpus.vocabulary.terms, training.documents),
                "nmi": nmi(training.labels, model.transform(corpus, n_workers=1).argmax(axis=1)),
            }
        )
    return runs


def _for_fold_in(trained: Trained) -> GibbsLdaModel:
    """Wrap topics fitted by other programs in our inference of document-topic distributions."""
    return GibbsLdaModel(trained.topic_term_distr, trained.alpha, 0.0)


def held_out_perplexity(model: GibbsLdaModel, seen: Corpus, unseen: Corpus) -> float:
    """Find the topics of documents from one half of their words and predict the other half."""
    return predictive_likelihood.perplexity(model, unseen, model.transform(seen, n_workers=1))


def write_documents(path: str, n_docs: int, n_words: int, n_topics: int, seed: int, one_topic: bool = False) -> None:
    """Generate documents of several topics, or of one each, and save them."""
    if one_topic:
        save(generated_short_texts(n_docs, n_topics, seed, (n_words, n_words))[0], path)
    else:
        save(generated_mixtures(n_docs, n_words, n_topics, seed), path)


def train_generated(
    path: str, held_out_path: str, way: str, n_iterations: int, n_workers: int, n_topics: int = GENERATED_TOPICS
) -> dict[str, Any]:
    """Train on generated documents."""
    train = {"ours": _gibbs, "tomotopy": _tomotopy}[way]
    train(generated_mixtures(100, 100, 5, seed=3), n_topics, 2, 0, n_workers)
    corpus, held_out = load(path)[0], load(held_out_path)[0]
    trained = train(corpus, n_topics, n_iterations, 0, n_workers)
    halves = predictive_likelihood.split_words(with_terms_of(corpus, held_out), 0)
    truth = GibbsLdaModel(generated_topics(GENERATED_TOPICS), generated_alpha(GENERATED_TOPICS), 0.0)
    return {
        "wall": trained.watch.wall, "cpu": trained.watch.cpu, "n_words": int(corpus.doc_lengths.sum()),
        "perplexity": held_out_perplexity(_for_fold_in(trained), *halves), "hash": fingerprint(corpus),
        "true_perplexity": held_out_perplexity(truth, *halves),
    }  # fmt: skip


def with_terms_of(corpus: Corpus, documents: Corpus) -> Corpus:
    """Leave out of documents the terms that do not occur in a corpus."""
    kept = np.isin(documents.indices, corpus.indices)
    offsets = np.concatenate(([0], np.cumsum(kept)))[documents.indptr]
    return Corpus(offsets, documents.indices[kept], documents.data[kept], documents.vocabulary)
