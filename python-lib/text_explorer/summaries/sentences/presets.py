"""Settings that belong together, by the kind of text.

Each was chosen by ROUGE on public sets of its kind (news and abstracts; reviews; meetings), one value tried for each
setting, without a test of significance. ``benchmarks/summaries_quality.py`` measures them, mostly on other sets.
"""

from __future__ import annotations

from dataclasses import dataclass

from text_explorer.summaries.sentences.settings import LEXRANK, SUMBASIC

CUSTOM = "custom"
ARTICLE = "article"
REVIEWS = "reviews"
TRANSCRIPT = "transcript"


@dataclass(frozen=True)
class Preset:
    """What a kind of text needs; see `text_explorer.summaries.sentences.settings` for the meaning of each."""

    method: str
    position_weight: float
    min_words: int
    redundancy: float
    line_breaks_end_sentences: bool = True


PRESETS = {
    # Writers of articles put the main things first: on news, the place alone does as well as any method. Introductions
    # of papers, which begin with what others did, are better off without.
    ARTICLE: Preset(LEXRANK, position_weight=0.5, min_words=3, redundancy=0.3),
    # What many say is what matters, wherever they say it, and short sentences such as "The battery is weak." count.
    REVIEWS: Preset(LEXRANK, position_weight=0.0, min_words=3, redundancy=0.3),
    # Methods that look for central sentences choose "OK." and "Mm-hmm."; SumBasic, which sees to new words by itself,
    # was the best of all on free talk, and sentences of eight content words say more than shorter ones.
    TRANSCRIPT: Preset(SUMBASIC, position_weight=0.0, min_words=8, redundancy=0.0),
}
