"""The folder that all sites read: the round that is open, its vocabulary and its model.

Its files lie below ``federated/``, so that the model of the last round lies beside them as in any model folder.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, Optional

import numpy as np

from text_explorer.corpus.vocabulary import Vocabulary
from text_explorer.errors import DataError
from text_explorer.topics.describing.terms import TERMS_OF_TOPIC
from text_explorer.topics.federated.settings import FederatedSettings, parse_settings
from text_explorer.topics.files.checked_arrays import read_arrays
from text_explorer.topics.files.checked_json import Fields, parse_object
from text_explorer.topics.models.engines import GIBBS_LDA
from text_explorer.topics.models.gibbs_lda import GibbsLdaModel
from text_explorer.topics.models.kernels._sampling_kernels import LANES
from text_explorer.topics.models.parts.lda_engine import LdaShared
from text_explorer.topics.quality.coherence import TopicCoherence
from text_explorer.topics.storage.manifest import LARGEST_VOCABULARY, ReadFile
from text_explorer.topics.storage.model_folder import parse_vocabulary, vocabulary_json
from text_explorer.topics.storage.training_profile import TopicProfile

FOLDER = "federated"
ROUND, VOCABULARY, SHARED, FINAL = (
    f"{FOLDER}/{name}" for name in ("round.json", "vocabulary.json", "shared.npz", "final.npz")
)
LARGEST_SHARED = 2**31
TERMS, START, SWEEPS, PROFILE, FINISHED = "terms", "start", "sweeps", "profile", "finished"
STAGES = (TERMS, START, SWEEPS, PROFILE, FINISHED)
_WITH_COUNTS = (SWEEPS, PROFILE, FINISHED)
_FORMAT = 1
_TRAINING_ID = re.compile("[0-9a-f]{16}")


@dataclass(frozen=True)
class SharedRound:
    """What the combining site tells all sites."""

    training_id: str  # 16 hexadecimal digits, other ones in each training
    number: int  # of the round, from 0
    # What the sites send: ``TERMS``; counts of their words after the ``START`` or after ``SWEEPS``; a ``PROFILE`` of
    # their documents under the final model; nothing once ``FINISHED``
    stage: str
    settings: FederatedSettings
    accepted: Mapping[str, int] = field(default_factory=dict)  # round of the counts that the model has of each site
    vocabulary: Optional[Vocabulary] = None  # None in the first round
    lda: Optional[LdaShared] = None  # None before the first counts
    final: Optional[GibbsLdaModel] = None  # the model, once the sweeps are done
    # int64 of shape (n_topics, n_best): terms whose windows the sites count for the ``PROFILE``
    top_terms: Optional[np.ndarray] = None
    # Of the documents of all sites, for the model folder; not in the files
    profile: Optional[TopicProfile] = None
    coherence: Optional[TopicCoherence] = None

    @property
    def vocabulary_id(self) -> str:
        """Hash of the vocabulary, empty without one."""
        return blake2b(vocabulary_json(self.vocabulary), digest_size=16).hexdigest() if self.vocabulary else ""

    @property
    def known_vocabulary(self) -> Vocabulary:
        """The vocabulary, which all rounds but the first have."""
        if self.vocabulary is None:
            raise ValueError("The first round has no vocabulary.")
        return self.vocabulary

    @property
    def model(self) -> LdaShared:
        """The counts, which all rounds after ``START`` have."""
        if self.lda is None:
            raise ValueError("The training has no counts yet.")
        return self.lda

    @property
    def final_model(self) -> GibbsLdaModel:
        """The model, which the last two stages have."""
        if self.final is None:
            raise ValueError("The sweeps are not done.")
        return self.final

    @property
    def known_top_terms(self) -> np.ndarray:
        """The top terms of the model's topics, which ``PROFILE`` has."""
        if self.top_terms is None:
            raise ValueError("The sweeps are not done.")
        return self.top_terms

    def files(self) -> dict[str, bytes]:
        """Return the files of the folder by path; `ROUND` is to be written last."""
        files = {}
        if self.vocabulary is not None:
            files[VOCABULARY] = vocabulary_json(self.vocabulary)
        if self.lda is not None:
            counts = self.lda.term_topics[:, : len(self.lda.alpha)]
            files[SHARED] = packed(counts=counts, alpha=self.lda.alpha, beta=np.array(self.lda.beta))
        if self.final is not None:
            files[FINAL] = packed(**self.final.arrays())
        described = {
            "format": _FORMAT,
            "training_id": self.training_id,
            "round": self.number,
            "stage": self.stage,
            "sweep": self.lda.sweep if self.lda is not None else -1,
            "accepted": dict(self.accepted),
            "settings": self.settings.as_dict(),
            "digests": {path: digest_of(content) for path, content in files.items()},
            **({} if self.top_terms is None else {"top_terms": self.top_terms.ravel().tolist()}),
        }
        return {**files, ROUND: to_json(described)}


