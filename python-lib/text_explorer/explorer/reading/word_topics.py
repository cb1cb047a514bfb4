"""Infer the topic of each word of a text with a trained model.

For LDA a word in a document has the topic probabilities p(t | w, d), proportional to p(w | t) p(t | d): what Gibbs
sampling draws a word's topic from (Griffiths and Steyvers 2004, equation 5), with the document's own word included.

GSDMM assigns one topic to all words of a document, so p(t | w, d) is p(t | d) for every word and would colour them all
the same. For a word, the informative quantity is the topic it indicates by itself, and so why the document got its
topic: p(t | w), proportional to p(w | t) p(t), where p(t) is the topic's share of all words.

References
----------
Thomas Griffiths and Mark Steyvers (2004). Finding scientific topics. PNAS 101.
Jianhua Yin and Jianyong Wang (2014). A Dirichlet multinomial mixture model-based approach for short text clustering.
KDD '14.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.corpus.word_spans import word_spans
from text_explorer.explorer.reading.loaded_model import LoadedModel
from text_explorer.topics.assignment.assigned_columns import merged_shares
from text_explorer.topics.assignment.scoring import score_documents
from text_explorer.topics.models.engines import ENGINES

MOST_UNKNOWN = 100
_DIGITS = 4
_SHARE_DIGITS = 6


def read_with_model(document: DocumentText, model: LoadedModel, final_topic: Sequence[int]) -> dict[str, Any]:
    """Infer the topics of a text and of each of its words; ``final_topic`` is that of each topic id.

    Returns
    -------
    dict
        ``mixture``, the final topics by falling share; ``spans``, for each known word its start and end (code points),
        most probable final topic, that topic's probability, and term; ``n_words``, words that could be terms, and
        ``n_known``, those of them in the model's vocabulary; ``unknown``, the others as written, each once.
    """
    topics = model.topics
    places = word_spans(document, topics.vocabulary, topics.preparation)
    shares = score_documents([document], topics).doc_topic_distr
    known = places.term_ids >= 0
    different, words = np.unique(places.term_ids[known], return_inverse=True)
    best, probability = term_topics(model, different, shares[0], final_topic)
    terms = [topics.vocabulary.terms[term] for term in different.tolist()]
    spans = zip(places.starts[known].tolist(), places.ends[known].tolist(), words.tolist())
    return {
        "mixture": _mixture(merged_shares(shares, final_topic)[0]),
        "spans": [[start, end, best[word], probability[word], terms[word]] for start, end, word in spans],
        "n_words": len(known),
        "n_known": int(known.sum()),
        "unknown": _unknown(document.text or "", places.starts[~known].tolist(), places.ends[~known].tolist()),
    }


def term_topics(
    model: LoadedModel, term_ids: np.ndarray, shares: np.ndarray, final_topic: Sequence[int]
) -> tuple[list[int], list[float]]:
    """Return the most probable final topic of terms in a document, and its probability; see the module.

    Parameters
    ----------
    term_ids
        int64 array of shape (n_terms,): ids in the model's vocabulary.
    shares
        float64 array of shape (n_topics,): p(topic | document).
    """
    if not len(term_ids):
        return [], []
    prior = model.topic_weights if ENGINES[model.topics.model.engine].one_topic_per_document else shares
    weights = model.topic_term_distr[:, term_ids].astype(np.float64) * prior[:, None]
    finals = np.asarray(final_topic)[: len(weights)]
    merged = np.zeros((max(len(final_topic), len(weights)), len(term_ids)))
    np.add.at(merged, finals, weights)
    totals = merged.sum(axis=0)
    merged = np.divide(merged, totals, out=np.zeros_like(merged), where=totals > 0)
    best = merged.argmax(axis=0)
    return best.tolist(), np.round(merged[best, np.arange(len(term_ids))], _DIGITS).tolist()


def _mixture(shares: np.ndarray) -> list[dict[str, Any]]:
    rounded = np.round(np.nan_to_num(shares), _SHARE_DIGITS).tolist()
    by_share = sorted(enumerate(rounded), key=lambda entry: (-entry[1], entry[0]))
    return [{"topic": topic, "share": share} for topic, share in by_share if share > 0]


def _unknown(text: str, starts: Sequence[int], ends: Sequence[int]) -> list[str]:
    words: dict[str, str] = {}
    for start, end in zip(starts, ends):
        words.setdefault(text[start:end].casefold(), text[start:end])
    return list(words.values())[:MOST_UNKNOWN]
