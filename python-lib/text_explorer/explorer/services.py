"""The services beside the index: edits of the topics, the model, answers of the review, stop words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from text_explorer.errors import DataError
from text_explorer.explorer.edits.log import OTHER_RUN, EditLogReader
from text_explorer.explorer.feedback.answer_log import ReviewLog
from text_explorer.explorer.feedback.stop_words import StopWordLog
from text_explorer.explorer.index.reader import IndexReader
from text_explorer.explorer.reading.loaded_model import LoadedModel
from text_explorer.explorer.reading.model_cache import ModelCache
from text_explorer.explorer.shared.current_edits import NO_VERSION
from text_explorer.explorer.shared.source import Source
from text_explorer.explorer.shared.write_lock import WriteLock


@dataclass(frozen=True)
class AppServices:
    """The services of a source, built once per process and shared by threads."""

    source: Source
    edits: EditLogReader  # called with the trained labels, it returns the current edits
    writing: WriteLock  # held while a table with several writers is written
    review: ReviewLog
    stop_words: StopWordLog
    model: ModelCache

    @classmethod
    def of(cls, source: Source, folder: Path | None = None) -> AppServices:
        """Build the services of a source; ``folder`` is where processes meet, see `WriteLock`."""
        writing = WriteLock(f"{source.identity()} {json.dumps(source.config(), sort_keys=True, default=str)}", folder)
        return cls(
            source,
            EditLogReader(source, writing.sign),
            writing,
            ReviewLog(source),
            StopWordLog(source),
            ModelCache(source, _read_a_text),
        )

    def id_of_model(self, index: IndexReader) -> str:
        """Return the id of the model in the folder, "" where the datasets do not hold its topics or it has no name."""
        return "" if index.edits.version == NO_VERSION else self.edits.found().log.model_id

    def model_of(self, index: IndexReader) -> LoadedModel:
        """Return the model; raise `DataError` where the datasets do not hold its topics."""
        model = self.model.get()
        is_other = index.edits.version == NO_VERSION and self.edits.found().reason is None
        if is_other or model.topics.n_topics != index.edits.n_topics:
            raise DataError(OTHER_RUN)
        return model


def _read_a_text(model: LoadedModel) -> None:
    """Infer the topics of a text, so that loops are compiled and word lists read before a request needs them."""
    from text_explorer.explorer.reading.read_text import try_text  # noqa: PLC0415 - see load_model

    try_text("one text to begin with", model, range(model.topics.n_topics))
