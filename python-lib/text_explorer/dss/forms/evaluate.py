"""Form of 'Evaluate summaries': its fields and its settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from text_explorer.dss.forms import shared
from text_explorer.dss.forms.params import ColumnParam, ColumnsParam, FlagParam, IntegerParam, Param, read_settings
from text_explorer.summaries.evaluation.rows import EvaluationSettings
from text_explorer.summaries.sentences.settings import TextSettings

_DEFAULTS = EvaluationSettings()
_TEXT, _SUMMARY, _REFERENCES = "Text column", "Summary column", "Reference columns"

PARAMS: tuple[Param, ...] = (
    ColumnParam("text_column", _TEXT),
    ColumnParam("summary_column", _SUMMARY),
    ColumnsParam("reference_columns", _REFERENCES, ()),
    shared.LANGUAGE,
    FlagParam("stemming", "Stemming for ROUGE", _DEFAULTS.stem),
    shared.SHOW_ADVANCED,
    shared.LANGUAGE_COLUMN,
    shared.STOP_WORDS,
    FlagParam(
        "line_breaks_end_sentences", "Line breaks end sentences", _DEFAULTS.words.line_breaks_end_sentences,
        advanced=True,
    ),
    shared.PLACEHOLDERS,
    *shared.IGNORED,
    IntegerParam("seed", "Seed", _DEFAULTS.seed, advanced=True),
)  # fmt: skip


@dataclass(frozen=True)
class EvaluateSettings(shared.ReadingSettings):
    """Settings of 'Evaluate summaries'; the form explains each."""

    summary_column: str
    reference_columns: tuple[str, ...]
    stemming: bool
    line_breaks_end_sentences: bool
    seed: int

    def for_evaluation(self) -> EvaluationSettings:
        """Return the settings of the measures."""
        return EvaluationSettings(
            stem=self.stemming,
            with_references=bool(self.reference_columns),
            seed=self.seed,
            words=TextSettings(self.line_breaks_end_sentences, self.preparation),
        )


def read_evaluate_settings(config: Mapping[str, Any], columns: Sequence[str]) -> EvaluateSettings:
    """Read and validate the form; see `read_settings`."""
    values = read_settings(PARAMS, config, columns, check=_conflicts)
    return shared.build_settings(EvaluateSettings, values)


def _conflicts(values: Mapping[str, Any]) -> list[str]:
    summary, faults = values["summary_column"], []
    if summary is not None and summary == values["text_column"]:
        faults.append(f"'{_SUMMARY}' must differ from '{_TEXT}'. Got {summary!r} for both: select another column.")
    if summary is not None and summary in (values["reference_columns"] or ()):
        faults.append(
            f"'{_REFERENCES}' must not contain the summary column {summary!r}, which would be compared with itself: "
            "remove it."
        )
    return faults
