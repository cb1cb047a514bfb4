"""Settings for how texts become terms, shared by all recipes and named as in their forms."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

NO_NORMAL_FORM, STEM, LEMMA = "none", "stem", "lemma"
NORMAL_FORMS = (NO_NORMAL_FORM, STEM, LEMMA)

NO_PHRASES, BIGRAMS, TRIGRAMS = "none", "bigrams", "trigrams"
PHRASES = (NO_PHRASES, BIGRAMS, TRIGRAMS)

NPMI, DEFAULT_SCORING = "npmi", "default"
PHRASE_SCORINGS = (NPMI, DEFAULT_SCORING)
AUTOMATIC_THRESHOLDS = {NPMI: 0.5, DEFAULT_SCORING: 10.0}
"""By scoring: gensim's default, and for NPMI the middle of the range of positive scores."""

RULES_OF_0_1_0, READING_RULES = 1, 2
"""Versions of the rules by which texts are read: a stored model reads texts as at training."""


@dataclass(frozen=True)
class Preparation:
    """Settings for what becomes a term.

    Attributes
    ----------
    extra_stop_words
        Words to leave out in addition to those of the language, as written by the user.
    normal_form
        ``none``; ``stem`` counts words with the same Snowball stem as one term, ``lemma`` those with the same lemma.
    phrases
        ``none``; ``bigrams`` counts pairs of words that occur together more often than by chance as one term,
        ``trigrams`` up to three words.
    phrase_scoring
        ``npmi`` (normalised pointwise mutual information, Bouma 2009) or ``default`` (Mikolov et al. 2013, equation 6).
    phrase_threshold
        Minimum score of a phrase; 0 for the one in ``AUTOMATIC_THRESHOLDS``.
    phrase_min_count
        Minimum number of occurrences of a phrase.
    min_documents
        Minimum number of documents with a term; 0 for automatic, by the size of the corpus.
    max_document_share
        Maximum share of documents with a term.
    max_terms
        Maximum size of the vocabulary; the terms in the most documents are kept.
    min_length
        Minimum number of characters of a term.
    keep_numbers
        Whether words of digits only, such as ``1945`` or ``3.5``, are terms.
    lower_case
        Whether *Nation* and *nation* are one term.
    fold_accents
        Whether *café* and *cafe* are one term.
    strip_html, strip_urls, strip_emails, strip_mentions, strip_hashtags, strip_emoji
        Whether HTML tags and entities, web addresses, e-mail addresses, @names, #words and emoji are ignored.
        Otherwise they count as words.
    reading_rules
        Version of the rules: ``RULES_OF_0_1_0`` for models of that version, else ``READING_RULES``. No form has it.
    repeated_lines
        Lines and sentences that repeat over many documents and are ignored, by their hashes (see `boilerplate.units`).
    """

    extra_stop_words: tuple[str, ...] = ()
    normal_form: str = NO_NORMAL_FORM
    phrases: str = NO_PHRASES
    phrase_scoring: str = NPMI
    phrase_threshold: float = 0.0
    phrase_min_count: int = 5
    min_documents: int = 0
    max_document_share: float = 0.5
    max_terms: int = 100_000
    min_length: int = 2
    keep_numbers: bool = False
    lower_case: bool = True
    fold_accents: bool = False
    strip_html: bool = True
    strip_urls: bool = True
    strip_emails: bool = True
    strip_mentions: bool = True
    strip_hashtags: bool = False
    strip_emoji: bool = True
    reading_rules: int = READING_RULES
    repeated_lines: frozenset[str] = frozenset()

    def as_dict(self) -> dict[str, Any]:
        """Return all settings by name, ready for JSON; repeated lines only where there are any."""
        settings = {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}
        lines = sorted(settings.pop("repeated_lines"))
        return {**settings, "repeated_lines": lines} if lines else settings
