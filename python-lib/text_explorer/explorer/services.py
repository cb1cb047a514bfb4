"""The services beside the index: edits of the topics, the model, and what else people add to the model folder."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from text_explorer.errors import DataError
from text_explorer.explorer.edits.log import OTHER_RUN, EditLogReader, is_of_run
from text_explorer.explorer.feedback.answer_log import ReviewLog
from text_explorer.explorer.feedback.label_suggestions import RefusedLabelLog
from text_explorer.explorer.feedback.saved_views import SavedViewLog
from text_explorer.explorer.feedback.stop_words import StopWordLog
from text_explorer.explorer.feedback.story_edits import StoryLog
from text_explorer.explorer.index.reader import IndexReader, read_report
from text_explorer.explorer.index_store import IndexStore
from text_explorer.explorer.reading.loaded_model import LoadedModel
from text_explorer.explorer.reading.model_cache import ModelCache
from text_explorer.explorer.reading.placing import DocumentPlacer
from text_explorer.explorer.reading.query_embedding import Embed, QueryEmbedder, QueryModel
from text_explorer.explorer.shared.cells import as_text
from text_explorer.explorer.shared.source import Source, Visitor
from text_explorer.explorer.shared.write_lock import WriteLock
from text_explorer.explorer.terms.meaning_search import TypedText


@dataclass(frozen=True)
class AppServices:
    """The services of a source, built once per process and shared by threads."""

    source: Source
    edits: EditLogReader  # called with the trained labels, it returns the current edits
    writing: WriteLock  # held while a file is added to a log, or a table with several writers is written
    review: ReviewLog
    stop_words: StopWordLog
    views: SavedViewLog
    story: StoryLog
    labels: RefusedLabelLog
    model: ModelCache
    place: DocumentPlacer  # for sub-topics and documents moved by hand
    embedder: QueryEmbedder

    @classmethod
    def of(cls, source: Source, folder: Path | None = None, embed: Embed | None = None) -> AppServices:
        """Build the services of a source; ``folder`` is where processes meet, see `WriteLock`."""
        writing = WriteLock(f"{source.identity()} {json.dumps(source.config(), sort_keys=True, default=str)}", folder)
        model = ModelCache(source, _read_a_text)
        return cls(
            source,
            EditLogReader(source, writing.sign),
            writing,
            ReviewLog(source, writing),
            StopWordLog(source, writing),
            SavedViewLog(source, writing),
            StoryLog(source, writing),
            RefusedLabelLog(source, writing),
            model,
            DocumentPlacer(model),
            QueryEmbedder(embed),
        )

    def typed_text(self, store: IndexStore, text: str, visitor: Visitor | None) -> TypedText:
        """Embed what is searched for, where documents have vectors; no index is open while the model is asked.

        It is asked only where the webapp's own setting names it, and not for a ``visitor`` of None.
        """
        with store.open() as index:
            n_numbers = None if index.vectors is None else index.vectors.n_numbers
            known = read_report(index.connection, "vectors").get("embedding_model")
        if n_numbers is None:
            return TypedText(text)
        model = QueryModel(as_text(self.source.config().get("embedding_model")).strip() or None, known)
        return TypedText(text, *self.embedder.vector_of(text, model, n_numbers, visitor))

    @contextmanager
    def opened_with_model(self, store: IndexStore) -> Iterator[tuple[IndexReader, LoadedModel]]:
        """Open the index and the model of its topics.

        DSS is asked for the model before: an open index keeps a build from writing.

        Raises
        ------
        DataError
            Where the datasets do not hold the topics of the model.
        """
        model, found = self.model.get(), self.edits.found()
        with store.open() as index:
            edits = index.edits
            is_other = found.reason is None and not is_of_run(found, edits.trained_labels)
            if is_other or model.topics.n_topics != len(edits.trained_labels):
                raise DataError(OTHER_RUN)
            yield index, model


def _read_a_text(model: LoadedModel) -> None:
    """Infer the topics of a text, so that loops are compiled and word lists read before a request needs them."""
    from text_explorer.explorer.reading.read_text import try_text  # noqa: PLC0415 - see load_model

    try_text("one text to begin with", model, range(model.topics.n_topics))
