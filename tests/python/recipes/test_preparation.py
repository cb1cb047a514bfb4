"""The settings of Discover topics that say what of a text becomes a term, run as DSS would run it."""

import json

import pytest

RECIPE = "text-explorer-topics"
CITIES = ["harbour", "bridge", "subway", "museum", "theatre", "skyline"]
# What stands between commas forms no phrase by accident.
ROWS = {
    "policies": ["Policies, reform."] * 3 + ["Policy, reform."],
    "mouse": ["Mice, cheese."] * 3 + ["Mouse, cheese."],
    "new york": [f"New York, {word}." for word in CITIES],
    "hashtag": ["Ballots, #election."] * 3,
    "accents": ["Café, espresso."] * 2 + ["cafe, espresso."] * 3,
    "None": [None],
    "empty": [""],
    "blank": ["   "],
    "stop words": ["The of and"],
    "numbers": ["1945, 2020 3.5"],
    "emoji": ["🎉 👍"],
    "ordinary": ["Museum, theatre"],
}
RUNS = {
    "default": {},
    "stems": {"normal_form": "stem", "phrases": "bigrams", "strip_hashtags": True},
    "lemmas": {"normal_form": "lemma", "fold_accents": True, "keep_numbers": True, "strip_emoji": False},
}


@pytest.fixture(scope="module")
def runs(shared_instance):
    """Run the recipe once with each of the settings."""
    shared_instance.import_rows("documents", [{"kind": kind, "text": text} for kind, of in ROWS.items() for text in of])
    for name, settings in RUNS.items():
        outputs = {role: f"{role}_{name}" for role in ("document_topics", "topics", "topic_terms", "model")}
        config = {"text_column": "text", "language": "en", "n_topics": 8, **settings}
        done = shared_instance.run(RECIPE, {"documents": "documents"}, outputs, config, "--form-defaults")
        assert done.returncode == 0, done.stderr
    return shared_instance


@pytest.fixture(scope="module")
def terms(runs):
    """Documents of each term, by run."""
    return {
        name: {row["term"]: int(row["document_count"]) for row in runs.rows(f"topic_terms_{name}")} for name in RUNS
    }


@pytest.fixture(scope="module")
def statuses(runs):
    """Status of each kind of row, by run."""
    return {name: {row["kind"]: row["topic_status"] for row in runs.rows(f"document_topics_{name}")} for name in RUNS}


def test_words_are_terms_as_they_are_written_by_default(terms):
    found = terms["default"]
    assert (found["policies"], found["policy"]) == (3, 1)
    assert (found["mice"], found["mouse"]) == (3, 1)
    assert (found["café"], found["cafe"]) == (2, 3)
    assert (found["election"], found["york"]) == (3, 6)


def test_words_of_one_stem_are_one_term_shown_as_its_most_frequent_form(terms):
    found = terms["stems"]
    assert found["policies"] == 4
    assert {"policy", "polici"} & set(found) == set()


def test_dictionary_forms_are_terms(terms):
    found = terms["lemmas"]
    assert (found["mouse"], found["policy"]) == (4, 4)
    assert {"mice", "policies"} & set(found) == set()


def test_a_phrase_is_one_term_with_a_space(terms):
    found = terms["stems"]
    assert found["new york"] == len(CITIES)
    assert [term for term in found if " " in term] == ["new york"]
    assert {"new", "york"} & set(found) == set()


def test_hashtags_can_be_ignored(terms):
    assert "election" not in terms["stems"]
    assert terms["stems"]["ballots"] == 3


def test_accents_may_be_ignored(terms):
    assert terms["lemmas"]["cafe"] == 5
    assert "café" not in terms["lemmas"]


def test_numbers_and_emoji_may_be_terms(terms):
    assert {"1945", "2020", "3.5", "🎉", "👍"} & set(terms["default"]) == set()
    assert {"1945", "2020", "3.5", "🎉", "👍"} <= set(terms["lemmas"])


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("None", "empty text"),
        ("empty", "empty text"),
        ("blank", "empty text"),
        ("stop words", "no known term"),
        ("ordinary", "ok"),
    ],
)
def test_each_kind_of_text_has_its_status(statuses, run, kind, status):
    assert statuses[run][kind] == status


@pytest.mark.parametrize(
    ("run", "status"), [("default", "no known term"), ("stems", "no known term"), ("lemmas", "ok")]
)
def test_texts_of_numbers_or_emoji_have_a_topic_only_if_these_are_terms(statuses, run, status):
    assert (statuses[run]["numbers"], statuses[run]["emoji"]) == (status, status)


def test_the_manifest_counts_terms_and_words_left_out(runs):
    manifest = json.loads(runs.model_files("model_stems")["manifest.json"])
    # As typed, but for what 0 stood for.
    assert {name: manifest["preparation"][name] for name in RUNS["stems"]} == RUNS["stems"]
    assert (manifest["settings"]["min_documents"], manifest["preparation"]["min_documents"]) == (0, 1)
    assert manifest["corpus"]["n_words_left_out"]["number"] == 3
    assert manifest["corpus"]["n_terms"] == manifest["n_terms"]


def test_a_text_of_white_space_is_counted_as_a_row(runs):
    manifest = json.loads(runs.model_files("model_default")["manifest.json"])
    assert manifest["n_rows"] == sum(map(len, ROWS.values()))


def test_a_text_of_white_space_may_be_the_only_one_without_a_word(instance):
    instance.import_rows("documents", [{"id": i, "text": text} for i, text in enumerate(["gold coin", "   ", "gold"])])
    outputs = {role: role for role in ("document_topics", "topics", "topic_terms", "model")}
    config = {"text_column": "text", "language": "en"}
    done = instance.run(RECIPE, {"documents": "documents"}, outputs, config, "--form-defaults")
    assert done.returncode == 0, done.stderr
    assert [row["topic_status"] for row in instance.rows("document_topics")] == ["ok", "empty text", "ok"]
