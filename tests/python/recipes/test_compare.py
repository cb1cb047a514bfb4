"""Compare numbers of topics, run as DSS would run it."""

import json
import os
import random

import pytest

RECIPE = "text-explorer-compare"
OUTPUTS = {"comparison": "comparison", "suggestion": "suggestion"}
WITH_FITS = {**OUTPUTS, "fits": "fits"}
COLUMNS = [
    "engine", "n_topics", "seed", "n_topics_alive", "coherence_npmi", "coherence_cv", "diversity", "perplexity",
    "stability", "n_iterations", "seconds", "status", "notes",
]  # fmt: skip
THEMES = (
    "army navy battle soldier enemy fleet regiment cannon siege fortress",
    "gold silver bank currency treasury coin loan dollar credit interest",
    "teacher pupil college lesson learning library classroom student exam school",
    "bread butter cheese onion garlic pepper soup oven flour kitchen",
    "goal goalkeeper match referee stadium team penalty league striker coach",
)
COMMON = "people year great country world house morning evening"
_DRAW = random.Random(8)


def themed_text(number):
    own = THEMES[number % len(THEMES)].split()
    return " ".join(_DRAW.sample(_DRAW.choices(own, k=22) + _DRAW.choices(COMMON.split(), k=6), k=28))


THEMED = [{"text": themed_text(number)} for number in range(300)]


def compare(instance, config=None, *options, outputs=OUTPUTS, stop_words=None, environment=None):
    inputs = {"documents": "documents", **({"stop_words": stop_words} if stop_words else {})}
    settings = {"text_column": "text", "language": "en", **(config or {})}
    return instance.run(RECIPE, inputs, outputs, settings, "--form-defaults", *options, environment=environment)


def figures(instance):
    """Return all written figures except the time."""
    rows = [{name: cell for name, cell in row.items() if name != "seconds"} for row in instance.rows("comparison")]
    return rows, instance.export_bytes("suggestion")


@pytest.fixture(scope="module")
def compared(shared_instance):
    shared_instance.import_rows("documents", THEMED)
    done = compare(shared_instance, {"engine": "lda_gibbs", "n_topics_list": [8, 2, 3, 5, 12]})
    assert done.returncode == 0, done.stderr
    shared_instance.log = done.stderr
    return shared_instance


@pytest.mark.oldest
def test_there_is_one_row_for_each_number_and_seed_in_order(compared):
    rows = compared.rows("comparison")
    assert list(rows[0]) == COLUMNS
    expected = [("lda_gibbs", str(number), str(seed)) for number in (2, 3, 5, 8, 12) for seed in range(3)]
    assert [(row["engine"], row["n_topics"], row["seed"]) for row in rows] == expected
    assert {row["status"] for row in rows} == {"ok"}
    assert {row["notes"] for row in rows} == {""}


@pytest.mark.oldest
def test_measures_lie_where_they_must(compared):
    rows = compared.rows("comparison")
    assert len(rows) == 15
    for row in rows:
        assert -1 <= float(row["coherence_npmi"]) <= 1
        assert 0 <= float(row["stability"]) <= 1
        assert 0 < float(row["diversity"]) <= 1
        assert 1 <= int(row["n_topics_alive"]) <= int(row["n_topics"])
        assert float(row["perplexity"]) > 1
        assert float(row["seconds"]) > 0
        assert row["n_iterations"] == "200"


def test_the_five_themes_are_found_again_by_every_seed(compared):
    rows = [row for row in compared.rows("comparison") if row["n_topics"] == "5"]
    assert [float(row["stability"]) > 0.9 for row in rows] == [True] * 3
    assert [float(row["diversity"]) > 0.9 for row in rows] == [True] * 3


def test_five_topics_are_suggested_for_texts_of_five_themes(compared):
    (row,) = compared.rows("suggestion")
    assert (row["engine"], row["suggested_n_topics"]) == ("lda_gibbs", "5")
    assert row["confidence"] in {"high", "medium"}
    assert "LDA (Gibbs sampling) with 5 topics" in row["reason"]
    assert row["n_fits"] == "15"
    assert sorted(other["n_topics"] for other in json.loads(row["alternatives"])) == [2, 3, 8, 12]


def test_the_log_reports_engine_progress_and_suggestion(compared):
    assert "engine lda_gibbs. Selected in the settings." in compared.log
    assert "0 of 15 models were finished by an earlier run" in compared.log
    assert "models left: 0" in compared.log
    assert "suggestion (confidence: " in compared.log


