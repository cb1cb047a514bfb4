"""The model folder of a finished training, which every recipe and the webapp read; no text was seen to make it."""

from __future__ import annotations

from typing import Any, Optional

import numpy as np

from text_explorer.corpus.vocabulary import automatic_min_documents
from text_explorer.topics.describing.super_topics import group_topics, label_super_topics
from text_explorer.topics.describing.terms import label_topics, score_terms
from text_explorer.topics.federated.centre import CentreState
from text_explorer.topics.federated.documents import without_documents
from text_explorer.topics.federated.rounds import SharedRound
from text_explorer.topics.models.training import TrainedTopics
from text_explorer.topics.quality.coherence import COHERENCE_WINDOWS, TopicCoherence
from text_explorer.topics.quality.distances import topic_distances
from text_explorer.topics.storage.model_folder import make_manifest, model_files

TOPIC_COHERENCE = "topic_coherence"
"""Entry of the manifest, by topic; no dataset of documents has it."""

_REASON = "Federated topics are trained by Gibbs sampling, whose counts of several sites add up."


def finished_files(shared: SharedRound, state: CentreState) -> dict[str, bytes]:
    """Return the files of the model folder by path; the manifest is to be written last."""
    settings, vocabulary, model = shared.settings, shared.known_vocabulary, shared.final_model
    corpus = without_documents(vocabulary)
    trained = TrainedTopics(model, corpus, _REASON, model.first_topics)
    distr, n_words = model.topic_term_distr, model.topic_term_counts.sum(axis=1)
    parents = group_topics(topic_distances(distr)).parents
    n_docs = sum(state.n_docs.values())
    facts: dict[str, Any] = {
        "n_documents": n_docs,
        "n_words": int(shared.model.topic_words.sum()),
        "n_rows": n_docs,
        "language": settings.language,
        "languages": {"main": settings.language, "n_texts": {settings.language: n_docs}, "unsupported": {}},
        "settings": {
            "language": settings.language,
            "n_topics": settings.n_topics,
            "placeholders_as_empty": settings.placeholders_as_empty,
            "seed": settings.seed,
        },
        "preparation": {
            **settings.preparation.as_dict(),
            "min_documents": settings.preparation.min_documents or automatic_min_documents(n_docs),
        },
        "super_topics": label_super_topics(parents, distr, n_words, corpus),
        "topic_parents": parents.tolist() if len(parents) and parents.min() >= 0 else [],
        "seed": settings.seed,
        "federated": {
            "training_id": shared.training_id,
            "sites": sorted(state.n_docs),
            "rounds": shared.number,
            "privacy": _privacy_facts(shared, state),
        },
    }
    if shared.profile is not None:
        facts["training_profile"] = shared.profile.as_dict()
    if shared.coherence is not None:
        facts.update(_coherence_facts(shared.coherence))
    labels = label_topics(score_terms(distr, np.maximum(n_words, 1e-9), corpus), vocabulary.terms)
    return model_files(trained, make_manifest(trained, labels=labels, facts=facts))


def _coherence_facts(coherence: TopicCoherence) -> dict[str, Any]:
    def known(values: np.ndarray) -> list[Optional[float]]:
        # Of terms that always occur together, rounding makes them more than 1.
        return [None if np.isnan(value) else value for value in np.clip(values, -1, 1).tolist()]

    npmi, cv = known(coherence.npmi), known(coherence.cv)
    mean_npmi, mean_cv = known(np.array([coherence.mean_npmi(), coherence.mean_cv()]))
    return {
        "quality": {
            "coherence_npmi": mean_npmi,
            "coherence_cv": mean_cv,
            "coherence_reference": f"the texts of all sites, {COHERENCE_WINDOWS}",
            "n_topics_with_coherence": sum(value is not None for value in npmi),
        },
        TOPIC_COHERENCE: {"npmi": npmi, "cv": cv, "remarks": [reason or "" for reason in coherence.reasons]},
    }


def _privacy_facts(shared: SharedRound, state: CentreState) -> Any:
    privacy = shared.settings.privacy
    if privacy is None:
        return None
    most = max(state.n_releases.values())
    return {**privacy.as_dict(), "rho": most * privacy.rho, "epsilon": privacy.epsilon(most)}
