"""The form of 'Evaluate summaries': its fields, and the settings made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Optional

from text_explorer.corpus.words.preparation import Preparation
from text_explorer.dss.forms.params import ColumnParam, ColumnsParam, FlagParam, IntegerParam, Param, read_settings
from text_explorer.dss.forms.preparation import LANGUAGE, PASSED_OVER, PLACEHOLDERS, STOP_WORDS, pop_preparation
from text_explorer.summaries.evaluation.rows import EvaluationSettings
from text_explorer.summaries.sentences.settings import TextSettings

_DEFAULTS = EvaluationSettings()
_TEXT, _SUMMARY, _REFERENCES = "Text column", "Summary column", "Reference columns"

PARAMS: tuple[Param, ...] = (
    ColumnParam("text_column", _TEXT),
    ColumnParam("summary_column", _SUMMARY),
    ColumnsParam("reference_columns", _REFERENCES, ()),
    *LANGUAGE,
    FlagParam("stemming", "Stemming for ROUGE", _DEFAULTS.stem),
    STOP_WORDS,
    FlagParam("show_advanced", "Show advanced settings", False),
    FlagParam(
        "line_breaks_end_sentences", "Line breaks end sentences", _DEFAULTS.words.line_breaks_end_sentences,
        advanced=True,
    ),
    PLACEHOLDERS,
    *PASSED_OVER,
    IntegerParam("seed", "Seed", _DEFAULTS.seed, advanced=True),
)  # fmt: skip


@dataclass(frozen=True)
class EvaluateSettings:
    """Checked settings of 'Evaluate summaries'; see the form for what each does."""

    text_column: str
    summary_column: str
    reference_columns: tuple[str, ...]
    language: str
    language_column: Optional[str]
    stemming: bool
    show_advanced: bool
    line_breaks_end_sentences: bool
    seed: int
    placeholders_as_empty: bool
    preparation: Preparation

    def for_evaluation(self) -> EvaluationSettings:
        """Give the measuring its part."""
        return EvaluationSettings(
            stem=self.stemming,
            with_references=bool(self.reference_columns),
            seed=self.seed,
            words=TextSettings(self.line_breaks_end_sentences, self.preparation),
        )


def read_evaluate_settings(config: Mapping[str, Any], columns: Sequence[str]) -> EvaluateSettings:
    """Check the form.

    Parameters
    ----------
    config
        The form's values.
    columns
        Names of the columns of the summaries.

    Raises
    ------
    SettingsError
        With every fault.
    """
    values = read_settings(PARAMS, config, columns, check=_faults_between)
    preparation = pop_preparation(values)
    return EvaluateSettings(**values, preparation=preparation)


def _faults_between(values: Mapping[str, Any]) -> list[str]:
    summary, faults = values["summary_column"], []
    if summary is not None and summary == values["text_column"]:
        faults.append(f"'{_SUMMARY}' must be another column than '{_TEXT}'. Got {summary!r} for both: choose again.")
    if summary is not None and summary in (values["reference_columns"] or ()):
        faults.append(
            f"'{_REFERENCES}' must not hold the summary column {summary!r}, which would be compared with itself: take "
            "it out."
        )
    return faults
