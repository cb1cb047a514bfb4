"""Sites in one process, which exchange files in memory as folders would."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tests.python.unit.english_texts import english
from text_explorer.corpus.document_term_matrix import bags_and_word_counts, build_corpus
from text_explorer.corpus.words.preparation import Preparation
from text_explorer.topics.federated.centre import CentreState, first_round, needs_doc_topics, next_round
from text_explorer.topics.federated.contributions import (
    Contribution,
    RefusedError,
    contribution_files,
    read_contribution,
    sites_in,
)
from text_explorer.topics.federated.rounds import FINISHED, PROFILE, TERMS, SharedRound, read_round
from text_explorer.topics.federated.settings import FederatedSettings
from text_explorer.topics.federated.site import SiteState, count_profile, count_terms, count_topics
from text_explorer.topics.federated.state_files import pack_centre, pack_site, unpack_centre, unpack_site

TRAINING = "0123456789abcdef"
PLAIN = Preparation(max_document_share=1.0, min_documents=1)
THEMES = ("army war navy soldier battle", "bank money tax budget coin", "school pupil teacher lesson class")


def settings_of(sites: Sequence[str], **changed: Any) -> FederatedSettings:
    """Return plain settings: three topics, a sweep a round."""
    plain = FederatedSettings(tuple(sites), 3, 6, 1, 1, "en", True, PLAIN)
    return replace(plain, **changed)


def themed_texts(n_texts: int, first: int = 0) -> list[str]:
    """Return texts of one theme each, whose words are shifted from text to text."""
    texts = []
    for number in range(first, first + n_texts):
        words = THEMES[number % 3].split()
        texts.append(" ".join(words[(number + i) % 5] for i in range(4)))
    return texts


@dataclass
class Site:
    """A site with its documents and the states it keeps."""

    name: str
    texts: list[str]
    min_documents: int = 1
    states: dict[int, SiteState] = field(default_factory=dict)

    def contribute(self, shared: SharedRound) -> dict[str, bytes]:
        """Return the files of the site's contribution."""
        preparation = shared.settings.preparation
        if shared.stage == TERMS:
            corpus, _ = build_corpus(english(self.texts), replace(preparation, min_documents=1, max_document_share=1))
            contribution = count_terms(corpus, self.name, self.min_documents, shared.settings.privacy)
            return contribution_files(contribution, shared)
        corpus, n_words = bags_and_word_counts(
            english(self.texts), shared.known_vocabulary, preparation, with_order=True
        )
        if shared.stage == PROFILE:
            return contribution_files(count_profile(corpus, n_words, shared, self.name, self.min_documents), shared)
        contribution, state = count_topics(corpus, shared, self.name, self.min_documents, self.states)
        if state is not None:
            self.states[state.number] = unpack_site(pack_site(state))
        return contribution_files(contribution, shared)


@dataclass
class Federation:
    """Sites and what the combining one has."""

    sites: list[Site]
    shared: SharedRound
    state: CentreState
    sent: list[dict[str, bytes]] = field(default_factory=list)  # of each round
    refused: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, texts: dict[str, list[str]], *, min_documents: int = 1, **changed: Any) -> Federation:
        """Open a training of sites by their texts."""
        sites = [Site(name, own, min_documents) for name, own in texts.items()]
        return cls(sites, *first_round(settings_of(list(texts), **changed), TRAINING))

    def run_round(self, *, away: Sequence[str] = (), changed: dict[str, bytes] | None = None) -> None:
        """Run one round without some sites; `changed` are files that were changed on their way."""
        shared = read_round(self.shared.files().get)
        files = {}
        for site in self.sites:
            if site.name not in away:
                files.update(site.contribute(shared))
        self.sent.append(dict(files))
        files.update(changed or {})
        self.shared, self.state = next_round(self.shared, self.state, self._accepted(files))
        if self.shared.stage == FINISHED:
            return
        self.shared = read_round(self.shared.files().get)
        self.state = unpack_centre(pack_centre(self.state), self.shared)

    def run(self) -> None:
        """Run all rounds that are left."""
        while self.shared.stage != FINISHED:
            self.run_round()

    def _accepted(self, files: dict[str, bytes]) -> list[Contribution]:
        accepted = []
        for site in sites_in(files):
            try:
                has_doc_topics = needs_doc_topics(self.shared)
                accepted.append(read_contribution(site, files.get, self.shared, has_doc_topics=has_doc_topics))
            except RefusedError as error:
                self.refused.append(str(error))
        return accepted
