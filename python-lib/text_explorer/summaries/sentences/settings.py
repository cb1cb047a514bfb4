"""What a summary shall be: its method, its length, its order."""

from __future__ import annotations

from dataclasses import dataclass, field

from text_explorer.corpus.language.stop_words import all_stop_words
from text_explorer.corpus.words.preparation import Preparation

LEXRANK = "lexrank"
TEXTRANK = "textrank"
CENTROID = "centroid"
LSA = "lsa"
LUHN = "luhn"
EDMUNDSON = "edmundson"
KL = "kl"
SUMBASIC = "sumbasic"
REDUCTION = "reduction"
LEAD = "lead"
RANDOM = "random"
METHODS = (LEXRANK, CENTROID, TEXTRANK, LSA, LUHN, SUMBASIC, KL, REDUCTION, EDMUNDSON, LEAD, RANDOM)
BASELINES = (LEAD, RANDOM)
"""Methods that do not look at words: nothing but their order decides."""

SUMY_COMPATIBLE = (LEXRANK, TEXTRANK, KL, REDUCTION)
"""Methods that can be made to choose the sentences the package sumy chooses."""

TAKE_A_QUERY = (LEXRANK, CENTROID)
"""Methods that can be drawn towards the words of a query."""

SENTENCES = "sentences"
PERCENT = "percent"
WORDS = "words"
CHARACTERS = "characters"
BUDGET_UNITS = (SENTENCES, PERCENT, WORDS, CHARACTERS)

POSITION = "position"
RANK = "rank"


@dataclass(frozen=True)
class TextSettings:
    """How a text is cut into sentences and words.

    Attributes
    ----------
    line_breaks_end_sentences
        Whether a line break always ends a sentence.
    preparation
        What is passed over when words are read, and the user's stop words.
    """

    line_breaks_end_sentences: bool = True
    preparation: Preparation = field(default_factory=Preparation)

    def words_without_content(self, language: str) -> frozenset[str]:
        """Give the stop words of a language and the user's own."""
        return all_stop_words(language, self.preparation)


@dataclass(frozen=True)
class SummarySettings:
    """How sentences are ranked and chosen.

    Attributes
    ----------
    method
        One of ``METHODS``.
    budget_unit
        One of ``BUDGET_UNITS``: what the length of a summary is counted in.
    budget
        Largest length, at least 1; where no sentence fits, part of one is the summary.
    order
        ``position``: the chosen sentences as they follow in the text; ``rank``: the first chosen first.
    redundancy
        Weight from 0 to 1 of the penalty for repeating what is chosen already, which is 1 - lambda of Maximal Marginal
        Relevance; 0 switches it off.
    min_words
        Sentences with fewer distinct content words are taken only after all others, in a budget of words or characters
        not at all unless there are no others.
    seed
        Start of the draw of ``random``.
    bonus_words, stigma_words
        Words that speak for and against a sentence, for ``edmundson``.
    sumy_compatible
        Whether a method of ``SUMY_COMPATIBLE`` chooses the very sentences the package sumy chooses from the same
        sentences, words, stop words and stems. It knows neither ``redundancy``, ``min_words``, ``query`` nor
        ``position_weight``, so these do not apply then.
    query
        Words the summary shall be about, for a method of ``TAKE_A_QUERY``; empty for none.
    position_weight
        From 0 to 1: the score of the i-th sentence of its text is multiplied by ``1 + position_weight / sqrt(i)``, but
        for ``BASELINES``.
    """

    method: str = LEXRANK
    budget_unit: str = SENTENCES
    budget: int = 3
    order: str = POSITION
    redundancy: float = 0.3
    min_words: int = 3
    seed: int = 0
    bonus_words: tuple[str, ...] = ()
    stigma_words: tuple[str, ...] = ()
    sumy_compatible: bool = False
    query: str = ""
    position_weight: float = 0.0

    def n_sentences_of(self, n_sentences: int) -> int:
        """Give the largest number of sentences of a summary of so many, for a budget in sentences or percent."""
        return max(1, n_sentences * self.budget // 100) if self.budget_unit == PERCENT else self.budget

    @property
    def follows_sumy(self) -> bool:
        """Whether the sentences are those that sumy chooses."""
        return self.sumy_compatible and self.method in SUMY_COMPATIBLE
