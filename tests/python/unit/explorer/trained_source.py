"""A source whose datasets and model folder come from one training on texts of two plain themes."""

from __future__ import annotations

import json
from functools import cache

from tests.python.unit.explorer.memory_source import MemorySource
from text_explorer.corpus.document_term_matrix import build_corpus
from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.corpus.words.preparation import Preparation
from text_explorer.topics.models.training import EngineSettings, best_topics, train
from text_explorer.topics.storage.model_folder import make_manifest, model_files

PETS = ["cats purr softly", "dogs bark loudly", "cats chase dogs", "dogs chase cats", "kittens purr, puppies bark",
        "puppies chase kittens", "cats and kittens purr", "dogs and puppies bark"]  # fmt: skip
MONEY = ["banks lend money", "money earns interest", "banks raise interest", "loans cost interest",
         "banks lend loans", "money pays loans", "interest raises loans", "banks count money"]  # fmt: skip
TEXTS = [*PETS, *MONEY] * 3 + ["", "zeppelins"]
LABELS = ("pets", "money")
PREPARATION = Preparation(min_documents=1, max_document_share=1.0)


@cache
def trained(engine: str = "gsdmm"):
    """Train two topics, topic 0 being that of the pets."""
    corpus, _ = build_corpus([DocumentText(text or None, "en") for text in TEXTS], PREPARATION, n_workers=1)
    topics = train(corpus, EngineSettings(engine=engine, n_topics=2, seed=1, n_iterations=60))
    shares = topics.model.transform(corpus)
    return topics, shares, best_topics(shares)


def trained_source(engine: str = "gsdmm", **config) -> MemorySource:
    """Make the source; the topic of the pets is whichever the training made it."""
    topics, shares, best = trained(engine)
    labels = list(LABELS) if best[0] == 0 else list(LABELS)[::-1]
    facts = {
        "settings": {"text_column": "text", "language": "en"},
        "languages": {"main": "en"},
        "preparation": PREPARATION.as_dict(),
    }
    manifest = make_manifest(topics, labels=labels, facts=facts)
    source = MemorySource(_tables(topics, shares, best, labels), manifest, **config)
    source.files = model_files(topics, manifest)
    return source


def topic_of(source: MemorySource, label: str) -> int:
    """Find the topic of a label."""
    return source.model["topic_labels"].index(label)


def _tables(topics, shares, best, labels):
    documents = [
        {
            "id": f"d{row}",
            "text": text,
            "topic_id": None if best[row] < 0 else int(best[row]),
            "topic_probability": None if best[row] < 0 else float(shares[row, best[row]]),
            "topic_distribution": "" if best[row] < 0 else json.dumps(shares[row].tolist()),
            "topic_status": "ok" if best[row] >= 0 else "no known term",
        }
        for row, text in enumerate(TEXTS)
    ]
    terms = topics.corpus.vocabulary.terms
    term_rows, topic_rows = [], []
    for topic, distr in enumerate(topics.model.topic_term_distr):
        order = distr.argsort()[::-1]
        term_rows += [
            {"topic_id": topic, "rank": rank, "term": terms[term], "probability": float(distr[term]), "lift": 1.0}
            for rank, term in enumerate(order, 1)
        ]
        topic_rows.append({
            "topic_id": topic,
            "label": labels[topic],
            "n_documents": int((best == topic).sum()),
            "document_share": 0.5,
            "token_share": 0.5,
            "top_terms": json.dumps([terms[term] for term in order[:10]]),
        })  # fmt: skip
    return {"document_topics": documents, "topics": topic_rows, "topic_terms": term_rows}