def test_only_the_text_column_needs_to_be_chosen(instance):
    instance.import_rows("documents", THEMED[:60])
    done = instance.run(RECIPE, {"documents": "documents"}, OUTPUTS, {"text_column": "text"}, "--form-defaults")
    assert done.returncode == 0, done.stderr
    rows = instance.rows("comparison")
    assert [int(row["n_topics"]) for row in rows[::3]] == [3, 4, 5, 6, 8, 10]
    assert "numbers of topics, by the number of documents: 3, 4, 5, 6, 8, 10" in done.stderr
    assert f"engine {rows[0]['engine']}. Too few different documents to measure" in done.stderr
    assert {row["perplexity"] for row in rows} == {""}
    assert {"No perplexity: of 60 documents" in row["notes"] for row in rows} == {True}


@pytest.mark.parametrize("engine", ["gsdmm", "lda_gibbs", "lda_gensim"])
def test_a_second_run_writes_the_same_bytes_on_any_number_of_processors(instance, engine):
    instance.import_rows("documents", THEMED[:250])
    processors = os.sched_getaffinity(0)
    written = []
    for hash_seed, int_params, in_use in (("1", "int", processors), ("2", "float", {min(processors)})):
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
        config = {"engine": engine, "n_topics_range": "3-7 step 2", "n_iterations": 12, "n_seeds": 2}
        os.sched_setaffinity(0, in_use)
        try:
            done = compare(instance, config, "--int-params", int_params, environment=environment)
        finally:
            os.sched_setaffinity(0, processors)
        assert done.returncode == 0, done.stderr
        written.append(figures(instance))
    assert len(written[0][0]) == 6
    assert written[0] == written[1]


def test_all_methods_are_compared_where_asked(instance):
    instance.import_rows("documents", THEMED[:100])
    done = compare(instance, {"engine": "all", "n_topics_list": [3, 5], "n_seeds": 1, "n_iterations": 10})
    assert done.returncode == 0, done.stderr
    engines = [row["engine"] for row in instance.rows("comparison")]
    assert engines == ["gsdmm"] * 2 + ["lda_gibbs"] * 2 + ["lda_gensim"] * 2
    assert instance.rows("suggestion")[0]["caveats"].startswith("With one seed, stability cannot be measured")


def test_numbers_beyond_the_documents_have_a_status_and_the_others_figures(instance):
    instance.import_rows("documents", THEMED[:12])
    done = compare(instance, {"engine": "lda_gibbs", "n_topics_list": [3, 50], "n_iterations": 10})
    assert done.returncode == 0, done.stderr
    rows = instance.rows("comparison")
    assert [row["status"] == "ok" for row in rows] == [True] * 3 + [False] * 3
    assert rows[3]["status"].startswith("More topics (50) than training documents with a known word (12)")
    assert "3 of 6 models could not be trained" in instance.rows("suggestion")[0]["caveats"]


@pytest.mark.oldest
def test_stop_words_of_the_dataset_are_left_out(instance):
    instance.import_rows("documents", THEMED[:40])
    instance.import_rows("words", [{"word": word} for theme in THEMES for word in theme.split()])
    config = {"engine": "gsdmm", "n_topics_list": [4], "n_seeds": 1, "extra_stop_words": COMMON.split()}
    assert compare(instance, config).returncode == 0
    done = compare(instance, config, stop_words="words")
    assert done.returncode == 1
    assert "None of the 40 documents has a word left" in done.stderr


@pytest.mark.parametrize(
    ("rows", "config", "sentence"),
    [
        ([], {}, "The dataset LOCAL.documents has no rows"),
        ([{"text": ""}] * 3, {}, "None of the 3 documents has a word left"),
        (
            [{"text": "army navy"}] * 3,
            {"engine": "lda_gibbs", "n_topics_list": [5]},
            "No model could be trained. More topics (5) than",
        ),
    ],
)
def test_data_that_cannot_serve_end_in_one_clear_sentence(instance, rows, config, sentence):
    instance.import_rows("documents", rows, {"text": "string"})
    done = compare(instance, config)
    assert done.returncode == 1
    last_line = done.stderr.strip().splitlines()[-1]
    assert "text_explorer.errors.DataError" in last_line
    assert sentence in last_line


