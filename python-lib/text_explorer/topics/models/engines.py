"""The engines by which topics are found: their names, and what their numbers mean.

Apart from the models, so that the webapp can name an engine without loading its libraries.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Optional

AUTO = "auto"


class ProbabilityWording(NamedTuple):
    """Name and explanation of the number beside a document's topic, as a proportion is not a confidence."""

    name: str
    explanation: str


_PROPORTION = ProbabilityWording(
    "proportion",
    "The part of a document's words that the model assigns to the topic: a proportion, not a confidence.",
)
_POSTERIOR = ProbabilityWording(
    "probability",
    "How likely the topic is for the document, given the model, which allows one topic for each document "
    "(a posterior probability). It is near 100% for most documents.",
)
UNKNOWN_WORDING = ProbabilityWording(
    "weight",
    "The number in the column of topic probabilities. No model folder is set, so its exact meaning is not known here.",
)


@dataclass(frozen=True)
class Engine:
    """An engine."""

    id: str  # in settings, datasets and model folders
    name: str  # in sentences
    label: str  # in the forms
    description: str  # in the webapp
    probability: ProbabilityWording
    # whether a document has one topic, as in a mixture model: the number of topics is then an upper limit, and the
    # prior of a word's topic is the topic's weight in the corpus instead of its share of the document
    one_topic_per_document: bool = False


GSDMM = Engine(
    "gsdmm", "GSDMM", "GSDMM (one topic per text; short texts)", "GSDMM, one topic for each document", _POSTERIOR, True
)
GIBBS_LDA = Engine(
    "lda_gibbs",
    "LDA (Gibbs sampling)",
    "LDA by Gibbs sampling (several topics per text)",
    "LDA by Gibbs sampling",
    _PROPORTION,
)
VARIATIONAL_LDA = Engine(
    "lda_gensim", "LDA (gensim)", "LDA by gensim (several topics per text)", "LDA by variational inference",
    _PROPORTION,
)  # fmt: skip

ENGINES = {engine.id: engine for engine in (GSDMM, GIBBS_LDA, VARIATIONAL_LDA)}
ENGINE_CHOICES = {AUTO: "Automatic", **{engine.id: engine.label for engine in ENGINES.values()}}
"""As the forms show them."""


def probability_wording(engine: Optional[str]) -> ProbabilityWording:
    """Return the wording of an engine's topic probability."""
    return ENGINES[engine].probability if engine in ENGINES else UNKNOWN_WORDING
