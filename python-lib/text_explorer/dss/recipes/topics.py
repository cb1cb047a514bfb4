"""The DSS side of 'Discover topics': learn the topics of a dataset's texts.

Documents are read for the lines that repeat, for the words of the text column, and once more to write every row with
its topic (see `topics_outputs`). A row finds its topic by the hash of its text, taken in the last two reads, since DSS
does not promise the same order of rows for both.

The model infers all documents twice: once to number the topics by prevalence, once with the topics so numbered to
describe them and to write the rows. Permuting the first proportions would change their last digits: sums over topics
depend on their order, and 'Assign topics' would no longer return the same for the same text.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Optional

from text_explorer.corpus.document_term_matrix import AnyCorpus
from text_explorer.dss.forms.topics import TopicsSettings
from text_explorer.dss.io.corpus_reader import DatasetCorpus, read_corpus
from text_explorer.dss.io.datasets import InputDataset
from text_explorer.dss.io.embedding_reader import warn_of_strange_embeddings
from text_explorer.dss.io.previous_model import MovedDocuments, moved_documents
from text_explorer.dss.io.seed_terms import SeedsOfCorpus
from text_explorer.topics.describing.description import TopicDescription, describe_topics
from text_explorer.topics.model_selection.engine_choice import choose_engine
from text_explorer.topics.models.documents import Documents
from text_explorer.topics.models.elsewhere import Elsewhere
from text_explorer.topics.models.engines import AUTO, GSDMM
from text_explorer.topics.models.training import EngineSettings, TrainedTopics, check_corpus, train
from text_explorer.topics.previous.edited_topics import PreviousTopics
from text_explorer.topics.previous.explaining import Explain
from text_explorer.topics.previous.start import PreviousStart, start_from
from text_explorer.topics.quality.meaning_checks import RareTermCheck, meaning_facts
from text_explorer.topics.seeds.report import SeedReport
from text_explorer.topics.seeds.seed_terms import SeededTopic
from text_explorer.wording import plural

logger = logging.getLogger(__name__)

_MOST_PROPOSED = 20
"""Words named in the log; the webapp lists all."""


@dataclass(frozen=True)
class DiscoveredTopics:
    """Trained topics, the corpus they come from, what describes them, and the seconds of reading and training."""

    read: DatasetCorpus
    trained: TrainedTopics
    description: TopicDescription
    seeds: SeedReport
    seconds: float
    start: Optional[PreviousStart] = None  # from a previous model
    moved: MovedDocuments = field(default_factory=MovedDocuments)
    meaning: dict[str, Any] = field(default_factory=dict)  # figures of a training with embeddings; empty without


def discover_topics(
    documents: InputDataset,
    stop_words: list[str],
    seeded: tuple[SeededTopic, ...],
    settings: TopicsSettings,
    previous: Optional[PreviousTopics] = None,
) -> DiscoveredTopics:
    """Read the texts and learn their topics, going on from those of a previous model where there is one."""
    started = time.monotonic()
    read = read_corpus(documents, stop_words, settings, settings.used_embeddings)
    moved = moved_documents(documents, read, previous, settings.text_column)
    return topics_of_corpus(read, seeded, settings, started=started, previous=previous, moved=moved)


def topics_of_corpus(
    read: DatasetCorpus,
    seeded: tuple[SeededTopic, ...],
    settings: TopicsSettings,
    *,
    started: float,
    previous: Optional[PreviousTopics] = None,
    moved: Optional[MovedDocuments] = None,
    elsewhere: Optional[Elsewhere] = None,
    explain: Optional[Explain] = None,
    sweeps_between_sums: Optional[int] = None,
) -> DiscoveredTopics:
    """Learn the topics of a corpus, elsewhere if it is there; `started` is the time when reading began.

    For `explain`, see `start_from`.
    """
    documents = None if elsewhere is None else elsewhere.documents
    seeds = SeedsOfCorpus.of(seeded, read, n_topics=settings.n_topics, strength=settings.seed_strength)
    check_corpus(read.corpus)
    engine, reason = _engine(read, settings, previous, documents)
    logger.info("engine %s. %s", engine, reason)
    if engine != GSDMM.id and read.corpus.vectors is not None:
        read = _with_words_alone(read)
    rare_terms = RareTermCheck(0) if read.corpus.vectors is None else warn_of_strange_embeddings(read.held)
    of_engine = replace(settings.for_engine(), engine=engine, sweeps_between_sums=sweeps_between_sums)
    start = None
    if previous is not None:
        start = start_from(
            previous, read.held, settings.n_topics, weight=settings.previous_weight, seed=settings.seed,
            moved=dict(moved.rows) if moved else {}, seeded_names=[topic.name for topic in seeded], seeds=seeds.counts,
            explain=explain,
        )  # fmt: skip
    trained = _train(read.corpus, of_engine, seeds, start, elsewhere, reason)
    _warn_of_unknown_rows(read.corpus)
    seconds = time.monotonic() - started
    report = seeds.report(trained, None if start is None else start.seeded)

    def rename(labels: Sequence[str]) -> list[str]:
        named = report.labels(labels)
        return named if previous is None else previous.keep_labels(named)

    moved = (moved or MovedDocuments()).still_in(trained.model.in_use)
    description = describe_topics(trained, documents, rename=rename, moved=moved.rows)
    _log_quality(description)
    meaning = meaning_facts(trained.model, read.corpus, settings.embedding_column or "", rare_terms)
    if meaning:
        _log_meaning(meaning)
    return DiscoveredTopics(read, trained, description, report, seconds, start, moved, meaning)


def _with_words_alone(read: DatasetCorpus) -> DatasetCorpus:
    logger.warning("the embeddings in the column %s are ignored: LDA uses words alone", read.embedding_column)
    return replace(read, corpus=replace(read.held, vectors=None))


def _train(
    corpus: AnyCorpus,
    settings: EngineSettings,
    seeds: SeedsOfCorpus,
    start: Optional[PreviousStart],
    elsewhere: Optional[Elsewhere],
    reason: str,
) -> TrainedTopics:
    if start is None:
        return train(corpus, settings, seed_counts=seeds.counts, elsewhere=elsewhere, engine_reason=reason)
    return train(
        corpus, replace(settings, n_topics=start.n_topics), seed_counts=start.seed_counts,
        first_topics=start.first_topics, elsewhere=elsewhere, numbering=start.number, engine_reason=reason,
    )  # fmt: skip


def _engine(
    read: DatasetCorpus,
    settings: TopicsSettings,
    previous: Optional[PreviousTopics],
    documents: Optional[Documents],
) -> tuple[str, str]:
    """Return the engine and the reason for it; 'Automatic' goes on with that of the previous model."""
    if previous is not None and settings.engine == AUTO:
        return previous.stored.model.engine, "The method of the previous model."
    return choose_engine(read.corpus, settings.for_engine(), documents)


def _warn_of_unknown_rows(corpus: AnyCorpus) -> None:
    n_unknown = corpus.n_docs - corpus.n_known
    if n_unknown:
        logger.warning(
            "%s of %s rows have no known word and get no topic; the column topic_status says whether their text is "
            "empty. Where it is not, a lower 'Minimum documents per term' may help.",
            f"{n_unknown:,}", f"{corpus.n_docs:,}",
        )  # fmt: skip


def _log_meaning(facts: dict[str, Any]) -> None:
    logger.info(
        "meaning: %.0f%% of the rows have an embedding; kappa %.1f, mean cosine with the own topic %.2f; words alone "
        "and meaning alone agree on the topic of %s of the texts",
        100 * facts["share_with_vectors"], facts["kappa"], facts["mean_cosine"],
        "n/a" if facts["agreement"] is None else f"{facts['agreement']:.0%}",
    )  # fmt: skip


def _log_quality(description: TopicDescription) -> None:
    quality = description.quality()
    logger.info(
        "topics: %s; coherence NPMI %s, C_v %s; diversity %s; stress of the map %.3f",
        len(description.labels), *(_shown(quality[name]) for name in ("coherence_npmi", "coherence_cv", "diversity")),
        quality["map_stress"],
    )  # fmt: skip
    proposed = description.proposed_stop_words()
    if proposed:
        listed = ", ".join(f"{word} ({reason})" for word, reason in proposed[:_MOST_PROPOSED])
        logger.warning(
            "%s may be stop words: %s%s. Add those that say nothing to 'Additional stop words' or to the dataset 'Stop "
            "words', and run again.",
            plural(len(proposed), "word"), listed, ", ..." if len(proposed) > _MOST_PROPOSED else "",
        )  # fmt: skip
    for topic_id, (label, reasons) in enumerate(zip(description.labels, description.topic_warnings)):
        if reasons:
            logger.warning("topic %s (%s) has warnings: %s", topic_id, label, " ".join(reasons))


def _shown(value: Optional[float]) -> str:
    return "n/a" if value is None else f"{value:.3f}"
