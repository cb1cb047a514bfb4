"""The forms of 'Summarize texts' and 'Summarize groups': their fields, and the settings made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Optional

from text_explorer.corpus.words.preparation import Preparation
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
from text_explorer.dss.forms.preparation import (
    LANGUAGE,
    PASSED_OVER,
    PLACEHOLDERS,
    STOP_WORDS,
    TEXT_COLUMN,
    pop_preparation,
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
_LENGTH, _UNIT = "Length", "Length is counted in"
_BONUS_WORDS = "Bonus words"
_STIGMA_WORDS = "Stigma words"

PRESET_LABELS = {
    CUSTOM: "Custom (the settings below)",
    ARTICLE: "Articles, reports (the main things come first)",
    REVIEWS: "Reviews and feedback (what many say)",
    TRANSCRIPT: "Transcripts of meetings and calls",
}
METHOD_LABELS = {
    names.LEXRANK: "LexRank (most texts)",
    names.CENTROID: "Centroid (fastest, nearly as good)",
    names.TEXTRANK: "TextRank (likes long sentences)",
    names.LSA: "Latent semantic analysis",
    names.LUHN: "Luhn (clusters of frequent words)",
    names.SUMBASIC: "SumBasic (frequent words, transcripts)",
    names.KL: "KL-Sum (same mix of words as the text)",
    names.REDUCTION: "Reduction (shared words)",
    names.EDMUNDSON: "Edmundson (your own words)",
    names.LEAD: "First sentences",
    names.RANDOM: "Random sentences",
}
UNIT_LABELS = {
    names.SENTENCES: "Sentences",
    names.PERCENT: "Percent of the sentences",
    names.WORDS: "Words",
    names.CHARACTERS: "Characters",
}
ORDER_LABELS = {names.POSITION: "As in the text", names.RANK: "Most important first"}

MOST_KEYPHRASES = 50
MOST_PROCESSES = 64


def _custom(values: Mapping[str, Any]) -> bool:
    return values["preset"] not in PRESETS


def _method(values: Mapping[str, Any]) -> Any:
    return values["method"] if _custom(values) else PRESETS[values["preset"]].method


def _edmundson(values: Mapping[str, Any]) -> bool:
    return _method(values) == names.EDMUNDSON


def _looks_at_words(values: Mapping[str, Any]) -> bool:
    return _method(values) not in names.BASELINES


def _may_be_like_sumy(values: Mapping[str, Any]) -> bool:
    return _custom(values) and values["method"] in names.SUMY_COMPATIBLE


def _like_sumy(values: Mapping[str, Any]) -> bool:
    return _may_be_like_sumy(values) and bool(values["sumy_compatible"])


def _takes_a_query(values: Mapping[str, Any]) -> bool:
    return _method(values) in names.TAKE_A_QUERY and not _like_sumy(values)


def _looks_at_places(values: Mapping[str, Any]) -> bool:
    """Tell whether the place can be weighed: with the methods it was measured with; others stay as published."""
    return _custom(values) and _takes_a_query(values)


def _chooses(values: Mapping[str, Any]) -> bool:
    """Tell whether more than the scores decides which sentences are taken."""
    return _custom(values) and _looks_at_words(values) and not _like_sumy(values)


_TEXT: tuple[Param, ...] = (
    TEXT_COLUMN,
    *LANGUAGE,
    ColumnParam("id_column", "Document id column", None),
)
_GROUPS: tuple[Param, ...] = (
    ColumnsParam("group_columns", "Group columns"),
    ColumnParam("weight_column", "Weight column", None),
    IntegerParam("max_documents", "Most documents per group", 200, least=1, most=100_000),
)


def _summary(*, position_weight: float, keyphrases: int) -> tuple[Param, ...]:
    """Give the fields both forms have, with the defaults in which they differ."""
    return (
        ChoiceParam("preset", "Kind of text", CUSTOM, choices=PRESET_LABELS),
        ChoiceParam("method", "Method", _DEFAULTS.method, _custom, choices=METHOD_LABELS),
        FlagParam("sumy_compatible", "Same sentences as sumy", _DEFAULTS.sumy_compatible, _may_be_like_sumy),
        WordsParam("bonus_words", _BONUS_WORDS, (), _edmundson),
        WordsParam("stigma_words", _STIGMA_WORDS, (), _edmundson),
        Param("query", "What it shall be about", _DEFAULTS.query, _takes_a_query),
        ChoiceParam("budget_unit", _UNIT, _DEFAULTS.budget_unit, choices=UNIT_LABELS),
        IntegerParam("budget", _LENGTH, _DEFAULTS.budget, least=1, most=1_000_000),
        ChoiceParam("order", "Order of the sentences", _DEFAULTS.order, choices=ORDER_LABELS),
        NumberParam("redundancy", "Avoid repetition", _DEFAULTS.redundancy, _chooses, least=0.0, most=1.0),
        replace(STOP_WORDS, applies=_looks_at_words),
        IntegerParam("keyphrases", "Number of keyphrases", keyphrases, least=0, most=MOST_KEYPHRASES),
        FlagParam("show_advanced", "Show advanced settings", False),
        NumberParam(
            "position_weight",
            "Weight of the place",
            position_weight,
            _looks_at_places,
            advanced=True,
            least=0.0,
            most=1.0,
        ),
        IntegerParam("min_words", "Fewest content words", _DEFAULTS.min_words, _chooses, advanced=True, most=100),
        FlagParam("line_breaks_end_sentences", "Line breaks end sentences", True, _custom, advanced=True),
        PLACEHOLDERS,
        *(replace(param, applies=_looks_at_words) for param in PASSED_OVER),
        IntegerParam("seed", "Seed", _DEFAULTS.seed, advanced=True),
        IntegerParam("n_processes", "Processes", 0, advanced=True, most=MOST_PROCESSES),
    )


# Where nothing is chosen, a text of its own counts as an article, and a group as reviews.
TEXTS_PARAMS = (*_TEXT, *_summary(position_weight=PRESETS[ARTICLE].position_weight, keyphrases=0))
GROUPS_PARAMS = (*_TEXT, *_GROUPS, *_summary(position_weight=PRESETS[REVIEWS].position_weight, keyphrases=10))


@dataclass(frozen=True)
class SummarizeSettings:
    """Checked settings of 'Summarize texts'; see the form for what each does."""

    text_column: str
    language: str
    language_column: Optional[str]
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
    show_advanced: bool
    position_weight: float
    min_words: int
    line_breaks_end_sentences: bool
    seed: int
    n_processes: int
    placeholders_as_empty: bool
    preparation: Preparation

    def for_summaries(self) -> SummarySettings:
        """Give the rankers and the selection their part."""
        return SummarySettings(
            method=self.method,
            budget_unit=self.budget_unit,
            budget=self.budget,
            order=self.order,
            redundancy=self.redundancy,
            min_words=self.min_words,
            seed=self.seed,
            bonus_words=self.bonus_words,
            stigma_words=self.stigma_words,
            sumy_compatible=self.sumy_compatible,
            query=self.query,
            position_weight=self.position_weight,
        )

    def for_words(self) -> TextSettings:
        """Give the splitting of texts its part."""
        return TextSettings(self.line_breaks_end_sentences, self.preparation)


@dataclass(frozen=True)
class SummarizeGroupsSettings(SummarizeSettings):
    """Checked settings of 'Summarize groups'."""

    group_columns: tuple[str, ...]
    weight_column: Optional[str]
    max_documents: int

    @property
    def columns(self) -> list[str]:
        """Columns of the documents that are read."""
        optional = [self.language_column, self.id_column, self.weight_column]
        return list(dict.fromkeys([*self.group_columns, self.text_column, *filter(None, optional)]))


def read_summarize_settings(config: Mapping[str, Any], columns: Sequence[str]) -> SummarizeSettings:
    """Check the form of 'Summarize texts'.

    Parameters
    ----------
    config
        The form's values.
    columns
        Names of the columns of the documents.

    Raises
    ------
    SettingsError
        With every fault.
    """
    values = _settled(read_settings(TEXTS_PARAMS, config, columns, check=_faults_between))
    preparation = pop_preparation(values)
    return SummarizeSettings(**values, preparation=preparation)


def read_summarize_groups_settings(config: Mapping[str, Any], columns: Sequence[str]) -> SummarizeGroupsSettings:
    """Check the form of 'Summarize groups'; see `read_summarize_settings`."""
    values = _settled(read_settings(GROUPS_PARAMS, config, columns, check=_faults_between))
    preparation = pop_preparation(values)
    return SummarizeGroupsSettings(**values, preparation=preparation)


def _settled(values: dict[str, Any]) -> dict[str, Any]:
    """Put in the values that a preset or a method settles, whose fields the form hides."""
    if not _custom(values):
        return {**values, **asdict(PRESETS[values["preset"]])}
    return {**values, "position_weight": values["position_weight"] if _looks_at_places(values) else 0.0}


def _faults_between(values: Mapping[str, Any]) -> list[str]:
    faults = []
    if values["budget_unit"] == names.PERCENT and (values["budget"] or 0) > 100:
        unit = UNIT_LABELS[names.PERCENT]
        faults.append(f"'{_LENGTH}' must be at most 100 where '{_UNIT}' is {unit}. Got {values['budget']:,}.")
    words = values["bonus_words"], values["stigma_words"]
    if _edmundson(values) and None not in words and not any(words):
        faults.append(
            f"The method {METHOD_LABELS[names.EDMUNDSON]} needs a word in '{_BONUS_WORDS}' or '{_STIGMA_WORDS}': fill "
            "one in, or choose another method."
        )
    return faults
