"""Fields that several forms share: how texts are read, what becomes a term, and which settings are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Callable, Optional, TypeVar

from text_explorer.corpus.words.languages import AUTO, LANGUAGES
from text_explorer.corpus.words.preparation import (
    BIGRAMS,
    DEFAULT_SCORING,
    LEMMA,
    NO_NORMAL_FORM,
    NO_PHRASES,
    NPMI,
    STEM,
    TRIGRAMS,
    Preparation,
)
from text_explorer.dss.forms.params import (
    ChoiceParam,
    ColumnParam,
    FlagParam,
    IntegerParam,
    NumberParam,
    Param,
    WordsParam,
)

Settings = TypeVar("Settings")
_DEFAULTS = Preparation()


def _has_phrases(values: Mapping[str, Any]) -> bool:
    return bool(values["phrases"] != NO_PHRASES)


SHOW_ADVANCED = FlagParam("show_advanced", "Show advanced settings", False)
SHARE_COLUMNS = FlagParam("share_columns", "Add a proportion column for each topic", False, advanced=True)
ID_COLUMN = ColumnParam("id_column", "Document id column", None)
TEXT_COLUMN = ColumnParam("text_column", "Text column")
LANGUAGE_LABELS = {AUTO: "Automatic", **dict(sorted(LANGUAGES.items(), key=lambda entry: entry[1]))}
NORMAL_FORM_LABELS = {
    NO_NORMAL_FORM: "As written",
    STEM: "Stemming (Snowball)",
    LEMMA: "Lemmatization (dictionary forms)",
}
PHRASE_LABELS = {NO_PHRASES: "None", BIGRAMS: "Two words (bigrams)", TRIGRAMS: "Two or three words (trigrams)"}
PHRASE_SCORING_LABELS = {NPMI: "NPMI", DEFAULT_SCORING: "word2vec score"}

LANGUAGE = ChoiceParam("language", "Language", AUTO, choices=LANGUAGE_LABELS)
LANGUAGE_COLUMN = ColumnParam("language_column", "Language column", None, advanced=True)
STOP_WORDS = WordsParam("extra_stop_words", "Additional stop words", _DEFAULTS.extra_stop_words, advanced=True)
TERMS: tuple[Param, ...] = (
    ChoiceParam(
        "normal_form", "Word normalization", _DEFAULTS.normal_form, advanced=True, choices=NORMAL_FORM_LABELS
    ),
    ChoiceParam("phrases", "Phrases", _DEFAULTS.phrases, advanced=True, choices=PHRASE_LABELS),
    ChoiceParam(
        "phrase_scoring", "Phrase scoring", _DEFAULTS.phrase_scoring, _has_phrases, advanced=True,
        choices=PHRASE_SCORING_LABELS,
    ),
    NumberParam(
        "phrase_threshold", "Minimum phrase score", _DEFAULTS.phrase_threshold, _has_phrases, advanced=True,
        maximum=1_000_000.0,
    ),
    IntegerParam(
        "phrase_min_count", "Minimum phrase count", _DEFAULTS.phrase_min_count, _has_phrases, advanced=True,
        minimum=1, maximum=1_000_000,
    ),
    IntegerParam(
        "min_documents", "Minimum documents per term", _DEFAULTS.min_documents, advanced=True, maximum=1_000_000
    ),
    NumberParam(
        "max_document_share", "Maximum share of documents per term", _DEFAULTS.max_document_share, advanced=True,
        minimum=0.001, maximum=1.0,
    ),
    IntegerParam(
        "max_terms", "Maximum vocabulary size", _DEFAULTS.max_terms, advanced=True, minimum=10, maximum=2_000_000
    ),
    IntegerParam("min_length", "Minimum term length", _DEFAULTS.min_length, advanced=True, minimum=1, maximum=50),
    FlagParam("keep_numbers", "Keep numbers", _DEFAULTS.keep_numbers, advanced=True),
    FlagParam("lower_case", "Ignore case", _DEFAULTS.lower_case, advanced=True),
    FlagParam("fold_accents", "Ignore accents", _DEFAULTS.fold_accents, advanced=True),
)  # fmt: skip
EMBEDDING_COLUMN = ColumnParam("embedding_column", "Embedding column", None)
REPEATED_LINES = FlagParam("ignore_boilerplate", "Ignore repeated lines", True, advanced=True)
PLACEHOLDERS = FlagParam("placeholders_as_empty", "Treat 'null', 'nan', 'n/a' as empty", True, advanced=True)
IGNORED: tuple[Param, ...] = (
    FlagParam("strip_html", "Ignore HTML", _DEFAULTS.strip_html, advanced=True),
    FlagParam("strip_urls", "Ignore web addresses", _DEFAULTS.strip_urls, advanced=True),
    FlagParam("strip_emails", "Ignore e-mail addresses", _DEFAULTS.strip_emails, advanced=True),
    FlagParam("strip_mentions", "Ignore @mentions", _DEFAULTS.strip_mentions, advanced=True),
    FlagParam("strip_hashtags", "Ignore #hashtags", _DEFAULTS.strip_hashtags, advanced=True),
    FlagParam("strip_emoji", "Ignore emoji", _DEFAULTS.strip_emoji, advanced=True),
)


@dataclass(frozen=True)
class ColumnSettings:
    """Settings of every recipe: columns of the texts and their languages; `language` is a code, or `AUTO`."""

    text_column: str
    language: str
    language_column: Optional[str]


@dataclass(frozen=True)
class ReadingSettings(ColumnSettings):
    """Settings of every recipe that reads texts by its own settings, not by those of a model."""

    placeholders_as_empty: bool
    preparation: Preparation


@dataclass(frozen=True)
class CorpusSettings(ReadingSettings):
    """Settings of every recipe that looks for lines repeated over many texts."""

    ignore_boilerplate: bool


def build_settings(settings: Callable[..., Settings], values: Mapping[str, Any], **more: Any) -> Settings:
    """Build the dataclass of a recipe's settings, with its `preparation`, from the values of its form.

    'Show advanced settings' changes nothing, so that it is left out; `more` adds fields, or other values for those of
    the form.
    """
    names = {field.name for field in fields(Preparation)}
    preparation = Preparation(**{name: value for name, value in values.items() if name in names})
    others = {name: value for name, value in values.items() if name not in names and name != SHOW_ADVANCED.name}
    return settings(preparation=preparation, **{**others, **more})
