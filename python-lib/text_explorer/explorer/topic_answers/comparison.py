"""The compared models, the suggested number of topics, and the current model among them."""

from __future__ import annotations

from typing import Any

from text_explorer.explorer.index.facts import read_facts, read_report
from text_explorer.explorer.index.reader import IndexReader

_CURRENT = ("n_topics", "seed", "n_documents", "n_terms", "n_words", "engine_reason")
_MEASURES = ("coherence_npmi", "coherence_cv", "diversity")


def compared_models(index: IndexReader) -> dict[str, Any]:
    """Return what is known of other models.

    Returns
    -------
    dict
        ``comparison``: a row for each model, of its own seed, in the columns the recipe 'Compare numbers of topics'
        wrote (None without such a dataset); ``suggestion``: its one row; ``current``: the current model, figures
        from its manifest; ``other``: name and number of topics of the second model; ``notes``: what could not be read.
    """
    report, facts = read_report(index.connection, "models"), read_facts(index.connection)
    model = facts.get("model") or {}
    quality = read_report(index.connection, "model").get("quality") or {}
    other = read_report(index.connection, "other_model")
    n_other = index.connection.execute("SELECT count(*) FROM other_topics").fetchone()[0]
    n_topics = index.connection.execute("SELECT count(*) FROM topics").fetchone()[0]
    return {
        "comparison": report.get("comparison"),
        "suggestion": report.get("suggestion"),
        "current": {
            "engine": facts.get("engine"),
            **{name: model.get(name) for name in _CURRENT},
            "n_topics": model.get("n_topics") or n_topics,
            **{name: quality.get(name) for name in _MEASURES},
        },
        "other": {"name": other.get("name"), "n_topics": n_other} if n_other else None,
        "notes": [*report.get("notes", []), *other.get("notes", [])],
    }
