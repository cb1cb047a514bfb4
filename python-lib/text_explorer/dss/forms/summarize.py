"""Forms of 'Summarize texts (extractive)' and 'Summarize groups of texts': their fields and their settings."""

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
    Preset,
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
_HINTS = {
    names.LEXRANK: "suits most texts",
    names.CENTROID: "fastest, nearly as good",
    names.TEXTRANK: "prefers long sentences",
    names.LSA: "LSA",
    names.LUHN: "clusters of frequent words",
    names.SUMBASIC: "frequent words, transcripts",
    names.KL: "same word distribution as the text",
    names.REDUCTION: "shared words",
    names.EDMUNDSON: "your bonus and stigma words",
}
METHOD_LABELS = {
    method: f"{name} ({_HINTS[method]})" if method in _HINTS else name for method, name in names.METHOD_NAMES.items()
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
    return not _is_custom(values) or (_method(values) in names.TAKE_A_QUERY and not _matches_sumy(values))


def _uses_position(values: Mapping[str, Any]) -> bool:
    """Return whether the position weight applies: it was measured with these methods, others stay as published."""
    return _is_custom(values) and _takes_query(values)


def _selects(values: Mapping[str, Any]) -> bool:
    """Return whether more than the score decides which sentences are selected."""
    return _is_custom(values) and _uses_words(values) and not _matches_sumy(values)


def _summary(preset: str) -> tuple[Param, ...]:
    """Return the fields in front of both forms; the kind of text selected by default differs."""
    return (
        ChoiceParam("preset", "Kind of text", preset, choices=PRESET_LABELS),
        ChoiceParam("method", "Method", _DEFAULTS.method, _is_custom, choices=METHOD_LABELS),
        FlagParam("sumy_compatible", "Same sentences as sumy", _DEFAULTS.sumy_compatible, _can_match_sumy),
        WordsParam("bonus_words", _BONUS_WORDS, (), _is_edmundson),
        WordsParam("stigma_words", _STIGMA_WORDS, (), _is_edmundson),
        Param("query", "Focus on (question or keywords)", _DEFAULTS.query, _takes_query),
        IntegerParam("budget", _LENGTH, _DEFAULTS.budget, minimum=1, maximum=1_000_000),
        ChoiceParam("budget_unit", _UNIT, _DEFAULTS.budget_unit, choices=UNIT_LABELS),
    )


def _keyphrases(number: int, *, advanced: bool) -> Param:
    return IntegerParam(
        "keyphrases", "Number of keyphrases", number, advanced=advanced, minimum=0, maximum=MAX_KEYPHRASES
    )


def _advanced(preset: str, *output: Param) -> tuple[Param, ...]:
    """Return the advanced fields of both forms, with those of the output between them."""
    return (
        shared.LANGUAGE_COLUMN,
        replace(shared.STOP_WORDS, applies=_uses_words),
        NumberParam(
            "redundancy", "Avoid repetition", _DEFAULTS.redundancy, _selects, advanced=True, minimum=0.0, maximum=1.0
        ),
        NumberParam(
            "position_weight", "Position weight", PRESETS[preset].position_weight, _uses_position, advanced=True,
            minimum=0.0, maximum=1.0,
        ),
        IntegerParam("min_words", "Minimum content words", _DEFAULTS.min_words, _selects, advanced=True, maximum=100),
        FlagParam("line_breaks_end_sentences", "Line breaks end sentences", True, _is_custom, advanced=True),
        shared.PLACEHOLDERS,
        shared.REPEATED_LINES,
        *(replace(param, applies=_uses_words) for param in shared.IGNORED),
        replace(shared.ID_COLUMN, advanced=True),
        *output,
        ChoiceParam("order", "Sentence order", _DEFAULTS.order, advanced=True, choices=ORDER_LABELS),
        IntegerParam("seed", "Seed", _DEFAULTS.seed, advanced=True),
        IntegerParam("n_processes", "Number of processes", 0, advanced=True, maximum=MAX_PROCESSES),
    )  # fmt: skip


TEXTS_PARAMS: tuple[Param, ...] = (
    shared.TEXT_COLUMN,
    shared.LANGUAGE,
    *_summary(ARTICLE),
    _keyphrases(0, advanced=False),
    shared.SHOW_ADVANCED,
    *_advanced(ARTICLE),
)
# In a group of short opinions the position in the text costs two points of ROUGE-1, see PRESETS.
GROUPS_PARAMS: tuple[Param, ...] = (
    shared.TEXT_COLUMN,
    ColumnsParam("group_columns", "Group columns"),
    shared.LANGUAGE,
    *_summary(REVIEWS),
    shared.SHOW_ADVANCED,
    ColumnParam("weight_column", "Weight column", None, advanced=True),
    IntegerParam("max_documents", "Maximum documents per group", 200, advanced=True, minimum=1, maximum=100_000),
    *_advanced(REVIEWS, _keyphrases(10, advanced=True)),
)
_READ_BY_CUSTOM = (*(each.name for each in fields(Preset)), "sumy_compatible", "bonus_words", "stigma_words")
"""Settings that a kind of text sets or hides."""


@dataclass(frozen=True)
class SummarizeSettings(shared.CorpusSettings):
    """Settings of 'Summarize texts (extractive)'; the form explains each."""

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
    """Settings of 'Summarize groups of texts'; the form explains each."""

    group_columns: tuple[str, ...]
    weight_column: Optional[str]
    max_documents: int

    @property
    def columns(self) -> list[str]:
        """Names of the columns that are read."""
        optional = [self.language_column, self.id_column, self.weight_column]
        return list(dict.fromkeys([*self.group_columns, self.text_column, *filter(None, optional)]))


def read_summarize_settings(config: Mapping[str, Any], columns: Sequence[str]) -> SummarizeSettings:
    """Read and validate the form of 'Summarize texts (extractive)'; see `read_settings`."""
    values = read_settings(TEXTS_PARAMS, _with_kind(config), columns, check=_conflicts)
    return shared.build_settings(SummarizeSettings, _with_preset(values))


def read_summarize_groups_settings(config: Mapping[str, Any], columns: Sequence[str]) -> SummarizeGroupsSettings:
    """Read and validate the form of 'Summarize groups of texts'; see `read_settings`."""
    values = read_settings(GROUPS_PARAMS, _with_kind(config), columns, check=_conflicts)
    return shared.build_settings(SummarizeGroupsSettings, _with_preset(values))


def _with_kind(config: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the config, of the kind 'Custom' where it names no kind but holds a setting that only 'Custom' reads."""
    is_custom = not config.get("preset") and any(config.get(name) not in (None, "", []) for name in _READ_BY_CUSTOM)
    return {**config, "preset": CUSTOM} if is_custom else config


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
