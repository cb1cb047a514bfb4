"""Which parts of the page there can be with these settings and data, and what to do where one cannot."""

from __future__ import annotations

from typing import Any

from text_explorer.explorer.edits.log import NO_FOLDER
from text_explorer.explorer.feedback import saved_views, stop_words, story_edits
from text_explorer.explorer.feedback.intrusion_questions import N_OWN_WORDS, TOO_FEW_TOPICS
from text_explorer.explorer.feedback.label_suggestions import why_no_suggestions
from text_explorer.explorer.index.reader import IndexReader, read_report
from text_explorer.explorer.topic_answers.entries import TopicEntries
from text_explorer.explorer.topic_answers.model_match import why_no_drift, why_no_other_model, why_no_previous_model
from text_explorer.explorer.topic_answers.statistics import NO_NUMBERS, why_no_time

_OLD_FOLDER = (
    "The model folder was written by an older version of the plugin, which did not name its models. Run 'Discover "
    "topics' again."
)
_NO_ARRAYS = "The model folder has no model. Run 'Discover topics' again, or select the folder it wrote."
_NOT_TRIED = "A text cannot be tried without the model folder. Select 'Model' in the settings of this webapp."
_NOT_COLOURED = (
    "The words of a document cannot be coloured without the model folder. Select 'Model' in the settings of this "
    "webapp."
)
STILL_READING = "The documents are still being read; numbers are compared once all are read."
_NO_SUPER_TOPICS = (
    "The model folder does not name the super-topic of each topic, so they cannot be changed. Run 'Discover topics' "
    "again; models of fewer than six topics have none."
)
_FEWEST_REVIEWED = 2


def capabilities(index: IndexReader, entries: TopicEntries, model: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return for each part of the page ``on`` and, where it is off, ``reason``: a sentence on what to do.

    ``model`` has the facts of the model from its manifest.
    """
    facts = read_report(index.connection, "model")
    has_folder = facts.get("has_folder")
    no_arrays = None if facts.get("has_arrays") else _NO_ARRAYS
    no_groups = "No group column is known. Select 'Group columns' in the settings of this webapp."
    reasons = {
        "edit": (None if model.get("model_id") else _OLD_FOLDER) if has_folder else NO_FOLDER,
        "try": no_arrays if has_folder else _NOT_TRIED,
        "words": no_arrays if has_folder else _NOT_COLOURED,
        "time": why_no_time(index),
        "groups": None if index.documents.group_names else no_groups,
        **_of_models(index),
        **_of_findings(index),
        "review": _of_review(entries),
        "super_topics": None if index.edits.super_topics else _NO_SUPER_TOPICS,
        "stop_words": None if has_folder else stop_words.NO_FOLDER,
        "views": None if has_folder else saved_views.NO_FOLDER,
        "label_suggestions": why_no_suggestions(index),
        "story_edits": None if has_folder else story_edits.NO_FOLDER,
    }
    return {name: {"on": reason is None, "reason": reason} for name, reason in reasons.items()}


def _of_models(index: IndexReader) -> dict[str, str | None]:
    compared = read_report(index.connection, "models")
    no_comparison = (
        "No comparison is set. Run 'Compare numbers of topics' and select its outputs in the settings of this webapp."
    )
    notes = " ".join(compared.get("notes", []))
    return {
        "models": None if compared.get("comparison") or compared.get("suggestion") else notes or no_comparison,
        "other_model": why_no_other_model(index),
        "drift": why_no_drift(index),
        "previous_model": why_no_previous_model(index),
    }


def _of_findings(index: IndexReader) -> dict[str, str | None]:
    no_topic = None if index.final_topics() else "The dataset of topics has no topic. Run 'Discover topics' again."
    no_changes = [why_no_time(index), why_no_other_model(index), why_no_drift(index), why_no_previous_model(index)]
    no_numbers = f"The documents have no numeric column. {NO_NUMBERS}" if index.is_complete else STILL_READING
    return {
        "story": no_topic,
        "compare": no_topic or (None if index.documents.n_rows > 1 else "One document has nothing to compare it with."),
        "changes": no_topic or (" ".join(map(str, no_changes)) if all(no_changes) else None),
        "meaning": why_no_vectors(index),
        "drivers": no_topic or (None if index.documents.number_names else no_numbers),
    }


def why_no_vectors(index: IndexReader) -> str | None:
    """Return why documents cannot be compared by their embeddings, None where they can."""
    if index.vectors is not None:
        return None
    return read_report(index.connection, "vectors").get("reason") if index.is_complete else STILL_READING


def _of_review(entries: TopicEntries) -> str | None:
    """Require visible topics with enough words, as `intrusion_questions` uses them."""
    index = entries.index
    n_words = dict(index.connection.execute("SELECT topic, count(*) FROM terms GROUP BY topic"))
    visible = (topic for topic in index.final_topics() if not index.edits.is_hidden(topic))
    n_words |= {part: len(split.terms) for split in index.edits.splits.values() for part in split.ids}
    largest = [max(n_words.get(member, 0) for member in entries.members(topic)) for topic in visible]
    return None if sum(n >= N_OWN_WORDS for n in largest) >= _FEWEST_REVIEWED else TOO_FEW_TOPICS
