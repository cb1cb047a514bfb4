"""Inner loops that number the distinct words of texts, compiled by numba.

``chars`` is a uint32 array of the code points of texts joined by line breaks.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from text_explorer.compiled import compiled

FIRST_SLOTS = 1 << 14


class KnownWords(NamedTuple):
    """Distinct words, with their characters in one array.

    Attributes
    ----------
    letters : uint32 array
    starts : int64 array
        Where each word starts in `letters`.
    lengths, languages : int32 arrays
    hashes : uint64 array
    """

    letters: np.ndarray
    starts: np.ndarray
    lengths: np.ndarray
    languages: np.ndarray
    hashes: np.ndarray


@compiled
def _hash(chars, start, end, language):
    """Hash the characters of a word together with its language (FNV-1a over code points, then mixed)."""
    value = np.uint64(14695981039346656037) ^ np.uint64(language)
    for place in range(start, end):
        value = (value ^ np.uint64(chars[place])) * np.uint64(1099511628211)
    return value ^ (value >> np.uint64(29))


@compiled
def _same_word(chars, start, other_chars, other_start, length):
    for i in range(length):  # noqa: SIM110 - numba knows no generators
        if chars[start + i] != other_chars[other_start + i]:
            return False
    return True


@compiled
def slots_of(hashes, n_slots):
    """Build the hash table of words: open addressing, -1 for a free slot."""
    slots = np.full(n_slots, -1, np.int32)
    last = np.uint64(n_slots - 1)
    for word in range(len(hashes)):
        slot = hashes[word] & last
        while slots[slot] >= 0:
            slot = (slot + np.uint64(1)) & last
        slots[slot] = word
    return slots


@compiled
def number_words(chars, starts, ends, languages):
    """Assign numbers to the distinct words of texts in the order of their first occurrence.

    The same spelling in two languages is two words.

    Parameters
    ----------
    starts, ends : int32 arrays of shape (n_tokens,)
    languages : int32 array of shape (n_tokens,)

    Returns
    -------
    words : int32 array of shape (n_tokens,)
        The number of each token's word.
    first_tokens : int32 array of shape (n_words,)
        First occurrence of each word.
    hashes : uint64 array of shape (n_words,)
    """
    words = np.empty(len(starts), np.int32)
    first_tokens = np.empty(len(starts), np.int32)
    hashes = np.empty(len(starts), np.uint64)
    slots = np.full(FIRST_SLOTS, -1, np.int32)
    n_words = 0
    for token in range(len(starts)):
        start, length, language = starts[token], ends[token] - starts[token], languages[token]
        value = _hash(chars, start, ends[token], language)
        last = np.uint64(len(slots) - 1)
        slot = value & last
        while slots[slot] >= 0:
            word = slots[slot]
            first = first_tokens[word]
            if (
                hashes[word] == value
                and languages[first] == language
                and ends[first] - starts[first] == length
                and _same_word(chars, start, chars, starts[first], length)
            ):
                break
            slot = (slot + np.uint64(1)) & last
        if slots[slot] < 0:
            slots[slot] = n_words
            hashes[n_words] = value
            first_tokens[n_words] = token
            n_words += 1
        words[token] = slots[slot]
        if 2 * n_words > len(slots):
            slots = slots_of(hashes[:n_words], 4 * len(slots))
    return words, first_tokens[:n_words], hashes[:n_words]


@compiled
def merge_words(chars, starts, ends, languages, hashes, known, slots, n_known, n_letters):
    """Return the numbers of distinct words among the known words, and add the new ones.

    Parameters
    ----------
    starts, ends, languages : int32 arrays of shape (n_words,)
    hashes : uint64 array of shape (n_words,)
    known : KnownWords
        Arrays with room for all words and their characters.
    slots : int32 array
        Hash table of the known words, at least twice as long as the number of words may become.
    n_known, n_letters : int
        Number of known words, and of their characters.

    Returns
    -------
    numbers : int32 array of shape (n_words,)
    n_known, n_letters : int
    """
    numbers = np.empty(len(starts), np.int32)
    last = np.uint64(len(slots) - 1)
    for word in range(len(starts)):
        start, length = starts[word], ends[word] - starts[word]
        slot = hashes[word] & last
        while slots[slot] >= 0:
            other = slots[slot]
            if (
                known.hashes[other] == hashes[word]
                and known.languages[other] == languages[word]
                and known.lengths[other] == length
                and _same_word(chars, start, known.letters, known.starts[other], length)
            ):
                break
            slot = (slot + np.uint64(1)) & last
        if slots[slot] < 0:
            slots[slot] = n_known
            known.hashes[n_known], known.languages[n_known] = hashes[word], languages[word]
            known.starts[n_known], known.lengths[n_known] = n_letters, length
            for i in range(length):
                known.letters[n_letters + i] = chars[start + i]
            n_known += 1
            n_letters += length
        numbers[word] = slots[slot]
    return numbers, n_known, n_letters
