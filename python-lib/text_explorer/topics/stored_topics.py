"""A model folder brought back to life: all that is needed to give new texts their topics as at training."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Callable, Optional

from text_explorer.corpus.languages import AUTO, LANGUAGES
from text_explorer.corpus.preparation import Preparation
from text_explorer.corpus.text_languages import FALLBACK
from text_explorer.corpus.vocabulary import Vocabulary
from text_explorer.errors import DataError
from text_explorer.topics.engines import TopicModel
from text_explorer.topics.manifest import MANIFEST, parse_manifest
from text_explorer.topics.model_folder import model_id, read_model
from text_explorer.topics.profile import TopicProfile, parse_profile


@dataclass(frozen=True)
class StoredTopics:
    """A trained model as its folder tells it.

    Attributes
    ----------
    model, vocabulary
        The model, and what its terms are.
    model_id
        Name of the model by its content.
    labels
        Labels the topics got at training.
    preparation
        How texts became terms.
    main_language
        The language of the texts, or of most of them.
    detects_languages
        Whether texts were taken to be in several languages.
    profile
        Shares of topics and of unknown words at training, None in folders that do not tell.
    placeholders_as_empty
        Whether a cell that holds nothing but a word such as ``null`` counted as empty; False in folders that do not
        tell, for it was a text then.
    """

    model: TopicModel
    vocabulary: Vocabulary
    model_id: str
    labels: tuple[str, ...]
    preparation: Preparation
    main_language: str
    detects_languages: bool
    profile: Optional[TopicProfile]
    placeholders_as_empty: bool = False

    @property
    def n_topics(self) -> int:
        """Number of topics."""
        return len(self.labels)


def read_stored_topics(read_file: Callable[[str], Optional[bytes]]) -> StoredTopics:
    """Read a model folder.

    Parameters
    ----------
    read_file
        Gives the content of a path, None where there is no such file.

    Raises
    ------
    DataError
        Where the folder holds no whole model this version can read.
    """
    manifest = parse_manifest(read_file(MANIFEST))
    model, vocabulary = read_model(read_file)
    labels = manifest.get("topic_labels")
    n_topics = len(model.topic_term_distr)
    if not isinstance(labels, list) or len(labels) != n_topics or not all(isinstance(label, str) for label in labels):
        raise _damaged(f"it names no labels of {n_topics} topics")
    settings, languages = _object(manifest, "settings"), _object(manifest, "languages")
    main = languages.get("main", FALLBACK)
    if main not in LANGUAGES:
        raise _damaged(f"it names the unknown language {main!r}")
    return StoredTopics(
        model,
        vocabulary,
        manifest.get("model_id") or model_id(model, vocabulary),
        tuple(labels),
        parse_preparation(_object(manifest, "preparation")),
        main,
        settings.get("language", AUTO) == AUTO,
        parse_profile(manifest.get("training_profile"), n_topics),
        settings.get("placeholders_as_empty") is True,
    )


def parse_preparation(stored: Mapping[str, Any]) -> Preparation:
    """Read how the texts of the model became terms; what an older version did not know has its default.

    Raises
    ------
    DataError
        Where a setting is unknown to this version, for texts would be read otherwise than at training, or damaged.
    """
    defaults = {field.name: field.default for field in fields(Preparation)}
    unknown = sorted(set(stored) - set(defaults))
    if unknown:
        raise DataError(
            f"The model was trained with settings this version does not know: {', '.join(unknown)}. Update the plugin."
        )
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in stored.items()}
    for name, value in values.items():
        default = defaults[name]
        alike = isinstance(value, type(default)) and isinstance(value, bool) == isinstance(default, bool)
        whole = isinstance(default, float) and type(value) is int  # JSON of other programs writes 1.0 as 1
        if not alike and not whole:
            raise _damaged(f"its preparation has {name} = {value!r}")
    return Preparation(**values)


def _object(manifest: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = manifest.get(name, {})
    if not isinstance(found, dict):
        raise _damaged(f"its {name} are no object")
    return found


def _damaged(reason: str) -> DataError:
    return DataError(f"The model folder's {MANIFEST} is damaged ({reason}). Run 'Discover topics' again.")
