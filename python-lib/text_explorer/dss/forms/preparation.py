"""The fields by which every recipe's form says how texts are read: one name, one label and one default for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

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

_DEFAULTS = Preparation()


def _has_phrases(values: Mapping[str, Any]) -> bool:
    return values["phrases"] != NO_PHRASES


TEXT_COLUMN = ColumnParam("text_column", "Text column")
LANGUAGE_LABELS = {AUTO: "Automatic", **dict(sorted(LANGUAGES.items(), key=lambda entry: entry[1]))}
NORMAL_FORM_LABELS = {
    NO_NORMAL_FORM: "As written",
    STEM: "Stemming (Snowball)",
    LEMMA: "Lemmatization (dictionary forms)",
}
PHRASE_LABELS = {NO_PHRASES: "None", BIGRAMS: "Two words (bigrams)", TRIGRAMS: "Two or three words (trigrams)"}
PHRASE_SCORING_LABELS = {NPMI: "NPMI", DEFAULT_SCORING: "word2vec score"}

LANGUAGE: tuple[Param, ...] = (
    ChoiceParam("language", "Language", AUTO, choices=LANGUAGE_LABELS),
    ColumnParam("language_column", "Language column", None),
)
STOP_WORDS = WordsParam("extra_stop_words", "Additional stop words", _DEFAULTS.extra_stop_words)
TERMS: tuple[Param, ...] = (
    ChoiceParam("normal_form", "Word normalization", _DEFAULTS.normal_form, choices=NORMAL_FORM_LABELS),
    ChoiceParam("phrases", "Phrases", _DEFAULTS.phrases, choices=PHRASE_LABELS),
)
ADVANCED_TERMS: tuple[Param, ...] = (
    ChoiceParam(
        "phrase_scoring", "Phrase scoring", _DEFAULTS.phrase_scoring, _has_phrases, advanced=True,
        choices=PHRASE_SCORING_LABELS,
    ),
    NumberParam(
        "phrase_threshold", "Minimum phrase score", _DEFAULTS.phrase_threshold, _has_phrases, advanced=True,
        most=1_000_000.0,
    ),
    IntegerParam(
        "phrase_min_count", "Minimum phrase count", _DEFAULTS.phrase_min_count, _has_phrases, advanced=True,
        least=1, most=1_000_000,
    ),
    IntegerParam(
        "min_documents", "Minimum documents per term", _DEFAULTS.min_documents, advanced=True, most=1_000_000
    ),
    NumberParam(
        "max_document_share", "Maximum share of documents per term", _DEFAULTS.max_document_share, advanced=True,
        least=0.001, most=1.0,
    ),
    IntegerParam("max_terms", "Maximum vocabulary size", _DEFAULTS.max_terms, advanced=True, least=10, most=2_000_000),
    IntegerParam("min_length", "Minimum term length", _DEFAULTS.min_length, advanced=True, least=1, most=50),
    FlagParam("keep_numbers", "Keep numbers", _DEFAULTS.keep_numbers, advanced=True),
    FlagParam("lower_case", "Ignore case", _DEFAULTS.lower_case, advanced=True),
    FlagParam("fold_accents", "Ignore accents", _DEFAULTS.fold_accents, advanced=True),
)  # fmt: skip
PLACEHOLDERS = FlagParam("placeholders_as_empty", "Treat 'null', 'nan', 'n/a' as empty", True, advanced=True)
PASSED_OVER: tuple[Param, ...] = (
    FlagParam("strip_html", "Ignore HTML", _DEFAULTS.strip_html, advanced=True),
    FlagParam("strip_urls", "Ignore web addresses", _DEFAULTS.strip_urls, advanced=True),
    FlagParam("strip_emails", "Ignore e-mail addresses", _DEFAULTS.strip_emails, advanced=True),
    FlagParam("strip_mentions", "Ignore @mentions", _DEFAULTS.strip_mentions, advanced=True),
    FlagParam("strip_hashtags", "Ignore #hashtags", _DEFAULTS.strip_hashtags, advanced=True),
    FlagParam("strip_emoji", "Ignore emoji", _DEFAULTS.strip_emoji, advanced=True),
)


def pop_preparation(values: dict[str, Any]) -> Preparation:
    """Take the values of these fields out of those of a form; what a form does not have keeps its default."""
    names = [field.name for field in fields(Preparation) if field.name in values]
    return Preparation(**{name: values.pop(name) for name in names})
