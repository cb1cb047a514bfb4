import numpy as np
import pytest

from tests.python.unit.english_texts import english
from text_explorer.corpus.document_term_matrix import build_corpus
from text_explorer.corpus.words.preparation import Preparation

THEMES = {
    "war": ["army", "navy", "battle", "soldier", "enemy", "fleet"],
    "money": ["gold", "silver", "bank", "currency", "treasury", "coin"],
    "school": ["teacher", "pupil", "college", "lesson", "learning", "library"],
}


@pytest.fixture(scope="session")
def themed_texts():
    """60 short texts, twenty of each theme, whose words come from that theme alone."""
    generator = np.random.default_rng(7)
    return [" ".join(generator.choice(words, 6)) for _ in range(20) for words in THEMES.values()]


@pytest.fixture(scope="session")
def themed_corpus(themed_texts):
    corpus, _ = build_corpus(english(themed_texts), Preparation(max_document_share=1.0))
    return corpus


@pytest.fixture(scope="session")
def theme_of_term():
    return {term: theme for theme, words in THEMES.items() for term in words}
