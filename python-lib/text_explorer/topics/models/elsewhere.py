"""Who works on the documents of a corpus where they are, if that is not this machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

from text_explorer.topics.models.documents import Documents
from text_explorer.topics.models.meaning.sampler import RunChains
from text_explorer.topics.models.parts.runners import MakeRunner


@dataclass(frozen=True)
class Elsewhere:
    """Runs chains on parts of a corpus, and chains of words and vectors, which take it whole; counts its documents."""

    make_runner: MakeRunner
    run_chains: RunChains
    documents: Optional[Documents] = None  # None where this machine holds them as well, and counts them
