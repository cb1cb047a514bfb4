"""How texts become terms: the settings every recipe shares, under the names of its form."""

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
"""By scoring: gensim's own for its default; for NPMI the middle of the range of words that attract each other."""


@dataclass(frozen=True)
class Preparation:
    """What of a text becomes a term.

    Attributes
    ----------
    extra_stop_words
        Words to leave out besides those of the language, as the user wrote them.
    normal_form
        ``none``; ``stem`` counts the words of one Snowball stem as one term, ``lemma`` those of one dictionary form.
    phrases
        ``none``; ``bigrams`` counts pairs of words that stand together more often than chance has it as one term,
        ``trigrams`` up to three.
    phrase_scoring
        ``npmi`` (normalised pointwise mutual information, Bouma 2009) or ``default`` (Mikolov et al. 2013, equation 6).
    phrase_threshold
        Least score of a phrase; 0 takes that of ``AUTOMATIC_THRESHOLDS``.
    phrase_min_count
        Least number of times a phrase must occur.
    min_documents
        Least number of documents a term must be in; 0 chooses by the size of the corpus.
    max_document_share
        Largest share of the documents a term may be in.
    max_terms
        Largest size of the vocabulary; the terms in most documents are kept.
    min_length
        Least number of characters of a term.
    keep_numbers
        Whether words made of digits alone, such as ``1945`` or ``3.5``, are terms.
    lower_case
        Whether *Nation* and *nation* are one term.
    fold_accents
        Whether *café* and *cafe* are one term.
    strip_html, strip_urls, strip_emails, strip_mentions, strip_hashtags, strip_emoji
        Whether HTML tags and entities, web addresses, e-mail addresses, @names, #words and emoji are passed over. Where
        they are not, they count as any other words.
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

    def as_dict(self) -> dict[str, Any]:
        """Give all settings by name, ready for JSON."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}
