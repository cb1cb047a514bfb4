"""Settings of a summary: how texts are split, the method, the length, the order; and presets by kind of text."""

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
METHOD_NAMES = {
    LEXRANK: "LexRank", CENTROID: "Centroid", TEXTRANK: "TextRank", LSA: "Latent semantic analysis", LUHN: "Luhn",
    SUMBASIC: "SumBasic", KL: "KL-Sum", REDUCTION: "Reduction", EDMUNDSON: "Edmundson", LEAD: "First sentences",
    RANDOM: "Random sentences",
}  # fmt: skip
"""The methods as people call them."""

BASELINES = (LEAD, RANDOM)
"""Methods that ignore words: only the order of sentences, or chance, decides."""

SUMY_COMPATIBLE = (LEXRANK, TEXTRANK, KL, REDUCTION)
"""Methods that can choose the same sentences as the package sumy."""

TAKE_A_QUERY = (LEXRANK, CENTROID)
"""Methods that can focus on a query."""

SENTENCES = "sentences"
PERCENT = "percent"
WORDS = "words"
CHARACTERS = "characters"
BUDGET_UNITS = (SENTENCES, PERCENT, WORDS, CHARACTERS)

POSITION = "position"
RANK = "rank"


@dataclass(frozen=True)
class TextSettings:
    """How a text is split into sentences and words.

    Attributes
    ----------
    line_breaks_end_sentences
        Whether a line break always ends a sentence.
    preparation
        What is ignored when words are read, and the user's stop words.
    """

    line_breaks_end_sentences: bool = True
    preparation: Preparation = field(default_factory=Preparation)

    def words_without_content(self, language: str) -> frozenset[str]:
        """Return the stop words of a language and the user's own."""
        return all_stop_words(language, self.preparation)


@dataclass(frozen=True)
class SummarySettings:
    """How sentences are ranked and chosen.

    Attributes
    ----------
    method
        One of ``METHODS``.
    budget_unit
        One of ``BUDGET_UNITS``: the unit of the length of a summary.
    budget
        Maximum length, at least 1; where no sentence fits, the summary is part of one.
    order
        ``position``: chosen sentences in the order of the text; ``rank``: in the order of choice.
    redundancy
        Weight from 0 to 1 of the penalty for repeating what is already chosen, which is 1 - lambda of Maximal Marginal
        Relevance; 0 switches it off.
    min_words
        Sentences with fewer distinct content words are chosen only if there are no others; this is halved until a
        sentence has that many.
    seed
        Seed of ``random``.
    bonus_words, stigma_words
        Words that raise and lower the score of a sentence, for ``edmundson``.
    sumy_compatible
        Whether a method of ``SUMY_COMPATIBLE`` chooses the same sentences as the package sumy, given the same
        sentences, words, stop words and stems. ``redundancy``, ``min_words``, ``query`` and ``position_weight``, which
        sumy does not have, are then ignored.
    query
        Question or keywords to focus on, for a method of ``TAKE_A_QUERY`` and, by ``WITH_QUERY``, for ``sumbasic``;
        empty for none.
    position_weight
        From 0 to 1: the score of the i-th sentence of its text is multiplied by ``1 + position_weight / sqrt(i)``,
        except for ``BASELINES``.
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
        """Return the maximum number of sentences of a summary of a text, for a budget in sentences or percent."""
        return max(1, n_sentences * self.budget // 100) if self.budget_unit == PERCENT else self.budget

    @property
    def follows_sumy(self) -> bool:
        """Whether the same sentences as by sumy are chosen."""
        return self.sumy_compatible and self.method in SUMY_COMPATIBLE


@dataclass(frozen=True)
class Preset:
    """Settings for a kind of text; see `SummarySettings` and `TextSettings` for the meaning of each."""

    method: str
    position_weight: float
    min_words: int
    redundancy: float
    line_breaks_end_sentences: bool = True


CUSTOM = "custom"
ARTICLE = "article"
REVIEWS = "reviews"
TRANSCRIPT = "transcript"
PRESETS = {
    # Articles put the main points first: on news, position alone does as well as any method. Introductions of papers,
    # which begin with the work of others, are better off without it.
    ARTICLE: Preset(LEXRANK, position_weight=0.5, min_words=3, redundancy=0.3),
    # What matters is what many people write, wherever they write it; short sentences like "The battery is weak." count.
    REVIEWS: Preset(LEXRANK, position_weight=0.0, min_words=3, redundancy=0.3),
    # Methods that look for central sentences choose "OK." and "Mm-hmm."; SumBasic, which favours new words by itself,
    # was the best of all on free talk. Of 3 to 8 content words at least, 4 were the best at public meetings.
    TRANSCRIPT: Preset(SUMBASIC, position_weight=0.0, min_words=4, redundancy=0.0),
}
"""Chosen by ROUGE on public sets of each kind (news and abstracts; reviews; meetings), with one value tried for each
setting and no test of significance. ``benchmarks/summaries_quality.py`` measures them, mostly on other sets."""

WITH_QUERY = Preset(LEXRANK, position_weight=0.0, min_words=8, redundancy=0.3)
"""Replaces SumBasic, which has no place for a query, in a text with a word of the query: a question raises ROUGE-1 by 5
points on meetings, where LexRank needs sentences of eight content words."""
