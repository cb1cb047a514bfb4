"""Choose which words become terms, and name the terms.

Each distinct word of a corpus is processed once, however often it occurs.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Callable, NamedTuple, Optional

import numpy as np
import regex

from text_explorer.corpus.language.stems import reducer
from text_explorer.corpus.language.stop_words import own_stop_words, stop_words
from text_explorer.corpus.words.preparation import LEMMA, NO_NORMAL_FORM, NO_PHRASES, RULES_OF_0_1_0, STEM, Preparation
from text_explorer.corpus.words.tokens import is_cut, is_number, join_cut_words, names_in_capitals, normal_forms

STOP_WORD, OWN_STOP_WORD, NUMBER = "stop word", "own stop word", "number"
TOO_SHORT, TOO_LONG, ONE_LETTER = "too short", "too long", "one letter repeated"
REASONS = (STOP_WORD, OWN_STOP_WORD, NUMBER, TOO_SHORT, TOO_LONG, ONE_LETTER)
"""Why a word is not a term."""

SHORTEST_FIRST_WORD = 3
"""Minimum length of a stop word that may begin a phrase, in characters."""

LONGEST_TERM = 100
"""In characters; longer strings are not words but encoded data."""

IS_TERM = -1

_ONE_LETTER = regex.compile(
    r"([a-z])\1+(?:[-.']\1+)*|([\p{L}--[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}ー]])\2{2,}"
    r"|x{2,}[x\d.'\-]*",
    flags=regex.I | regex.V1,
)
"""Such as the masks xx and XXXX-XX of redacted texts; other alphabets have words of one letter twice."""


@dataclass(frozen=True)
class TermsOfWords:
    """The terms of words."""

    names: Sequence[str]  # as displayed
    word_terms: np.ndarray  # int32 of shape (n_words,): the term of each word, -1 if it is not a term
    reasons: np.ndarray  # int8 of shape (n_words,): index into ``REASONS`` if a word is not a term, -1 if it is
    # bool of shape (n_terms,): stop words of the languages, which are terms only at the start of a phrase, as
    # in *new york*; all False without phrases
    only_in_phrases: np.ndarray
    names_of_stems: Mapping[str, str]  # name of each stem; empty without stemming


def choose_terms(
    surfaces: Sequence[str], languages: Sequence[str], counts: np.ndarray, preparation: Preparation
) -> TermsOfWords:
    """Choose the terms of the distinct words of a corpus, each of which occurs `counts` times.

    Words with the same stem are one term, displayed as the most frequent form.
    """
    read = _read_words(surfaces, languages, preparation, counts, None)
    names = _names_of_stems(read, counts) if preparation.normal_form == STEM else {}
    return _number_terms(read, names, phrases=preparation.phrases != NO_PHRASES)


def known_terms(
    surfaces: Sequence[str],
    languages: Sequence[str],
    names_of_stems: Mapping[str, str],
    preparation: Preparation,
    count_of: Callable[[str], int],
) -> TermsOfWords:
    """Return the terms of the words of new texts, by a corpus.

    Parameters
    ----------
    surfaces, languages, preparation
        As for `choose_terms`.
    names_of_stems
        Names of the stems of the corpus.
    count_of
        Returns how often a term occurs in the corpus, which decides on words that were cut at a line end.
    """
    counts = np.zeros(len(surfaces), dtype=np.int64)
    read = _read_words(surfaces, languages, preparation, counts, lambda stem: count_of(names_of_stems.get(stem, stem)))
    return _number_terms(read, names_of_stems, phrases=preparation.phrases != NO_PHRASES)


class _Words(NamedTuple):
    """Words with the reason why each is not a term (index into ``REASONS``), normal forms, and stems or lemmas."""

    reasons: np.ndarray
    forms: list[str]
    reduced: list[str]


def _read_words(
    surfaces: Sequence[str],
    languages: Sequence[str],
    preparation: Preparation,
    counts: np.ndarray,
    count_of: Optional[Callable[[str], int]],
) -> _Words:
    read = _Words(np.full(len(surfaces), IS_TERM, dtype=np.int8), list(surfaces), list(surfaces))
    for language in sorted(set(languages)):
        own = [word for word, code in enumerate(languages) if code == language]
        of_language = _read_language([surfaces[word] for word in own], language, preparation, counts[own], count_of)
        read.reasons[own] = of_language.reasons
        for word, form, reduced in zip(own, of_language.forms, of_language.reduced):
            read.forms[word], read.reduced[word] = form, reduced
    return read


def _read_language(
    surfaces: list[str],
    language: str,
    preparation: Preparation,
    counts: np.ndarray,
    count_of: Optional[Callable[[str], int]],
) -> _Words:
    forms = normal_forms(surfaces, preparation, language)
    reduce = reducer(language, preparation)
    cut = {word for word, form in enumerate(forms) if is_cut(form)}
    if cut:
        count_reduced = count_of or _counter(map(reduce, forms), counts)
        forms = join_cut_words(forms, lambda form: count_reduced(reduce(form)))
    reasons = _reasons(forms, language, preparation)
    if preparation.normal_form == NO_NORMAL_FORM:
        return _Words(reasons, forms, forms)
    names = names_in_capitals(language, preparation)
    # The word lists need the capital to know that the German Haus is not a form of hausen.
    as_written = preparation.normal_form == LEMMA
    whole = normal_forms(surfaces, replace(preparation, lower_case=False), language) if as_written else forms
    reduced = list(forms)
    for word in np.flatnonzero(reasons == IS_TERM).tolist():
        if forms[word] not in names:
            reduced[word] = reduce(forms[word] if word in cut else whole[word])
    # A user who adds a stop word means all its forms.
    own_reduced = {reduce(word).lower() for word in own_stop_words(language, preparation)}
    if own_reduced:
        also = [reduced[word].lower() in own_reduced for word in range(len(reduced))]
        reasons[np.array(also, dtype=np.bool_) & (reasons == IS_TERM)] = REASONS.index(OWN_STOP_WORD)
    return _Words(reasons, forms, reduced)


def _counter(words: Iterable[str], counts: np.ndarray) -> Callable[[str], int]:
    """Return the function that returns how often a word occurs."""
    found: Counter[str] = Counter()
    for word, count in zip(words, counts.tolist()):
        found[word] += count
    return found.__getitem__


def _reasons(forms: Sequence[str], language: str, preparation: Preparation) -> np.ndarray:
    """Return the first reason why each word is not a term: int8 array of shape (n_words,)."""
    names = names_in_capitals(language, preparation)
    keys = forms if preparation.lower_case else [form if form in names else form.lower() for form in forms]
    own = own_stop_words(language, preparation)
    listed = dict.fromkeys(stop_words(language, preparation), REASONS.index(STOP_WORD))
    listed.update(dict.fromkeys([*own, *(name for name in names if name.lower() in own)], REASONS.index(OWN_STOP_WORD)))
    reasons = np.array([listed.get(key, IS_TERM) for key in keys], dtype=np.int8)
    if not preparation.keep_numbers:
        not_alphabetic = [word for word, form in enumerate(forms) if not form[0].isalpha()]
        numbers = [word for word in not_alphabetic if reasons[word] == IS_TERM and is_number(forms[word])]
        reasons[numbers] = REASONS.index(NUMBER)
    lengths = np.fromiter(map(len, forms), dtype=np.int64, count=len(forms))
    for word in np.flatnonzero((lengths < preparation.min_length) & (reasons == IS_TERM)).tolist():
        # A single emoji is meaningful.
        if forms[word][0].isalnum():
            reasons[word] = REASONS.index(TOO_SHORT)
    reasons[lengths > LONGEST_TERM] = REASONS.index(TOO_LONG)
    if preparation.reading_rules > RULES_OF_0_1_0:
        repeated = (word for word in np.flatnonzero(reasons == IS_TERM).tolist() if forms[word][:1] == forms[word][1:2])
        reasons[[word for word in repeated if _ONE_LETTER.fullmatch(forms[word])]] = REASONS.index(ONE_LETTER)
    return reasons


def _names_of_stems(read: _Words, counts: np.ndarray) -> dict[str, str]:
    """Name each stem by its most frequent form, the first alphabetically in case of a tie."""
    form_counts: dict[tuple[str, str], int] = {}
    for word in np.flatnonzero(read.reasons == IS_TERM).tolist():
        stem_and_form = read.reduced[word], read.forms[word]
        form_counts[stem_and_form] = form_counts.get(stem_and_form, 0) + int(counts[word])
    names: dict[str, str] = {}
    for stem, form in sorted(form_counts, key=lambda entry: (-form_counts[entry], entry[1])):
        names.setdefault(stem, form)
    return names


def _number_terms(read: _Words, names_of_stems: Mapping[str, str], *, phrases: bool) -> TermsOfWords:
    """Assign numbers to terms; stop words that may begin phrases come after all others."""
    word_terms = np.full(len(read.reasons), -1, dtype=np.int32)
    ids: dict[str, int] = defaultdict(itertools.count().__next__)
    terms = np.flatnonzero(read.reasons == IS_TERM).tolist()
    word_terms[terms] = [ids[names_of_stems.get(read.reduced[word], read.reduced[word])] for word in terms]
    n_terms = len(ids)
    for word in np.flatnonzero(read.reasons == REASONS.index(STOP_WORD)).tolist() if phrases else ():
        # A term in another language is left unchanged; very short ones, such as "of", would begin too many phrases.
        if ids.get(read.forms[word], n_terms) >= n_terms and len(read.forms[word]) >= SHORTEST_FIRST_WORD:
            word_terms[word] = ids[read.forms[word]]
    return TermsOfWords(list(ids), word_terms, read.reasons, np.arange(len(ids)) >= n_terms, names_of_stems)
