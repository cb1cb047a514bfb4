"""Discover topics on the plugin's sample dataset, with the defaults of the form."""

import json
from collections import Counter

import pytest

from tests.python.sample_reviews import TYPES, read_reviews

OUTPUTS = {name: name for name in ("document_topics", "topics", "topic_terms", "model")}
CONFIG = {
    "text_column": "review",
    "id_column": "review_id",
    "date_column": "review_date",
    "group_columns": ["hotel", "traveller"],
}
# Words that stand in the reviews of one theme alone, or nearly so.
THEMES = {
    "breakfast": ("buffet", "eggs", "toast"),
    "wifi": ("wifi", "internet", "login"),
    "construction": ("drilling", "hammering", "scaffolding"),
    "pool and spa": ("sauna", "massage", "loungers"),
    "family": ("kids", "toddler", "bunk"),
    "parking": ("parking", "garage", "barrier"),
    "check-in": ("reception", "receptionist", "check-in"),
    "cleanliness": ("housekeeping", "mould", "dirty"),
    "beds": ("mattress", "duvet", "pillow"),
    "money": ("refund", "invoice", "charged"),
    "location": ("tram", "museum", "cathedral"),
}


@pytest.fixture(scope="module")
def trained(shared_instance):
    shared_instance.import_rows("documents", read_reviews(), TYPES)
    inputs = {"documents": "documents"}
    done = shared_instance.run("text-explorer-topics", inputs, OUTPUTS, CONFIG, "--form-defaults")
    assert done.returncode == 0, done.stderr
    return shared_instance


def main_topic(rows, words):
    """Return the topic of most reviews that have at least two of the words, and its share of these reviews."""
    having = [row["topic_id"] for row in rows if sum(word in row["review"].lower() for word in words) >= 2]
    assert len(having) >= 8
    topic, n = Counter(having).most_common(1)[0]
    return topic, n / len(having)


def test_reviews_of_one_theme_share_a_topic_of_their_own(trained):
    rows = trained.rows("document_topics")
    found = {theme: main_topic(rows, words) for theme, words in THEMES.items()}
    assert {theme: share for theme, (_, share) in found.items() if share <= 0.5} == {}
    assert len({topic for topic, _ in found.values()}) == len(THEMES)


def test_the_terms_of_a_topic_name_its_theme(trained):
    rows, topics = trained.rows("document_topics"), trained.rows("topics")
    terms = {topic["topic_id"]: json.loads(topic["distinctive_terms"]) for topic in topics}
    named = {theme: set(words) & set(terms[main_topic(rows, words)[0]]) for theme, words in THEMES.items()}
    assert [theme for theme, words in named.items() if not words] == []


def test_wifi_rises_and_construction_ends(trained):
    rows = trained.rows("document_topics")
    wifi, construction = (main_topic(rows, THEMES[theme])[0] for theme in ("wifi", "construction"))
    dates = {
        topic: sorted(row["review_date"] for row in rows if row["topic_id"] == topic) for topic in (wifi, construction)
    }
    assert sum(date >= "2025-03" for date in dates[wifi]) >= 0.8 * len(dates[wifi])
    assert sum(date < "2024-11" for date in dates[construction]) >= 0.9 * len(dates[construction])
