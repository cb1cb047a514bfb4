"""Run 'Contribute to federated topics': count a site's documents for the open round, and send nothing but counts."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Optional

import numpy as np

from text_explorer.corpus.document_term_matrix import Corpus, bags_and_word_counts, build_corpus
from text_explorer.corpus.language.document_languages import DocumentText, TextLanguages
from text_explorer.corpus.words.preparation import Preparation
from text_explorer.dss.batches.texts import text_columns, texts_in_languages
from text_explorer.dss.forms.federated import ContributeSettings
from text_explorer.dss.io.datasets import InputDataset
from text_explorer.dss.io.exchange import ExchangeFolder
from text_explorer.errors import DataError
from text_explorer.topics.federated.contributions import Contribution, contribution_files, paths_of
from text_explorer.topics.federated.privacy import epsilon_of
from text_explorer.topics.federated.rounds import FINISHED, PROFILE, TERMS, SharedRound, read_round, to_json
from text_explorer.topics.federated.site import count_profile, count_terms, count_topics
from text_explorer.topics.federated.state_files import SITE, outdated, pack_site, path_of, unpack_site

logger = logging.getLogger(__name__)

_LEDGER = "releases.json"


def contribute(
    documents: InputDataset,
    shared_folder: ExchangeFolder,
    contribution_folder: ExchangeFolder,
    state_folder: ExchangeFolder,
    settings: ContributeSettings,
) -> None:
    """Write the contribution of this site to the open round, and its state.

    Raises
    ------
    DataError
        Where no round is open, or the site does not accept its settings.
    """
    shared = read_round(shared_folder.read)
    if shared is None:
        raise DataError(
            f"The folder {shared_folder.name} holds no federated training. Run 'Combine federated topics' first, and "
            "copy its folder here."
        )
    _check_consent(shared, settings)
    if shared.stage == FINISHED:
        logger.info("the training is finished: there is nothing to contribute")
        return
    releases = _Releases(state_folder)
    sent = releases.files_of(shared, settings.site)
    if sent is None:
        contribution = _count(documents, shared, state_folder, settings)
        sent = contribution_files(contribution, shared)
        releases.add(shared, sent)
    contribution_folder.write(sent)
    size = sum(map(len, sent.values()))
    logger.info("round %s: %s bytes of counts written for site %s", shared.number, f"{size:,}", settings.site)


def _check_consent(shared: SharedRound, settings: ContributeSettings) -> None:
    if settings.site not in shared.settings.sites:
        raise DataError(
            f"'Site' is {settings.site!r}, but the training is of the sites {', '.join(shared.settings.sites)}. Enter "
            "one of them, or have this one added where the training is combined."
        )
    noise = shared.settings.privacy.noise if shared.settings.privacy else 0.0
    if noise < settings.least_noise:
        raise DataError(
            f"'Minimum noise' of this site is {settings.least_noise:g}, but the training adds {noise:g}. Nothing was "
            "contributed. Lower it, or have 'Noise' raised where the training is combined."
        )


def _count(
    documents: InputDataset, shared: SharedRound, state_folder: ExchangeFolder, settings: ContributeSettings
) -> Contribution:
    training, privacy = shared.settings, shared.settings.privacy
    preparation = training.preparation
    if shared.stage == TERMS:
        least = 1 if privacy else settings.least_documents
        every = replace(preparation, min_documents=least, max_document_share=1.0, max_terms=2**31 - 1)
        corpus, _ = build_corpus(_texts(documents, shared, settings, every), every)
        _check_rows(corpus, documents)
        return count_terms(corpus, settings.site, settings.least_documents, privacy)
    texts = _texts(documents, shared, settings, preparation)
    corpus, n_words = bags_and_word_counts(
        texts, shared.known_vocabulary, preparation, with_order=shared.stage == PROFILE
    )  # fmt: skip
    _check_rows(corpus, documents)
    if shared.stage == PROFILE:
        return count_profile(corpus, n_words, shared, settings.site, settings.least_documents)
    accepted = shared.accepted.get(settings.site, -1)
    path = partial(path_of, SITE, shared.training_id)
    state = unpack_site(state_folder.read(path(accepted))) if accepted >= 0 else None
    states = {} if state is None else {accepted: state}
    contribution, after = count_topics(corpus, shared, settings.site, settings.least_documents, states)
    if after is not None:
        state_folder.write({path(after.number): pack_site(after)})
        state_folder.remove(outdated(state_folder.paths(), SITE, shared.training_id, accepted))
    return contribution


def _texts(
    documents: InputDataset, shared: SharedRound, settings: ContributeSettings, preparation: Preparation
) -> Iterator[DocumentText]:
    reading = settings.reading(shared.settings, preparation)
    languages = TextLanguages(reading.language, detect=False, placeholders_as_empty=reading.placeholders_as_empty)
    for chunk in documents.chunks(text_columns(reading)):
        yield from texts_in_languages(chunk, reading, languages)


def _check_rows(corpus: Corpus, documents: InputDataset) -> None:
    if corpus.n_docs == 0:
        raise DataError(f"The dataset {documents.name} has no rows, so there is nothing to contribute.")
    if not np.any(corpus.data):
        logger.warning("no document has a term that may leave this site or that the training knows")


class _Releases:
    """What was sent with noise: a round that is asked for again gets the same bytes, since new noise costs privacy."""

    def __init__(self, folder: ExchangeFolder):
        self._folder = folder

    def files_of(self, shared: SharedRound, site: str) -> Optional[dict[str, bytes]]:
        """Return what was sent in a round, None where nothing was."""
        if shared.settings.privacy is None:
            return None
        header, content = (self._path(shared, path) for path in paths_of(site))
        held = self._folder.read(header), self._folder.read(content)
        if held[0] is None or held[1] is None:
            return None
        return {paths_of(site)[1]: held[1], paths_of(site)[0]: held[0]}

    def add(self, shared: SharedRound, files: dict[str, bytes]) -> None:
        """Keep what is sent, and log the loss of all trainings so far."""
        privacy = shared.settings.privacy
        if privacy is None:
            return
        ledger = [*json.loads(self._folder.read(_LEDGER) or b"[]"), [shared.training_id, shared.number, privacy.rho]]
        self._folder.write({_LEDGER: to_json(ledger)})
        kept = {self._path(shared, path): content for path, content in files.items()}
        self._folder.write(kept)
        self._folder.remove([path for path in self._folder.paths() if path.startswith("sent/") and path not in kept])
        rho = sum(entry[2] for entry in ledger)
        logger.warning(
            "privacy loss of all %s releases of this site so far: rho %.4g, epsilon %.4g at delta %g, for one "
            "document; noisy runs cannot be reproduced",
            len(ledger), rho, epsilon_of(rho, privacy.delta / 2), privacy.delta,
        )  # fmt: skip

    @staticmethod
    def _path(shared: SharedRound, path: str) -> str:
        return f"sent/{shared.training_id}/{shared.number:05}/{path}"
