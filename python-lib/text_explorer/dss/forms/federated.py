"""Forms of 'Contribute to federated topics' and 'Combine federated topics': their fields and their settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Optional

from text_explorer.corpus.words.languages import AUTO
from text_explorer.corpus.words.preparation import LEMMA, NO_NORMAL_FORM, Preparation
from text_explorer.dss.forms import shared
from text_explorer.dss.forms.params import (
    ChoiceParam,
    FlagParam,
    IntegerParam,
    NumberParam,
    Param,
    WordsParam,
    read_settings,
)
from text_explorer.dss.forms.topics import PRIORS, check_priors
from text_explorer.topics.federated.privacy import Privacy
from text_explorer.topics.federated.settings import (
    MOST_ROUNDS,
    MOST_SITES,
    MOST_SWEEPS,
    MOST_TOPICS,
    SITE_NAME,
    SITE_NAME_RULE,
    FederatedSettings,
)

NORMAL_FORMS = {form: shared.NORMAL_FORM_LABELS[form] for form in (NO_NORMAL_FORM, LEMMA)}
LANGUAGES = {code: label for code, label in shared.LANGUAGE_LABELS.items() if code != AUTO}
_NOT_HERE = ("normal_form", "phrases", "phrase_scoring", "phrase_threshold", "phrase_min_count")
"""Stems are named, and phrases found, by counts of all texts, rare ones included."""


def _has_noise(values: Mapping[str, Any]) -> bool:
    return bool(values["add_noise"])


SITE = Param("site", "Site")
CONTRIBUTE_PARAMS: tuple[Param, ...] = (
    shared.TEXT_COLUMN,
    SITE,
    IntegerParam("least_documents", "Minimum documents per term", 10, minimum=1, maximum=1_000_000),
    shared.SHOW_ADVANCED,
    shared.LANGUAGE_COLUMN,
    NumberParam("least_noise", "Minimum noise", 0.0, advanced=True, maximum=1_000_000.0),
)
COMBINE_PARAMS: tuple[Param, ...] = (
    WordsParam("sites", "Sites"),
    ChoiceParam("texts_language", "Language", "en", choices=LANGUAGES),
    IntegerParam("n_topics", "Number of topics", 20, minimum=2, maximum=MOST_TOPICS),
    IntegerParam("n_rounds", "Rounds", 20, minimum=1, maximum=MOST_ROUNDS),
    IntegerParam("min_sites", "Minimum sites per round", 2, minimum=1, maximum=MOST_SITES),
    FlagParam("add_noise", "Add noise", False),
    NumberParam("noise", "Noise", 2.0, _has_noise, minimum=0.01, maximum=1_000_000.0),
    shared.SHOW_ADVANCED,
    shared.STOP_WORDS,
    ChoiceParam("word_form", "Word normalization", NO_NORMAL_FORM, advanced=True, choices=NORMAL_FORMS),
    *(param for param in shared.TERMS if param.name not in _NOT_HERE),
    shared.PLACEHOLDERS,
    *shared.IGNORED,
    IntegerParam("sweeps_per_round", "Sweeps per round", 10, advanced=True, minimum=1, maximum=MOST_SWEEPS),
    IntegerParam("most_terms", "Maximum terms per document", 50, _has_noise, advanced=True, minimum=1, maximum=10_000),
    NumberParam("delta", "Delta", 1e-6, _has_noise, advanced=True, minimum=1e-15, maximum=0.5),
    IntegerParam("seed", "Seed", 0, advanced=True),
    *PRIORS,
)


@dataclass(frozen=True)
class ContributeSettings:
    """Settings of 'Contribute to federated topics'; all others are those of the training."""

    text_column: str
    language_column: Optional[str]
    site: str
    least_documents: int  # documents of the site that have a term which leaves it
    least_noise: float  # a training with less noise gets nothing

    def reading(self, training: FederatedSettings, preparation: Preparation) -> shared.ReadingSettings:
        """Return the settings by which texts are read, which are those of the training."""
        return shared.ReadingSettings(
            self.text_column, training.language, self.language_column, training.placeholders_as_empty, preparation
        )


def read_contribute_settings(config: Mapping[str, Any], columns: Sequence[str]) -> ContributeSettings:
    """Read and validate the form; see `read_settings`."""
    values = read_settings(CONTRIBUTE_PARAMS, config, columns, check=_check_site)
    return ContributeSettings(**{name: value for name, value in values.items() if name != shared.SHOW_ADVANCED.name})


def _check_site(values: Mapping[str, Any]) -> list[str]:
    site = values[SITE.name]
    if site is None or SITE_NAME.fullmatch(site):
        return []
    return [f"'{SITE.label}' must be {SITE_NAME_RULE}. Got {site!r}."]


def read_combine_settings(config: Mapping[str, Any]) -> FederatedSettings:
    """Read and validate the form; see `read_settings`."""
    values = read_settings(COMBINE_PARAMS, config, [], check=_check_training)
    privacy = Privacy(values["noise"], values["most_terms"], values["delta"]) if values["add_noise"] else None
    values = {**values, "normal_form": values["word_form"], "language": values["texts_language"]}
    return shared.build_settings(
        _training, values, privacy=privacy, alpha=values["alpha"] or None, beta=values["beta"] or None
    )


def _training(**values: Any) -> FederatedSettings:
    known = {name: value for name, value in values.items() if name in FederatedSettings.__dataclass_fields__}
    return FederatedSettings(**known)


def _check_training(values: Mapping[str, Any]) -> list[str]:
    faults, sites = check_priors(values), values["sites"] or ()
    wrong = [name for name in sites if not SITE_NAME.fullmatch(name)]
    if wrong:
        faults.append(f"'Sites' must be names of {SITE_NAME_RULE}. Got {', '.join(map(repr, wrong))}.")
    if len(set(sites)) < len(sites):
        faults.append("'Sites' must name each site once.")
    if sites and (values["min_sites"] or 0) > len(sites):
        faults.append(f"'Minimum sites per round' must be at most the number of sites, {len(sites):,}.")
    return faults
