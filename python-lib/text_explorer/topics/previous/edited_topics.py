"""The topics of a previous model as people edited them: a merge is one topic, sub-topics are topics of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from text_explorer.corpus.vocabulary import Vocabulary
from text_explorer.topics.edits.edit_log import EditedTopic, TopicEdits
from text_explorer.topics.edits.splits import Split
from text_explorer.topics.storage.stored_model import StoredTopics


@dataclass(frozen=True)
class PreviousTopics:
    """A previous model and the edits of its topics."""

    stored: StoredTopics
    edits: TopicEdits
    history: Sequence[EditedTopic] = ()  # the edits, oldest first

    @property
    def n_ids(self) -> int:
        """Number of ids ever used; new topics have those from here on."""
        return len(self.edits.labels)

    @cached_property
    def parts(self) -> dict[int, np.ndarray]:
        """Words by topic in use, by rising id: float64 arrays of shape (n_terms + 1,), documents last."""
        return dict(sorted(self._all_parts[0].items()))

    @cached_property
    def ids(self) -> np.ndarray:
        """int64 array of shape (n_in_use,): ids of the topics in use, rising."""
        return np.array(list(self.parts), dtype=np.int64)

    @cached_property
    def counts(self) -> np.ndarray:
        """float64 array of shape (n_in_use, n_terms): occurrences of the model's terms in the topics in use."""
        return np.array(list(self.parts.values()))[:, :-1]

    @cached_property
    def n_documents(self) -> np.ndarray:
        """int64 array of shape (n_in_use,): documents of the topics in use at training; of sub-topics, estimated."""
        return np.rint([part[-1] for part in self.parts.values()]).astype(np.int64)

    @cached_property
    def last_counts(self) -> np.ndarray:
        """float64 array of shape (n_ids, n_terms): occurrences of terms in all topics, retired ones included."""
        counts = np.zeros((self.n_ids, len(self.stored.vocabulary.terms)))
        counts[: self.stored.n_topics] = self.stored.model.topic_term_counts
        for topic, part in self._all_parts[1].items():
            counts[topic] = part[:-1]
        return counts

    def keep_labels(self, labels: Sequence[str]) -> list[str]:
        """Return labels of a new model's topics: known topics keep theirs, a new one gets a label no other has."""
        kept = list(self.edits.labels)
        taken = {label.casefold() for label in kept}
        new = enumerate(labels[self.n_ids :], self.n_ids)
        return kept + [f"{label} ({topic})" if label.casefold() in taken else label for topic, label in new]

    @cached_property
    def n_trained(self) -> int:
        """Number of topics the previous training ended with, before the edits."""
        return int(np.count_nonzero(self.stored.model.in_use))

    @cached_property
    def successors(self) -> dict[int, list[int]]:
        """Of each topic that was merged or split, the topics in use that its documents belong to."""
        edits, found = self.edits, {}
        for topic in range(self.n_ids):
            if topic not in self.parts:
                final = edits.belongs_to[topic]
                parts = edits.splits[final].ids if final in edits.splits else (final,)
                found[topic] = sorted({edits.belongs_to[part] for part in parts} & self.parts.keys())
        return {topic: others for topic, others in found.items() if others}

    @cached_property
    def _all_parts(self) -> tuple[dict[int, np.ndarray], dict[int, np.ndarray]]:
        """Return words and documents of the topics in use, and of the topics that are split or sub-topics."""
        stored, edits = self.stored, self.edits
        profile = stored.profile
        documents = np.zeros(stored.n_topics) if profile is None else profile.topic_documents
        in_use: dict[int, np.ndarray] = {}
        divided: dict[int, np.ndarray] = {}

        def add(topic: int, part: np.ndarray) -> None:
            final = edits.belongs_to[topic]
            in_use[final] = in_use[final] + part if final in in_use else part

        for topic in np.flatnonzero(stored.model.in_use).tolist():
            add(topic, np.append(stored.model.topic_term_counts[topic], documents[topic]))
        while split_topics := sorted(in_use.keys() & edits.splits.keys()):
            for topic in split_topics:
                whole, split = in_use.pop(topic), edits.splits[topic]
                divided[topic] = whole
                for sub_topic, shares in zip(split.ids, _shares(split, stored.vocabulary)):
                    divided[sub_topic] = whole * shares
                    add(sub_topic, divided[sub_topic])
        return in_use, divided


def _shares(split: Split, vocabulary: Vocabulary) -> np.ndarray:
    """Return the share of each sub-topic of each term's occurrences, and last of the documents.

    Array of shape (n_parts, n_terms + 1). A term that the split does not know is divided as the documents are.
    """
    shares = np.repeat(split.shares[:, None], len(vocabulary.terms) + 1, axis=1)
    joint = split.shares[:, None] * split.probabilities
    ids = {term: number for number, term in enumerate(vocabulary.terms)}
    for term, of_parts in zip(split.terms, (joint / joint.sum(axis=0)).T):
        if term in ids:
            shares[:, ids[term]] = of_parts
    return shares
