"""Discover and assign topics of texts as users report them: entities, escapes, cut words, signs, names in capitals."""

import json

import pytest

from tests.python.conftest import ROOT
from text_explorer.topics.models.engines import ENGINES

KINDS = json.loads((ROOT / "tests" / "data" / "cases" / "real_texts.json").read_text("utf-8"))
OUTPUTS = {"document_topics": "document_topics", "topics": "topics", "topic_terms": "topic_terms", "model": "model"}
FILLERS = ("bicycle", "orchard", "lantern", "marble")
AGAIN = {
    "kind": "scored again",
    "texts": [
        *[["en", "The lighthouse keeper paints the lighthouse"]] * 20,  # another topic at times, reported for BERTopic
        ["en", ""],  # only the word beside it: all of one topic, reported for gensim
        ["en", "orchard lantern marble bicycle"],  # of all topics alike, reported for topicmodels and CTM
    ],
}


def discover(instance, kinds, **config):
    """Discover topics of the texts of kinds, each several times beside another word."""
    rows = [
        {"language": language, "text": f"{text} {filler}"}
        for kind in kinds
        for filler in FILLERS
        for language, text, *_ in kind["texts"]  # the rest says for which tool such a text was reported
    ]
    instance.import_rows("documents", rows)
    config = {"text_column": "text", "language_column": "language", "n_topics": 6, **config}
    done = instance.run("text-explorer-topics", {"documents": "documents"}, OUTPUTS, config, "--form-defaults")
    assert done.returncode == 0, done.stderr
    return len(rows)


@pytest.mark.oldest
@pytest.mark.parametrize("kind", KINDS, ids=[kind["kind"] for kind in KINDS])
def test_words_of_real_texts_are_terms_as_a_reader_sees_them(shared_instance, kind):
    discover(shared_instance, [kind])
    terms = {row["term"] for row in shared_instance.rows("topic_terms")}
    assert set(kind["present"]) - terms == set()
    assert terms & set(kind["absent"]) == set()


@pytest.mark.parametrize("engine", ENGINES)
def test_a_model_scores_its_training_texts_to_the_same_topics(shared_instance, engine):
    n_rows = discover(shared_instance, [*KINDS, AGAIN], engine=engine, seed=3)
    inputs = {"documents": "documents", "model": "model"}
    config = {"text_column": "text", "language_column": "language"}
    for name in ("assigned", "again"):
        outputs = {"document_topics": name}
        done = shared_instance.run("text-explorer-assign", inputs, outputs, config, "--form-defaults")
        assert done.returncode == 0, done.stderr
    trained, assigned = (
        [(row["topic_status"], row["topic_id"]) for row in shared_instance.rows(name)]
        for name in ("document_topics", "assigned")
    )
    assert len(assigned) == n_rows
    assert len({topic for _, topic in trained}) > 1
    assert assigned == trained
    assert shared_instance.export_bytes("again") == shared_instance.export_bytes("assigned")
    topics_of_copies = {row["topic_id"] for row in shared_instance.rows("again") if "keeper" in row["text"]}
    assert len(topics_of_copies) <= len(FILLERS)