@pytest.mark.parametrize("text", ["army navy battle", "army"])
@pytest.mark.oldest
def test_one_row_is_compared_as_far_as_it_goes(instance, text):
    instance.import_rows("documents", [{"text": text}])
    done = compare(instance, {"n_topics_list": [2, 5]})
    assert done.returncode == 0, done.stderr
    rows = instance.rows("comparison")
    assert {(row["engine"], row["n_topics_alive"], row["status"]) for row in rows} == {("gsdmm", "1", "ok")}
    assert {row["stability"] for row in rows} == {"1.0"}
    assert instance.rows("suggestion")[0]["confidence"] == "low"


def test_all_faults_are_reported_at_once(instance):
    instance.import_rows("documents", THEMED[:10])
    done = compare(instance, {"n_topics_list": [1], "n_topics_range": "five to ten"})
    assert done.returncode == 1
    last_line = done.stderr.strip().splitlines()[-1]
    assert "'Numbers of topics' must be whole numbers from 2 to 1,000" in last_line
    assert "'Range of numbers' must be whole numbers" in last_line


RESUMED = {"engine": "lda_gibbs", "n_topics_list": [2, 3, 4, 5, 6], "n_iterations": 600, "n_seeds": 2}


def fit_files(instance) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in instance.home.rglob("fit-*.json")}


def test_a_killed_run_goes_on_where_it_was_and_writes_what_an_undisturbed_one_writes(instance):
    instance.import_rows("documents", THEMED[:250])
    config = {"text_column": "text", "language": "en", **RESUMED}

    def two_are_finished():
        return len(fit_files(instance)) >= 2

    log = instance.run_until_killed(RECIPE, {"documents": "documents"}, WITH_FITS, config, two_are_finished)
    assert "Process died with signal 9" in log
    finished = fit_files(instance)
    assert 2 <= len(finished) < 10
    done = compare(instance, RESUMED, outputs=WITH_FITS)
    assert done.returncode == 0, done.stderr
    assert f"{len(finished)} of 10 models were finished by an earlier run" in done.stderr
    after = fit_files(instance)
    assert len(after) == 10
    assert {name: after[name] for name in finished} == finished
    resumed = figures(instance)
    undisturbed = compare(instance, RESUMED)
    assert undisturbed.returncode == 0, undisturbed.stderr
    assert figures(instance) == resumed


@pytest.fixture
def kept(instance):
    """An instance whose folder holds the fits of a comparison, and what that wrote."""
    instance.import_rows("documents", THEMED[:250])
    instance.config = {"engine": "gsdmm", "n_topics_list": [3, 5], "n_seeds": 2}
    done = compare(instance, instance.config, outputs=WITH_FITS)
    assert done.returncode == 0, done.stderr
    return instance


def test_a_whole_run_is_written_again_from_its_files_with_the_same_bytes(kept):
    first = [kept.export_bytes(name) for name in OUTPUTS.values()]
    done = compare(kept, kept.config, outputs=WITH_FITS)
    assert "4 of 4 models were finished by an earlier run" in done.stderr
    assert [kept.export_bytes(name) for name in OUTPUTS.values()] == first  # the time too: it is that of the training


def test_additional_numbers_reuse_finished_fits(kept):
    done = compare(kept, {**kept.config, "n_topics_list": [3, 4, 5]}, outputs=WITH_FITS)
    assert "4 of 6 models were finished by an earlier run" in done.stderr
    assert len(fit_files(kept)) == 6


@pytest.mark.parametrize("damage", [b"", b'{"file": ', b"\xff"], ids=["empty", "half", "no text"])
def test_a_damaged_file_is_reported_and_trained_again(kept, damage):
    before = figures(kept)
    path = next(iter(kept.home.rglob("fit-*.json")))
    path.write_bytes(damage)
    done = compare(kept, kept.config, outputs=WITH_FITS)
    assert done.returncode == 0, done.stderr
    assert "3 of 4 models were finished by an earlier run" in done.stderr
    assert f"{path.name} in the folder of finished fits is damaged" in done.stderr
    assert path.read_bytes().startswith(b'{"file": "fit-')
    assert figures(kept) == before


def test_fits_of_other_documents_are_kept_and_not_used(kept):
    kept.import_rows("documents", THEMED[50:300])
    done = compare(kept, kept.config, outputs=WITH_FITS)
    assert "0 of 4 models were finished by an earlier run" in done.stderr
    assert "4 fits of other documents, settings or versions are in the folder" in done.stderr
    assert len(fit_files(kept)) == 8
