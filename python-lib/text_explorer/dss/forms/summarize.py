"""Forms of 'Summarize texts' and 'Summarize groups': their fields and their settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Optional

from text_explorer.dss.forms import shared
from text_explorer.dss.forms.params import (
    ChoiceParam,
    ColumnParam,
    ColumnsParam,
    FlagParam,
    IntegerParam,
    NumberParam,
    Param,
    WordsParam,
    read_settings,
)
from text_explorer.summaries.sentences import settings as names
from text_explorer.summaries.sentences.settings import (
    ARTICLE,
    CUSTOM,
    PRESETS,
    REVIEWS,
    TRANSCRIPT,
    SummarySettings,
    TextSettings,
)

_DEFAULTS = SummarySettings()
_LENGTH, _UNIT = "Maximum length", "Length unit"
_BONUS_WORDS = "Bonus words"
_STIGMA_WORDS = "Stigma words"

PRESET_LABELS = {
    CUSTOM: "Custom (the settings below)",
    ARTICLE: "Articles and reports (main points first)",
    REVIEWS: "Reviews and feedback (what many say)",
    TRANSCRIPT: "Transcripts of meetings and calls",
}
METHOD_LABELS = {
    names.LEXRANK: "LexRank (suits most texts)",
    names.CENTROID: "Centroid (fastest, nearly as good)",
    names.TEXTRANK: "TextRank (prefers long sentences)",
    names.LSA: "Latent semantic analysis (LSA)",
    names.LUHN: "Luhn (clusters of frequent words)",
    names.SUMBASIC: "SumBasic (frequent words, transcripts)",
    names.KL: "KL-Sum (same word distribution as the text)",
    names.REDUCTION: "Reduction (shared words)",
    names.EDMUNDSON: "Edmundson (your bonus and stigma words)",
    names.LEAD: "First sentences",
    names.RANDOM: "Random sentences",
}
UNIT_LABELS = {
    names.SENTENCES: "Sentences",
    names.PERCENT: "Percent of sentences",
    names.WORDS: "Words",
    names.CHARACTERS: "Characters",
}
ORDER_LABELS = {names.POSITION: "As in the text", names.RANK: "Most important first"}

MAX_KEYPHRASES = 50
MAX_PROCESSES = 64


def _is_custom(values: Mapping[str, Any]) -> bool:
    return values["preset"] not in PRESETS


def _method(values: Mapping[str, Any]) -> Any:
    return values["method"] if _is_custom(values) else PRESETS[values["preset"]].method


def _is_edmundson(values: Mapping[str, Any]) -> bool:
    return bool(_method(values) == names.EDMUNDSON)


def _uses_words(values: Mapping[str, Any]) -> bool:
    return _method(values) not in names.BASELINES


def _can_match_sumy(values: Mapping[str, Any]) -> bool:
    return _is_custom(values) and values["method"] in names.SUMY_COMPATIBLE


def _matches_sumy(values: Mapping[str, Any]) -> bool:
    return _can_match_sumy(values) and bool(values["sumy_compatible"])


def _takes_query(values: Mapping[str, Any]) -> bool:
    return _method(values) in names.TAKE_A_QUERY and not _matches_sumy(values)


def _uses_position(values: Mapping[str, Any]) -> bool:
    """Return whether the position weight applies: it was measured with these methods, others stay as published."""
    return _is_custom(values) and _takes_query(values)


def _selects(values: Mapping[str, Any]) -> bool:
    """Return whether more than the score decides which sentences are selected."""
    return _is_custom(values) and _uses_words(values) and not _matches_sumy(values)


_TEXT: tuple[Param, ...] = (shared.TEXT_COLUMN, *shared.LANGUAGE, shared.ID_COLUMN)
_GROUPS: tuple[Param, ...] = (
    ColumnsParam("group_columns", "Group columns"),
    ColumnParam("weight_column", "Weight column", None),
    IntegerParam("max_documents", "Maximum documents per group", 200, minimum=1, maximum=100_000),
)


def _summary(*, position_weight: float, keyphrases: int) -> tuple[Param, ...]:
    """Return the fields of both forms, with the defaults that differ."""
    return (
        ChoiceParam("preset", "Kind of text", CUSTOM, choices=PRESET_LABELS),
        ChoiceParam("method", "Method", _DEFAULTS.method, _is_custom, choices=METHOD_LABELS),
        FlagParam("sumy_compatible", "Same sentences as sumy", _DEFAULTS.sumy_compatible, _can_match_sumy),
        WordsParam("bonus_words", _BONUS_WORDS, (), _is_edmundson),
        WordsParam("stigma_words", _STIGMA_WORDS, (), _is_edmundson),
        Param("query", "Focus on (question or keywords)", _DEFAULTS.query, _takes_query),
        ChoiceParam("budget_unit", _UNIT, _DEFAULTS.budget_unit, choices=UNIT_LABELS),
        IntegerParam("budget", _LENGTH, _DEFAULTS.budget, minimum=1, maximum=1_000_000),
        ChoiceParam("order", "Sentence order", _DEFAULTS.order, choices=ORDER_LABELS),
        NumberParam("redundancy", "Avoid repetition", _DEFAULTS.redundancy, _selects, minimum=0.0, maximum=1.0),
        replace(shared.STOP_WORDS, applies=_uses_words),
        IntegerParam("keyphrases", "Number of keyphrases", keyphrases, minimum=0, maximum=MAX_KEYPHRASES),
        shared.SHOW_ADVANCED,
        NumberParam(
            "position_weight",
            "Position weight",
            position_weight,
            _uses_position,
            advanced=True,
            minimum=0.0,
            maximum=1.0,
        ),
        IntegerParam("min_words", "Minimum content words", _DEFAULTS.min_words, _selects, advanced=True, maximum=100),
        FlagParam("line_breaks_end_sentences", "Line breaks end sentences", True, _is_custom, advanced=True),
        shared.PLACEHOLDERS,
        shared.REPEATED_LINES,
        *(replace(param, applies=_uses_words) for param in shared.IGNORED),
        IntegerParam("seed", "Seed", _DEFAULTS.seed, advanced=True),
        IntegerParam("n_processes", "Number of processes", 0, advanced=True, maximum=MAX_PROCESSES),
    )


# By default, a text is ranked like an article, and a group like reviews.
TEXTS_PARAMS = (*_TEXT, *_summary(position_weight=PRESETS[ARTICLE].position_weight, keyphrases=0))
GROUPS_PARAMS = (*_TEXT, *_GROUPS, *_summary(position_weight=PRESETS[REVIEWS].position_weight, keyphrases=10))


@dataclass(frozen=True)
class SummarizeSettings(shared.CorpusSettings):
    """Settings of 'Summarize texts'; the form explains each."""

    id_column: Optional[str]
    preset: str
    method: str
    sumy_compatible: bool
    bonus_words: tuple[str, ...]
    stigma_words: tuple[str, ...]
    query: str
    budget_unit: str
    budget: int
    order: str
    redundancy: float
    keyphrases: int
    position_weight: float
    min_words: int
    line_breaks_end_sentences: bool
    seed: int
    n_processes: int

    def for_summaries(self) -> SummarySettings:
        """Return the settings of ranking and selection."""
        return SummarySettings(**{field.name: getattr(self, field.name) for field in fields(SummarySettings)})

    def for_words(self) -> TextSettings:
        """Return the settings of sentences and words."""
        return TextSettings(self.line_breaks_end_sentences, self.preparation)


@dataclass(frozen=True)
class SummarizeGroupsSettings(SummarizeSettings):
    """Settings of 'Summarize groups'; the form explains each."""

    group_columns: tuple[str, ...]
    weight_column: Optional[str]
    max_documents: int

    @property
    def columns(self) -> list[str]:
        """Names of the columns that are read."""
        optional = [self.language_column, self.id_column, self.weight_column]
        return list(dict.fromkeys([*self.group_columns, self.text_column, *filter(None, optional)]))


def read_summarize_settings(config: Mapping[str, Any], columns: Sequence[str]) -> SummarizeSettings:
    """Read and validate the form of 'Summarize texts'; see `read_settings`."""
    values = read_settings(TEXTS_PARAMS, config, columns, check=_conflicts)
    return shared.build_settings(SummarizeSettings, _with_preset(values))


def read_summarize_groups_settings(config: Mapping[str, Any], columns: Sequence[str]) -> SummarizeGroupsSettings:
    """Read and validate the form of 'Summarize groups'; see `read_settings`."""
    values = read_settings(GROUPS_PARAMS, config, columns, check=_conflicts)
    return shared.build_settings(SummarizeGroupsSettings, _with_preset(values))


def _with_preset(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values with those set by the preset or the method, whose fields the form hides."""
    if not _is_custom(values):
        return {**values, **asdict(PRESETS[values["preset"]])}
    return {**values, "position_weight": values["position_weight"] if _uses_position(values) else 0.0}


def _conflicts(values: Mapping[str, Any]) -> list[str]:
    faults = []
    if values["budget_unit"] == names.PERCENT and (values["budget"] or 0) > 100:
        unit = UNIT_LABELS[names.PERCENT]
        faults.append(f"'{_LENGTH}' must be at most 100 where '{_UNIT}' is {unit}. Got {values['budget']:,}.")
    words = values["bonus_words"], values["stigma_words"]
    if _is_edmundson(values) and None not in words and not any(words):
        faults.append(
            f"The method {METHOD_LABELS[names.EDMUNDSON]} needs a word in '{_BONUS_WORDS}' or '{_STIGMA_WORDS}': add "
            "one, or select another method."
        )
    return faults
