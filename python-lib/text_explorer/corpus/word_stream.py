"""Read texts once and keep one 32-bit number for each word.

Threads number the words of batches of texts (the inner loops and the encoding of texts release Python's lock). Batches
are joined in reading order, so that neither their size nor the number of threads affects the result.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import NamedTuple, Optional

import numpy as np

from text_explorer.concurrency.threads import available_workers, map_ordered
from text_explorer.corpus.growing_array import GrowingArray
from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.corpus.word_table import WordTable
from text_explorer.corpus.words._token_kernels import find_marked, find_tokens, follow_breaks, number_words
from text_explorer.corpus.words.character_classes import characters
from text_explorer.corpus.words.preparation import NO_PHRASES, Preparation
from text_explorer.corpus.words.reading import as_read, marks_of_reading, pieces_of, roles_of, soften
from text_explorer.corpus.words.segmentation import is_segmented

TEXTS_AT_ONCE = 10_000
BATCH_CHARACTERS = 1_000_000
"""Maximum texts, and characters, per batch: about 150,000 words are enough for threads to pay, in 20 MB each."""


@dataclass(frozen=True)
class WordStream:
    """All words of a list of documents, in reading order."""

    words: np.ndarray  # int32 of shape (n_tokens,): the number of each word
    offsets: np.ndarray  # int64 of shape (n_docs + 1,): document ``d`` is ``words[offsets[d]:offsets[d + 1]]``
    # bool of shape (n_tokens,): whether more than white space separates a word from the previous one; empty
    # without phrases
    breaks: np.ndarray
    surfaces: Sequence[str]  # the distinct words as read, by number
    languages: Sequence[str]  # the language of each distinct word

    @property
    def n_docs(self) -> int:
        """Number of documents."""
        return len(self.offsets) - 1


class _Texts(NamedTuple):
    """Texts (empty if missing), their lengths and languages."""

    texts: Sequence[str]
    lengths: np.ndarray
    languages: Sequence[str]


class _Batch(NamedTuple):
    """The words of a batch of documents, numbered within the batch."""

    words: np.ndarray
    counts: np.ndarray  # words of each document
    breaks: np.ndarray
    distinct: tuple[np.ndarray, ...]  # arguments of `WordTable.number`


def read_words(
    documents: Iterable[DocumentText], preparation: Preparation, *, n_workers: Optional[int] = None
) -> WordStream:
    """Read texts once and number their words."""
    table = WordTable()
    codes: dict[str, int] = {}
    words, counts, breaks = GrowingArray(np.int32), GrowingArray(np.int64), GrowingArray(np.bool_)
    number = partial(_number, codes=codes, preparation=preparation)
    for batch in map_ordered(number, _batches(documents, codes), n_workers or available_workers()):
        words.append(table.number(*batch.distinct)[batch.words])
        counts.append(batch.counts)
        breaks.append(batch.breaks)
    offsets = np.concatenate(([0], np.cumsum(counts.array()))).astype(np.int64)
    return WordStream(words.array(), offsets, breaks.array(), table.surfaces(), table.languages(list(codes)))


def _batches(documents: Iterable[DocumentText], codes: dict[str, int]) -> Iterator[_Texts]:
    """Yield batches of texts, and number each new language in `codes`.

    Texts are read many at once, since this part runs on a single thread.
    """
    waiting = iter(documents)
    while True:
        texts: list[str] = []
        languages: list[str] = []
        for text, language in islice(waiting, TEXTS_AT_ONCE):
            texts.append(text or "")
            languages.append(language)
        if not texts:
            return
        for language in dict.fromkeys(languages):
            codes.setdefault(language, len(codes))
        lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
        running = np.cumsum(lengths)
        bounds = np.searchsorted(running, np.arange(BATCH_CHARACTERS, running[-1], BATCH_CHARACTERS))
        for part in map(slice, [0, *bounds], [*bounds, len(texts)]):
            if part.start != part.stop:
                yield _Texts(texts[part], lengths[part], languages[part])


def _number(batch: _Texts, codes: Mapping[str, int], preparation: Preparation) -> _Batch:
    offsets = np.concatenate(([0], np.cumsum(batch.lengths + 1)))
    texts, chars = _read(batch, offsets, preparation)
    languages, roles = batch.languages, roles_of(preparation)
    starts, ends = find_tokens(chars, roles, _piece_starts(texts, offsets, languages))
    chars = soften(chars, roles, starts, ends, preparation)
    counts = np.diff(np.searchsorted(starts, offsets))
    doc_languages = np.fromiter(map(codes.__getitem__, languages), dtype=np.int32, count=len(languages))
    token_languages = np.repeat(doc_languages, counts)
    words, first, hashes = number_words(chars, starts, ends, token_languages)
    distinct = (chars, starts[first], ends[first], token_languages[first], hashes)
    breaks = follow_breaks(chars, roles, starts, ends) if preparation.phrases != NO_PHRASES else np.zeros(0, np.bool_)
    return _Batch(words, counts, breaks, distinct)


def _read(batch: _Texts, offsets: np.ndarray, preparation: Preparation) -> tuple[Sequence[str], np.ndarray]:
    """Return texts as they are read, and their characters, joined by line breaks."""
    chars = characters("\n".join(batch.texts))
    marked = np.flatnonzero(find_marked(chars, offsets, marks_of_reading(preparation)))
    if not len(marked):
        return batch.texts, chars
    texts = list(batch.texts)
    for doc in marked.tolist():
        texts[doc] = as_read(texts[doc], preparation, batch.languages[doc])
    return texts, characters("\n".join(texts))


def _piece_starts(texts: Sequence[str], offsets: np.ndarray, languages: Sequence[str]) -> np.ndarray:
    """Segment the texts in languages that need it; return an empty array if none does."""
    segmented = set(filter(is_segmented, set(languages)))
    if not segmented:
        return np.zeros(0, dtype=np.uint8)
    pieces = np.ones(int(offsets[-1]), dtype=np.uint8)
    for doc in (doc for doc, language in enumerate(languages) if language in segmented):
        pieces[offsets[doc] : offsets[doc] + len(texts[doc])] = pieces_of(texts[doc], languages[doc])
    return pieces
