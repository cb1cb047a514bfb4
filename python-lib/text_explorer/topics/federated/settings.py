"""Settings of a federated training, which the combining site chooses and every site follows."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Any, Optional

from text_explorer.corpus.words.languages import LANGUAGES
from text_explorer.corpus.words.preparation import Preparation
from text_explorer.topics.federated.privacy import Privacy
from text_explorer.topics.files.checked_json import Fields
from text_explorer.topics.storage.stored_model import parse_preparation

MOST_SITES, MOST_TOPICS, MOST_ROUNDS, MOST_SWEEPS = 1_000, 1_000, 1_000, 100
SITE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
SITE_NAME_RULE = "1 to 40 letters, digits, hyphens and underscores, the first a letter or a digit"


@dataclass(frozen=True)
class FederatedSettings:
    """Settings of a federated training."""

    sites: tuple[str, ...]  # names of the sites that may contribute; the order numbers their parts
    n_topics: int
    n_rounds: int  # rounds that exchange counts of topics
    sweeps_per_round: int  # sweeps of Gibbs sampling at a site between two exchanges
    min_sites: int  # contributions that a round needs
    language: str
    placeholders_as_empty: bool
    preparation: Preparation
    seed: int = 0
    alpha: Optional[float] = None  # None where it is estimated
    beta: Optional[float] = None
    privacy: Optional[Privacy] = None  # None without noise

    def as_dict(self) -> dict[str, Any]:
        """Return all settings by name, ready for JSON."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        privacy = self.privacy.as_dict() if self.privacy else None
        return {**values, "sites": list(self.sites), "preparation": self.preparation.as_dict(), "privacy": privacy}


def parse_settings(settings: Fields) -> FederatedSettings:
    """Read what `FederatedSettings.as_dict` returned; raise ``DataError`` where it is damaged."""
    sites = settings.texts("sites", least=1, most=40)
    if not 0 < len(sites) <= MOST_SITES or len(set(sites)) < len(sites) or not all(map(SITE_NAME.fullmatch, sites)):
        raise settings.refuse("sites", f"1 to {MOST_SITES:,} different names")
    placeholders = settings.values.get("placeholders_as_empty")
    if not isinstance(placeholders, bool):
        raise settings.refuse("placeholders_as_empty", "true or false")
    return FederatedSettings(
        sites=tuple(sites),
        n_topics=_whole(settings, "n_topics", 2, MOST_TOPICS),
        n_rounds=_whole(settings, "n_rounds", 1, MOST_ROUNDS),
        sweeps_per_round=_whole(settings, "sweeps_per_round", 1, MOST_SWEEPS),
        min_sites=_whole(settings, "min_sites", 1, MOST_SITES),
        language=settings.choice("language", LANGUAGES, ""),
        placeholders_as_empty=placeholders,
        preparation=parse_preparation(settings.object("preparation").values),
        seed=_whole(settings, "seed", 0, 2**31 - 1),
        alpha=settings.figure("alpha", least=1e-4, most=100),
        beta=settings.figure("beta", least=1e-4, most=100),
        privacy=_parse_privacy(settings),
    )


def _parse_privacy(settings: Fields) -> Optional[Privacy]:
    if settings.values.get("privacy") is None:
        return None
    privacy = settings.object("privacy")
    return Privacy(
        noise=privacy.number("noise", least=1e-9, most=1e6),
        most_terms=_whole(privacy, "most_terms", 1, 100_000),
        delta=privacy.number("delta", least=1e-15, most=0.5),
    )


def _whole(values: Fields, name: str, least: int, most: int) -> int:
    value = values.whole(name, least=least, most=most)
    if value is None:
        raise values.refuse(name, f"a whole number from {least:,} to {most:,}")
    return value
