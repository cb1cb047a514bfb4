"""Who works on the documents of a corpus where they are, if that is not this machine."""

from __future__ import annotations

from dataclasses import dataclass

from text_explorer.topics.models.meaning.sampler import RunChains
from text_explorer.topics.models.parts.runners import MakeRunner


@dataclass(frozen=True)
class Elsewhere:
    """Runs chains on parts of a corpus, and chains of words and vectors, which take it whole."""

    make_runner: MakeRunner
    run_chains: RunChains
