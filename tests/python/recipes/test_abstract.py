"""Write abstracts, run as DSS would run it, on what the summary recipes wrote."""

import json

import pytest

RECIPE = "text-explorer-abstract"
DOCUMENTS = [
    {"id": "a", "product": "red", "text": "The red bicycle broke after 3 days. The shop refused to repair it."},
    {"id": "b", "product": "red", "text": "My bicycle lost a wheel in Vienna. Nobody answered my letters."},
    {"id": "c", "product": "blue", "text": "The blue boat sails very well. The children love the boat."},
    {"id": "d", "product": None, "text": ""},
]


def answer(*entries):
    return json.dumps({"abstract": [{"sentence": sentence, "sources": sources} for sentence, sources in entries]})


RED = "red bicycle"
MODELS = [
    {
        "id": "well",
        "answers": [
            {"match": RED, "text": answer(("Bicycles broke.", [1]), ("It happened in Prague.", [1]))},
            {"match": "", "text": answer(("Children love the boat.", [2, 1]))},
        ],
    },
    {
        "id": "wrong",
        "answers": [
            {"match": RED, "text": "I cannot help with that."},
            {"match": "", "errorMessage": "The quota is used up."},
        ],
    },
]


@pytest.fixture(scope="module")
def instance(shared_instance):
    shared_instance.import_rows("documents", DOCUMENTS)
    settings = {"text_column": "text", "language": "en", "id_column": "id", "budget": 2, "min_words": 1}
    for recipe, output, more in (
        ("text-explorer-summarize-groups", "group_summaries", {"group_columns": ["product"]}),
        ("text-explorer-summarize", "summaries", {}),
    ):
        outputs = {output: output, "sentences": f"{output}_sentences"}
        done = shared_instance.run(recipe, {"documents": "documents"}, outputs, {**settings, **more}, "--form-defaults")
        assert done.returncode == 0, done.stderr
    (shared_instance.home / "instance.json").write_text(json.dumps({"llms": MODELS}), "utf-8")
    return shared_instance


def abstracts(instance, name, sentences="group_summaries_sentences", **config):
    outputs = {"abstracts": "abstracts", "answers": "answers"}
    settings = {"language_model": name, **config}
    done = instance.run(RECIPE, {"sentences": sentences}, outputs, settings, "--form-defaults")
    assert done.returncode == 0, done.stderr
    return {row["product" if "product" in row else "row_key"]: row for row in instance.rows("abstracts")}, done.stderr


def test_each_group_gets_an_abstract_whose_sentences_name_their_sources(instance):
    rows, log = abstracts(instance, "well")
    assert set(rows) == {"red", "blue"}
    blue = rows["blue"]
    assert (blue["abstract"], blue["abstract_status"]) == ("Children love the boat.", "ok")
    (sentence,) = json.loads(blue["abstract_sentences"])
    assert (sentence["kept"], sentence["fault"]) == (True, None)
    text = DOCUMENTS[2]["text"]
    assert all(text[source["start"] : source["end"]] == source["text"] for source in sentence["sources"])
    assert [(source["row_key"], source["text"]) for source in sentence["sources"]] == [
        ("c", "The children love the boat."),
        ("c", "The blue boat sails very well."),
    ]
    assert "2 calls of well with about" in log


def test_an_unsupported_sentence_is_marked_and_left_out_unless_the_form_keeps_it(instance):
    rows, _ = abstracts(instance, "well")
    assert (rows["red"]["abstract"], rows["red"]["abstract_status"]) == ("Bicycles broke.", "unsupported sentences")
    assert rows["red"]["abstract_reason"] == "Its sources do not have: Prague."
    assert [sentence["kept"] for sentence in json.loads(rows["red"]["abstract_sentences"])] == [True, False]
    rows, _ = abstracts(instance, "well", keep_unsupported=True)
    assert rows["red"]["abstract"] == "Bicycles broke. It happened in Prague."
    assert rows["red"]["abstract_status"] == "unsupported sentences"


def test_a_run_again_asks_nothing(instance):
    first, _ = abstracts(instance, "well")
    second, log = abstracts(instance, "well")
    assert second == first
    assert "all 2 answers are kept from an earlier run: no call of well" in log


def test_what_the_model_does_wrong_ends_with_a_status(instance):
    rows, _ = abstracts(instance, "wrong")
    assert (rows["red"]["abstract"], rows["red"]["abstract_status"]) == ("", "answer refused")
    assert (rows["blue"]["abstract_status"], rows["blue"]["abstract_reason"]) == ("no answer", "The quota is used up.")
    assert rows["blue"]["abstract_sentences"] == "[]"


def test_single_texts_have_abstracts_by_their_row_key(instance):
    rows, _ = abstracts(instance, "well", "summaries_sentences")
    assert set(rows) == {"a", "b", "c"}
    assert rows["a"]["abstract"] == "Bicycles broke."


def test_another_dataset_is_refused_in_a_sentence(instance):
    done = instance.run(
        RECIPE, {"sentences": "documents"}, {"abstracts": "abstracts"}, {"language_model": "well"}, "--form-defaults"
    )
    assert "has no column row_key, start, end, sentence, chosen." in done.stderr
    assert done.returncode != 0
