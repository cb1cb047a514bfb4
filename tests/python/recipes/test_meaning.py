"""Topics of words and embeddings: discover, assign and compare, run as DSS would run them."""

import json
import random

import numpy as np
import pytest

WORDS = {
    ("war", "plain"): "army navy battle soldier enemy fleet regiment cannon",
    ("war", "odd"): "brigade artillery trench infantry squadron missile bunker general",
    ("money", "plain"): "gold silver bank currency treasury coin loan dollar",
    ("money", "odd"): "credit mortgage dividend interest savings investor broker fund",
}
OUTPUTS = {"document_topics": "document_topics", "topics": "topics", "topic_terms": "topic_terms", "model": "model"}
CONFIG = {"text_column": "text", "language": "en", "engine": "gsdmm", "n_topics": 2, "embedding_column": "vector"}


def embedding(theme, generator, n_numbers=12):
    """An embedding near the direction of its theme."""
    direction = np.zeros(n_numbers)
    direction[["war", "money", "nothing"].index(theme)] = 1.0
    return json.dumps((direction + 0.1 * generator.normal(size=n_numbers)).round(4).tolist())


def documents():
    """Texts of two themes, each in two sets of words that no text mixes: words alone cannot bring them together."""
    draw, generator = random.Random(3), np.random.default_rng(3)
    return [
        {"id": f"{theme} {kind} {i}", "theme": theme, "text": " ".join(draw.choices(words.split(), k=7)),
         "vector": embedding(theme, generator)}
        for i in range(15) for (theme, kind), words in WORDS.items()
    ]  # fmt: skip


def discover(instance, rows, **config):
    instance.import_rows("documents", rows)
    done = instance.run(
        "text-explorer-topics", {"documents": "documents"}, OUTPUTS, {**CONFIG, **config}, "--form-defaults"
    )
    assert done.returncode == 0, done.stderr
    return done.stderr