def read_round(read_file: ReadFile) -> Optional[SharedRound]:
    """Read the folder, None where no training has begun.

    Raises
    ------
    DataError
        Where a file is damaged, or belongs to another round.
    """
    content = read_file(ROUND)
    if content is None:
        return None
    fields = Fields(parse_object(content, _damaged), _damaged)
    if fields.whole("format", least=1) != _FORMAT:
        raise DataError("The shared folder was written by another version of Text Explorer. Update the plugin.")
    settings, stage = parse_settings(fields.object("settings")), fields.choice("stage", STAGES, "")
    training_id = fields.text("training_id") or ""
    if not _TRAINING_ID.fullmatch(training_id):
        raise fields.refuse("training_id", "16 hexadecimal digits")
    accepted = fields.object("accepted")
    vocabulary = None
    if stage != TERMS:
        vocabulary = parse_vocabulary(_read(read_file, VOCABULARY, fields, LARGEST_VOCABULARY))
    lda = None
    if stage in _WITH_COUNTS and vocabulary is not None:
        content = _read(read_file, SHARED, fields, LARGEST_SHARED)
        lda = _parse_shared(content, len(vocabulary.terms), settings.n_topics, fields.whole("sweep") or 0)
    final = None
    if stage in (PROFILE, FINISHED) and vocabulary is not None:
        content = _read(read_file, FINAL, fields, LARGEST_SHARED)
        arrays = read_arrays(content, GIBBS_LDA.id, settings.n_topics, len(vocabulary.terms), _damaged)
        final = GibbsLdaModel.from_arrays(arrays)
    top_terms = None
    if stage == PROFILE and vocabulary is not None:
        top_terms = _parse_top_terms(fields, settings.n_topics, len(vocabulary.terms))
    numbers = {site: accepted.whole(site) or 0 for site in settings.sites if site in accepted.values}
    return SharedRound(
        training_id, fields.whole("round") or 0, stage, settings, numbers, vocabulary, lda, final, top_terms
    )


def _read(read_file: ReadFile, path: str, fields: Fields, most_bytes: int) -> bytes:
    content = read_file(path)
    if content is None or len(content) > most_bytes or digest_of(content) != fields.object("digests").text(path):
        raise _damaged(f"{path} is missing, incomplete or of another round")
    return content


def _parse_top_terms(fields: Fields, n_topics: int, n_terms: int) -> np.ndarray:
    n_best = min(TERMS_OF_TOPIC, n_terms)
    terms = fields.wholes("top_terms", n_topics * n_best).reshape(n_topics, n_best)
    if terms.max() >= n_terms or any(len(set(row)) < n_best for row in terms.tolist()):
        raise fields.refuse("top_terms", f"different terms of the {n_terms:,} for each topic")
    return terms


def _parse_shared(content: bytes, n_terms: int, n_topics: int, sweep: int) -> LdaShared:
    arrays = unpacked(content, {"counts": (n_terms, n_topics), "alpha": (n_topics,), "beta": ()})
    right = arrays is not None and arrays["counts"].dtype.kind == "i" and arrays["counts"].min(initial=0) >= 0
    if arrays is None or not right or not arrays["alpha"].min() > 0 or not arrays["beta"] > 0:
        raise _damaged(f"{SHARED} does not hold the counts of {n_topics:,} topics and {n_terms:,} terms")
    return lda_shared(arrays["counts"], arrays["alpha"], float(arrays["beta"]), sweep)


def lda_shared(counts: np.ndarray, alpha: np.ndarray, beta: float, sweep: int) -> LdaShared:
    """Build the state that parts share from int counts of shape (n_terms, n_topics)."""
    term_topics = np.zeros((len(counts), -(-len(alpha) // LANES) * LANES), dtype=np.int32)
    term_topics[:, : len(alpha)] = counts
    topic_words = term_topics.sum(axis=0, dtype=np.int64)
    return LdaShared(sweep, term_topics, topic_words, alpha.copy(), beta, int(topic_words.sum()))


def packed(**arrays: np.ndarray) -> bytes:
    """Return arrays as the bytes of an archive, which depend on nothing else."""
    content = io.BytesIO()
    np.savez_compressed(content, **arrays)  # type: ignore[arg-type] # allow_pickle is among the names
    return content.getvalue()


def unpacked(content: bytes, shapes: Mapping[str, tuple[int, ...]]) -> Optional[dict[str, np.ndarray]]:
    """Read arrays of known names and shapes, None where there are others; code in them is never run."""
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in shapes}
    except (KeyError, OSError, ValueError, EOFError, zipfile.BadZipFile):
        return None
    return arrays if all(arrays[name].shape == shape for name, shape in shapes.items()) else None


def digest_of(content: bytes) -> str:
    """Return a hash of a file."""
    return blake2b(content, digest_size=16).hexdigest()


def to_json(value: Any) -> bytes:
    """Return a value as strict JSON."""
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False).encode("utf-8") + b"\n"


def _damaged(reason: str) -> DataError:
    return DataError(
        f"The shared folder of the federated training is damaged ({reason}). Copy it again from where it is combined, "
        "or clear the folders and start again."
    )
