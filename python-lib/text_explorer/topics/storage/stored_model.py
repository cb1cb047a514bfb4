"""Load a trained model from its folder, with all that is needed to assign topics to new texts."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Optional

from text_explorer.corpus.boilerplate import MOST_LINES
from text_explorer.corpus.language.document_languages import FALLBACK
from text_explorer.corpus.vocabulary import Vocabulary
from text_explorer.corpus.words.languages import AUTO, LANGUAGES
from text_explorer.corpus.words.preparation import (
    NORMAL_FORMS,
    PHRASE_SCORINGS,
    PHRASES,
    READING_RULES,
    RULES_OF_0_1_0,
    Preparation,
)
from text_explorer.errors import DataError
from text_explorer.topics.files.checked_json import Fields, fault_of, one_line
from text_explorer.topics.models.training import TopicModel
from text_explorer.topics.storage.manifest import MANIFEST, ReadFile
from text_explorer.topics.storage.model_folder import read_model
from text_explorer.topics.storage.training_profile import TopicProfile, parse_profile

_CHOICES = {"normal_form": NORMAL_FORMS, "phrases": PHRASES, "phrase_scoring": PHRASE_SCORINGS}
_MOST_SETTING = 10**9
_LONGEST_LIST = 200
_HASH_DIGITS = 16
_HASH = re.compile("[0-9a-f]*")


@dataclass(frozen=True)
class StoredTopics:
    """A trained model, loaded from its folder."""

    model: TopicModel
    vocabulary: Vocabulary
    model_id: str  # a hash of its content
    labels: tuple[str, ...]  # labels from training
    preparation: Preparation  # how texts became terms
    main_language: str  # of the texts, or of most of them
    detects_languages: bool  # whether the language of each text was detected
    # prevalence of topics and share of unknown words at training, None in older folders
    profile: Optional[TopicProfile]
    # whether a cell with only a word such as ``null`` counted as empty; False in older folders, where it was a text
    placeholders_as_empty: bool = False
    # super-topic of each topic and their labels from training; empty in older folders and for few topics
    parents: tuple[int, ...] = ()
    super_labels: tuple[str, ...] = ()
    former_models: tuple[str, ...] = ()  # ids of the models it goes on from, oldest first
    embedding_model: Optional[str] = None  # id of the model of its embeddings, where it is known

    @property
    def n_topics(self) -> int:
        """Number of topics."""
        return len(self.labels)


def read_stored_topics(read_file: ReadFile) -> StoredTopics:
    """Read a model folder; see `read_model`."""
    manifest, model, vocabulary, found_id = read_model(read_file)
    fields = Fields(manifest, fault_of(MANIFEST))
    return StoredTopics(
        model,
        vocabulary,
        found_id,
        tuple(manifest["topic_labels"]),
        parse_preparation(fields.object("preparation").values),
        fields.object("languages").choice("main", LANGUAGES, FALLBACK),
        fields.object("settings").values.get("language", AUTO) == AUTO,
        parse_profile(manifest.get("training_profile"), len(manifest["topic_labels"])),
        fields.object("settings").values.get("placeholders_as_empty") is True,
        tuple(manifest.get("topic_parents") or ()),
        tuple(manifest.get("super_topics") or ()),
        tuple(manifest.get("former_models") or ()),
        fields.object("meaning").text("embedding_model"),
    )


def parse_preparation(stored: Mapping[str, Any]) -> Preparation:
    """Read the preparation of the texts; settings unknown to an older version are as there.

    Models without ``reading_rules`` are of version 0.1.0, and read texts by its rules. A setting that is damaged, or
    unknown to this version, raises ``DataError``: texts would be prepared differently.
    """
    defaults = {field.name: field.default for field in dataclasses.fields(Preparation)}
    unknown = sorted(set(stored) - set(defaults))
    if unknown:
        named = ", ".join(map(one_line, unknown))[:_LONGEST_LIST]
        raise DataError(f"The model was trained with settings this version does not know: {named}. Update the plugin.")
    fields = Fields(stored, fault_of(MANIFEST), "preparation.")
    settings = {name: _setting(fields, name, defaults[name]) for name in stored}
    if settings.setdefault("reading_rules", RULES_OF_0_1_0) > READING_RULES:
        raise DataError("The model was trained with newer rules for reading texts. Update the plugin.")
    return Preparation(**settings)


def _setting(fields: Fields, name: str, default: Any) -> Any:
    """Return a setting, validated by the type of its default."""
    value = fields.values[name]
    if name in _CHOICES:
        return fields.choice(name, _CHOICES[name], default)
    if isinstance(default, frozenset):
        hashes = fields.texts(name, least=_HASH_DIGITS, most=_HASH_DIGITS)
        if len(hashes) > MOST_LINES or not all(_HASH.fullmatch(value) for value in hashes):
            raise fields.refuse(name, f"at most {MOST_LINES:,} hashes of {_HASH_DIGITS} hexadecimal digits")
        return frozenset(hashes)
    if isinstance(default, tuple):
        return tuple(fields.texts(name))
    if isinstance(default, bool):
        if not isinstance(value, bool):
            raise fields.refuse(name, "true or false")
        return value
    if isinstance(default, float):  # JSON of other programs writes 1.0 as 1
        return float(fields.number(name, least=0, most=_MOST_SETTING))
    if fields.whole(name, least=RULES_OF_0_1_0 if name == "reading_rules" else 0, most=_MOST_SETTING) is None:
        raise fields.refuse(name, "a whole number")
    return value