def assign(instance, rows, **config):
    instance.import_rows("new", rows)
    settings = {"text_column": "text", "language": "en", **config}
    done = instance.run(
        "text-explorer-assign", {"documents": "new", "model": "model"}, {"document_topics": "assigned"}, settings,
        "--form-defaults",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return instance.rows("assigned"), done.stderr


@pytest.fixture(scope="module")
def trained(shared_instance):
    rows = documents()
    rows += [
        {"id": "no words", "theme": "war", "text": "the of and", "vector": rows[0]["vector"]},
        {"id": "no vector", "theme": "war", "text": "army navy battle", "vector": ""},
        {"id": "NaN", "theme": "war", "text": "army navy battle", "vector": "[NaN, 1, 2]"},
        {"id": "empty", "theme": "", "text": "", "vector": rows[0]["vector"]},
    ]
    shared_instance.log_of_training = discover(shared_instance, rows, id_column="id")
    return shared_instance


def test_texts_of_one_meaning_in_other_words_share_a_topic(trained):
    rows = trained.rows("document_topics")
    topic_of = {theme: {row["topic_id"] for row in rows if row["theme"] == theme} for theme in ("war", "money")}
    assert sorted(topic_of["war"] | topic_of["money"]) == ["0", "1"]
    assert len(topic_of["war"]) == len(topic_of["money"]) == 1


def test_each_row_says_what_its_topic_rests_on(trained):
    rows = {row["id"]: (row["topic_status"], row["scored_by"]) for row in trained.rows("document_topics")}
    assert rows["war odd 3"] == ("ok", "words+meaning")
    assert rows["no words"] == ("by meaning alone", "meaning")
    assert rows["no vector"] == rows["NaN"] == ("ok", "words")
    assert rows["empty"] == ("empty text", "")


def test_the_manifest_tells_how_meaning_was_used(trained):
    meaning = json.loads(trained.model_files("model")["manifest.json"])["meaning"]
    assert (meaning["source"], meaning["n_numbers"], meaning["n_dimensions"]) == ("vector", 12, 8)
    assert meaning["share_with_vectors"] == pytest.approx(61 / 64)
    assert len(meaning["log_joints_of_starts"]) == 4
    assert meaning["agreement"] > 0.9
    assert meaning["warning"] is None
    assert (
        "61 of 64 rows have an embedding (others: empty 2, with NaN or infinite numbers 1)" in trained.log_of_training
    )


def test_new_texts_are_scored_by_words_by_meaning_or_by_both(trained):
    generator = np.random.default_rng(5)
    rows, _ = assign(trained, [
        {"id": "both", "text": "army navy", "vector": embedding("war", generator)},
        {"id": "words", "text": "army navy", "vector": ""},
        {"id": "meaning", "text": "zebras", "vector": embedding("war", generator)},
        {"id": "neither", "text": "zebras", "vector": "[0, 0, 0]"},
        {"id": "short", "text": "gold coin", "vector": "[1, 2, 3]"},
    ], embedding_column="vector")  # fmt: skip
    found = {row["id"]: (row["topic_status"], row["scored_by"]) for row in rows}
    assert found == {
        "both": ("ok", "words+meaning"), "words": ("ok", "words"), "meaning": ("by meaning alone", "meaning"),
        "neither": ("no known term", ""), "short": ("ok", "words"),
    }  # fmt: skip
    assert rows[0]["topic_id"] == rows[1]["topic_id"] == rows[2]["topic_id"] != rows[4]["topic_id"]


def test_training_rows_scored_again_have_their_topic(trained):
    rows, log = assign(trained, documents(), embedding_column="vector")
    topics = {row["id"]: row["topic_id"] for row in trained.rows("document_topics")}
    assert {row["id"]: row["topic_id"] for row in rows} == {row["id"]: topics[row["id"]] for row in rows}
    assert "60 of 60 rows have an embedding" in log


def test_without_a_column_of_embeddings_texts_are_scored_by_words(trained):
    rows, log = assign(trained, documents()[:8])
    assert {row["scored_by"] for row in rows} == {"words"}
    assert "scored by their words alone" in log


def test_embeddings_of_another_model_are_found_at_scoring(trained):
    generator = np.random.default_rng(8)
    strange = [{**row, "vector": json.dumps(generator.normal(size=12).tolist())} for row in documents() * 4]
    _, log = assign(trained, strange, embedding_column="vector")
    assert "The embeddings do not fit the topics of their texts" in log


def test_embeddings_of_another_length_are_left_out_with_a_warning(trained):
    rows, log = assign(trained, [{**row, "vector": "[1, 2, 3]"} for row in documents()], embedding_column="vector")
    assert {row["scored_by"] for row in rows} == {"words"}
    assert "do not have the 12 numbers of the model's" in log


@pytest.fixture(scope="module")
def trained_by_a(trained):
    """A model trained with embeddings of which most are by the model "a"."""
    rows = [{**row, "vector_model": "a"} for row in documents()]
    rows.append({**rows[0], "id": "of b", "text": "army navy battle", "vector_model": "b"})
    trained.log_of_training = discover(trained, rows)
    yield trained
    trained.log_of_training = discover(trained, documents(), id_column="id")


def test_the_model_of_the_embeddings_is_in_the_manifest_and_others_do_not_count(trained_by_a):
    meaning = json.loads(trained_by_a.model_files("model")["manifest.json"])["meaning"]
    assert meaning["embedding_model"] == "a"
    assert "60 of 61 rows have an embedding (others: of another embedding model 1)" in trained_by_a.log_of_training
    rows = {row["id"]: row["scored_by"] for row in trained_by_a.rows("document_topics")}
    assert (rows["of b"], rows["war odd 3"]) == ("words", "words+meaning")


def test_embeddings_of_another_model_do_not_count_though_they_are_as_long(trained_by_a):
    models = {"war plain 0": "a", "money plain 0": "b", "war odd 0": ""}
    new = [{**row, "vector_model": models[row["id"]]} for row in documents() if row["id"] in models]
    rows, log = assign(trained_by_a, new, embedding_column="vector")
    assert {row["id"]: row["scored_by"] for row in rows} == {
        "war plain 0": "words+meaning", "money plain 0": "words", "war odd 0": "words+meaning",
    }  # fmt: skip
    assert "1 embeddings in the column vector are of another embedding model than a, that of the training" in log


def test_a_model_without_embeddings_scores_as_ever(instance):
    discover(instance, documents(), embedding_column=None)
    rows, log = assign(instance, documents()[:4], embedding_column="vector")
    assert "scored_by" not in rows[0]
    assert "trained without embeddings" in log


def test_a_weight_of_none_writes_the_bytes_of_words_alone(instance):
    written = []
    for config in ({"embedding_column": None}, {"meaning_weight": "none"}):
        discover(instance, documents(), **config)
        files = instance.model_files("model")
        written.append((instance.export_bytes("document_topics"), files["model.npz"], files["vocabulary.json"]))
    assert written[0] == written[1]


def test_a_second_run_with_the_rows_in_another_order_finds_the_same_model(instance):
    written = []
    for rows in (documents(), documents()[::-1]):
        discover(instance, rows)
        written.append(instance.model_files("model")["model.npz"])
    assert written[0] == written[1]


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [("0.1 0.2", "holds no embedding: 0 of 60 rows have an embedding"), ("", "others: empty 60")],
)
def test_a_column_without_embeddings_ends_the_run_with_advice(instance, cell, sentence):
    instance.import_rows("documents", [{**row, "vector": cell} for row in documents()])
    done = instance.run("text-explorer-topics", {"documents": "documents"}, OUTPUTS, CONFIG, "--form-defaults")
    assert done.returncode != 0
    assert sentence in done.stderr
    assert "clear it" in done.stderr


def test_numbers_of_topics_are_compared_with_meaning(instance):
    """Embeddings that cut across the words, and outweigh them, make two topics of the same words."""
    generator = np.random.default_rng(1)
    across = [
        {**row, "vector": embedding(("war", "money")[number // 4 % 2], generator)}
        for number, row in enumerate(documents())
    ]
    instance.import_rows("documents", across)
    rows = {}
    for column in (None, "vector"):
        config = {"text_column": "text", "language": "en", "engine": "all", "n_topics_list": [2], "n_seeds": 1}
        done = instance.run(
            "text-explorer-compare", {"documents": "documents"},
            {"comparison": "comparison", "suggestion": "suggestion"},
            {**config, "embedding_column": column, "meaning_weight": "high"}, "--form-defaults",
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        rows[column] = {row["engine"]: row for row in instance.rows("comparison")}
    figures = ("status", "coherence_npmi", "diversity", "perplexity")
    lda = [[rows[column]["lda_gibbs"][name] for name in figures] for column in rows]
    assert lda[0] == lda[1]
    assert float(rows["vector"]["gsdmm"]["diversity"]) < float(rows[None]["gsdmm"]["diversity"]) == 1.0
