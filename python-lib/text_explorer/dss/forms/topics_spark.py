"""Form of 'Discover topics (Spark)': that of 'Discover topics' without gensim, and the fields of Spark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Optional

from text_explorer.dss.forms import shared
from text_explorer.dss.forms.params import ChoiceParam, IntegerParam, Param, read_settings
from text_explorer.dss.forms.topics import PARAMS as TOPICS_PARAMS
from text_explorer.dss.forms.topics import TopicsSettings, check_priors
from text_explorer.topics.models.engines import VARIATIONAL_LDA
from text_explorer.topics.models.parts.lda_engine import SAMPLE_INTERVAL
from text_explorer.topics.models.parts.part import MOST_PARTS

NOT_ON_SPARK = {"several_processes": False}
"""Settings of 'Discover topics' that its form on Spark lacks, and their values there."""

PARTS = IntegerParam("parts", "Parts of the documents", 0, advanced=True, maximum=MOST_PARTS)
CHECKPOINT_FOLDER = Param("checkpoint_folder", "Checkpoint folder", None, advanced=True)
DRIVER_MEMORY = IntegerParam(
    "driver_memory_for_assignments", "Driver memory for assignments (MB)", 2_000, advanced=True, maximum=1_000_000
)
SWEEPS_BETWEEN_SUMS = IntegerParam(
    "sweeps_between_sums", "Sweeps between sums", 1, advanced=True, minimum=1, maximum=SAMPLE_INTERVAL
)
OWN = (PARTS, CHECKPOINT_FOLDER, DRIVER_MEMORY, SWEEPS_BETWEEN_SUMS)


def _of_spark(param: Param) -> Param:
    if not isinstance(param, ChoiceParam) or VARIATIONAL_LDA.id not in param.choices:
        return param
    return replace(param, choices={id_: label for id_, label in param.choices.items() if id_ != VARIATIONAL_LDA.id})


PARAMS: tuple[Param, ...] = (
    *(_of_spark(param) for param in TOPICS_PARAMS if param.name not in NOT_ON_SPARK),
    *OWN,
)


@dataclass(frozen=True)
class SparkTopicsSettings:
    """Settings of the run on Spark; a model depends on the numbers of parts and of sweeps between sums alone."""

    parts: int  # 0 for that of 'Discover topics'
    checkpoint_folder: Optional[str]
    driver_memory_for_assignments: int  # MB
    sweeps_between_sums: int


def read_topics_spark_settings(
    config: Mapping[str, Any], columns: Sequence[str]
) -> tuple[TopicsSettings, SparkTopicsSettings]:
    """Read and validate the form; see `read_settings`."""
    values = read_settings(PARAMS, config, columns, check=check_priors)
    of_spark = SparkTopicsSettings(*(values.pop(param.name) for param in OWN))
    settings = shared.build_settings(
        TopicsSettings, values | NOT_ON_SPARK, show_advanced=values[shared.SHOW_ADVANCED.name]
    )
    return settings, of_spark
