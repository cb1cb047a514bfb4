"""The forms of 'Summarize texts' and 'Summarize groups': their fields, and the settings made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Optional

from text_explorer.corpus.preparation import Preparation
from text_explorer.dss.preparation_settings import LANGUAGE, PASSED_OVER, STOP_WORDS, pop_preparation
from text_explorer.dss.settings import (
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
from text_explorer.summaries import settings as names
from text_explorer.summaries.settings import SummarySettings, TextSettings

_DEFAULTS = SummarySettings()
_LENGTH = "Length"
_BONUS_WORDS = "Bonus words"
_STIGMA_WORDS = "Stigma words"


def _edmundson(values: Mapping[str, Any]) -> bool:
    return values["method"] == names.EDMUNDSON


def _looks_at_words(values: Mapping[str, Any]) -> bool:
    return values["method"] not in names.BASELINES


_TEXT: tuple[Param, ...] = (
    ColumnParam("text_column", "Text column"),
    *LANGUAGE,
    ColumnParam("id_column", "Document id column", None),
)
_GROUPS: tuple[Param, ...] = (
    ColumnsParam("group_columns", "Group columns"),
    ColumnParam("weight_column", "Weight column", None),
    IntegerParam("max_documents", "Most documents per group", 200, least=1, most=100_000),
)
_SUMMARY: tuple[Param, ...] = (
    ChoiceParam("method", "Method", _DEFAULTS.method, choices=names.METHODS),
    WordsParam("bonus_words", _BONUS_WORDS, (), _edmundson),
    WordsParam("stigma_words", _STIGMA_WORDS, (), _edmundson),
    ChoiceParam("budget_unit", "Length is counted in", _DEFAULTS.budget_unit, choices=names.BUDGET_UNITS),
    IntegerParam("budget", _LENGTH, _DEFAULTS.budget, least=1, most=1_000_000),
    ChoiceParam("order", "Order of the sentences", _DEFAULTS.order, choices=names.ORDERS),
    NumberParam("redundancy", "Avoid repetition", _DEFAULTS.redundancy, _looks_at_words, least=0.0, most=1.0),
    replace(STOP_WORDS, applies=_looks_at_words),
    FlagParam("show_advanced", "Show advanced settings", False),
    FlagParam("line_breaks_end_sentences", "Line breaks end sentences", True, advanced=True),
    IntegerParam(
        "min_words", "Fewest content words", _DEFAULTS.min_words, _looks_at_words, advanced=True, least=0, most=100
    ),
    *(replace(param, applies=_looks_at_words) for param in PASSED_OVER),
    IntegerParam("seed", "Seed", _DEFAULTS.seed, advanced=True),
)
TEXTS_PARAMS = (*_TEXT, *_SUMMARY)
GROUPS_PARAMS = (*_TEXT, *_GROUPS, *_SUMMARY)


@dataclass(frozen=True)
class SummarizeSettings:
    """Checked settings of 'Summarize texts'; see the form for what each does."""

    text_column: str
    language: str
    language_column: Optional[str]
    id_column: Optional[str]
    method: str
    bonus_words: tuple[str, ...]
    stigma_words: tuple[str, ...]
    budget_unit: str
    budget: int
    order: str
    redundancy: float
    show_advanced: bool
    line_breaks_end_sentences: bool
    min_words: int
    seed: int
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
    values = read_settings(TEXTS_PARAMS, config, columns, check=_faults_between)
    preparation = pop_preparation(values)
    return SummarizeSettings(**values, preparation=preparation)


def read_summarize_groups_settings(config: Mapping[str, Any], columns: Sequence[str]) -> SummarizeGroupsSettings:
    """Check the form of 'Summarize groups'; see `read_summarize_settings`."""
    values = read_settings(GROUPS_PARAMS, config, columns, check=_faults_between)
    preparation = pop_preparation(values)
    return SummarizeGroupsSettings(**values, preparation=preparation)


def _faults_between(values: Mapping[str, Any]) -> list[str]:
    faults = []
    if values["budget_unit"] == names.PERCENT and (values["budget"] or 0) > 100:
        faults.append(f"'{_LENGTH}' must be at most 100 where it is a percentage. Got {values['budget']}.")
    if values["method"] == names.EDMUNDSON and not (values["bonus_words"] or values["stigma_words"]):
        faults.append(
            f"The method Edmundson needs a word in '{_BONUS_WORDS}' or '{_STIGMA_WORDS}': fill one in, or choose "
            "another method."
        )
    return faults
