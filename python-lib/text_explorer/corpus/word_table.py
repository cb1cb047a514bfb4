"""All different words of a corpus, in one array of characters, since Python objects would take ten times the time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from text_explorer.corpus.words._token_kernels import KnownWords, merge_words, slots_of

FIRST_WORDS, FIRST_LETTERS = 1 << 14, 1 << 17


class WordTable:
    """Gives each different word of a language a number, in the order they are met."""

    def __init__(self) -> None:
        self.n_words = 0
        self._n_letters = 0
        self._words = KnownWords(
            letters=np.empty(FIRST_LETTERS, dtype=np.uint32),
            starts=np.empty(FIRST_WORDS, dtype=np.int64),
            lengths=np.empty(FIRST_WORDS, dtype=np.int32),
            languages=np.empty(FIRST_WORDS, dtype=np.int32),
            hashes=np.empty(FIRST_WORDS, dtype=np.uint64),
        )
        self._slots = slots_of(self._words.hashes[:0], 2 * FIRST_WORDS)

    def number(
        self, chars: np.ndarray, starts: np.ndarray, ends: np.ndarray, languages: np.ndarray, hashes: np.ndarray
    ) -> np.ndarray:
        """Give the numbers of some different words.

        Parameters
        ----------
        chars
            uint32 array of the characters in which they stand.
        starts, ends
            int32 arrays of shape (n_words,): their places.
        languages
            int32 array of shape (n_words,): their languages.
        hashes
            uint64 array of shape (n_words,), as `number_words` gives them.

        Returns
        -------
        numpy.ndarray
            int32 array of shape (n_words,).
        """
        self._make_room(len(starts), int((ends - starts).sum()))
        numbers, self.n_words, self._n_letters = merge_words(
            chars, starts, ends, languages, hashes, self._words, self._slots, self.n_words, self._n_letters
        )
        return numbers

    def surfaces(self) -> list[str]:
        """Give all words as they are written, by number."""
        letters = self._words.letters[: self._n_letters].tobytes().decode("utf-32-le", "surrogatepass")
        starts = self._words.starts[: self.n_words]
        ends = starts + self._words.lengths[: self.n_words]
        return [letters[start:end] for start, end in zip(starts.tolist(), ends.tolist())]

    def languages(self, codes: Sequence[str]) -> list[str]:
        """Give the code of the language of each word; `codes` are those of the numbers given."""
        return [codes[language] for language in self._words.languages[: self.n_words].tolist()]

    def _make_room(self, n_words: int, n_letters: int) -> None:
        n_words += self.n_words
        letters, *others = self._words
        letters = _grown(letters, self._n_letters, self._n_letters + n_letters)
        self._words = KnownWords(letters, *(_grown(array, self.n_words, n_words) for array in others))
        if len(self._slots) < 2 * n_words:
            n_slots = 1 << (4 * n_words).bit_length()
            self._slots = slots_of(self._words.hashes[: self.n_words], n_slots)


def _grown(array: np.ndarray, n_used: int, n_needed: int) -> np.ndarray:
    """Give the array itself, or a copy of at least twice its length that has room for what is needed."""
    if len(array) >= n_needed:
        return array
    larger = np.empty(max(2 * len(array), n_needed), dtype=array.dtype)
    larger[:n_used] = array[:n_used]
    return larger
