import numpy as np
import pytest

from text_explorer.corpus.bag_of_words import WordSettings, build_corpus

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
    return build_corpus(themed_texts, WordSettings(min_documents=1, max_document_share=1.0))


@pytest.fixture(scope="session")
def theme_of_term():
    return {term: theme for theme, words in THEMES.items() for term in words}
