"""Run 'Combine federated topics': add up the contributions to the open round, and open the next one."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import replace

from text_explorer.dss.io.exchange import ExchangeFolder
from text_explorer.errors import DataError
from text_explorer.topics.federated.centre import CentreState, first_round, needs_doc_topics, next_round
from text_explorer.topics.federated.contributions import Contribution, RefusedError, read_contribution, sites_in
from text_explorer.topics.federated.model import finished_files
from text_explorer.topics.federated.rounds import FINISHED, SharedRound, read_round
from text_explorer.topics.federated.settings import FederatedSettings
from text_explorer.topics.federated.state_files import CENTRE, outdated, pack_centre, path_of, unpack_centre

logger = logging.getLogger(__name__)

_NEW_TRAINING = "Clear the shared folder to start another training with these settings."


def combine(
    contribution_folders: Sequence[ExchangeFolder],
    shared_folder: ExchangeFolder,
    state_folder: ExchangeFolder,
    settings: FederatedSettings,
) -> None:
    """Open the first round, or combine the contributions to the open one.

    Raises
    ------
    DataError
        Where the contributions are too few, or the settings are not those of the training; nothing is changed then.
    """
    shared = read_round(shared_folder.read)
    if shared is None:
        training_id = secrets.token_hex(8)
        _write(*first_round(settings, training_id), shared_folder, state_folder)
        logger.info("training %s of %s sites begins: the sites send their terms", training_id, len(settings.sites))
        return
    if replace(shared.settings, min_sites=settings.min_sites) != settings:
        raise DataError(f"The settings are not those of the training in {shared_folder.name}. {_NEW_TRAINING}")
    if shared.stage == FINISHED:
        logger.warning("the training is finished, and its model is in %s. %s", shared_folder.name, _NEW_TRAINING)
        return
    shared = replace(shared, settings=settings)
    state = unpack_centre(state_folder.read(path_of(CENTRE, shared.training_id, shared.number), 2**34), shared)
    after, state = next_round(shared, state, list(_accepted(contribution_folders, shared)))
    _write(after, state, shared_folder, state_folder)
    away = [site for site in settings.sites if after.accepted.get(site, 0) != shared.number and shared.number]
    if away:
        kept = [site for site in away if site in after.accepted]
        logger.warning(
            "round %s went on without %s; the model keeps the last counts of %s", shared.number, ", ".join(away),
            ", ".join(kept) or "none of them",
        )  # fmt: skip
    logger.info("round %s is combined; %s", shared.number, _what_follows(after))


def _accepted(folders: Sequence[ExchangeFolder], shared: SharedRound) -> Iterator[Contribution]:
    """Yield the contributions that fit, and log why the others do not."""
    seen: set[str] = set()
    for folder in folders:
        for site in sites_in(folder.paths()):
            try:
                contribution = read_contribution(site, folder.read, shared, has_doc_topics=needs_doc_topics(shared))
            except RefusedError as refused:
                logger.warning("%s", refused)
                continue
            if site in seen:
                logger.warning("site %s has a contribution in more than one folder: the first one counts", site)
                continue
            seen.add(site)
            yield contribution


def _write(
    shared: SharedRound, state: CentreState, shared_folder: ExchangeFolder, state_folder: ExchangeFolder
) -> None:
    """Write the state of a round before the round itself, so that an interrupted run can be run again."""
    state_folder.write({path_of(CENTRE, shared.training_id, shared.number): pack_centre(state)})
    if shared.stage == FINISHED:
        shared_folder.write(finished_files(shared, state))
    shared_folder.write(shared.files())
    state_folder.remove(outdated(state_folder.paths(), CENTRE, shared.training_id, shared.number - 1))


def _what_follows(shared: SharedRound) -> str:
    if shared.stage == FINISHED:
        return "the training is finished, and the folder holds its model"
    last = shared.settings.n_rounds + (0 if shared.settings.privacy else 2)
    return f"round {shared.number} of {last} is open"
