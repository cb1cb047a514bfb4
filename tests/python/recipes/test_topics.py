"""Discover topics, run as DSS would run it."""

import json
import os
import random
from types import SimpleNamespace

import pytest

from tests.python.conftest import ROOT
from tests.python.recipes.model_folders import plugin_with_chunks

RECIPE = "text-explorer-topics"
OUTPUTS = {"document_topics": "document_topics", "topics": "topics", "topic_terms": "topic_terms", "model": "model"}
THEMES = (
    "army navy battle soldier enemy fleet regiment cannon",
    "gold silver bank currency treasury coin loan dollar",
    "teacher pupil college lesson learning library classroom student",
)
_DRAW = random.Random(7)
THEMED = [{"id": f"d{i}", "text": " ".join(_DRAW.choices(THEMES[i % 3].split(), k=9))} for i in range(60)]


def discover(instance, config=None, *options, stop_words=None, seed_terms=None, environment=None):
    optional = {"stop_words": stop_words, "seed_terms": seed_terms}
    inputs = {"documents": "documents", **{role: name for role, name in optional.items() if name}}
    settings = {"text_column": "text", "language": "en", **(config or {})}
    return instance.run(RECIPE, inputs, OUTPUTS, settings, *options, environment=environment)


@pytest.fixture(scope="module")
def themed(shared_instance):
    shared_instance.import_rows("documents", THEMED)
    done = discover(shared_instance, {"engine": "gsdmm", "n_topics": 8, "id_column": "id"}, "--form-defaults")
    assert done.returncode == 0, done.stderr
    return shared_instance


@pytest.mark.oldest
def test_every_row_comes_out_once_in_its_order(themed):
    rows = themed.rows("document_topics")
    assert [(row["id"], row["text"]) for row in rows] == [(row["id"], row["text"]) for row in THEMED]


def test_texts_of_one_theme_share_a_topic_of_their_own(themed):
    rows = themed.rows("document_topics")
    topics_by_theme = [{row["topic_id"] for row in rows[theme::3]} for theme in range(3)]
    assert sorted(len(topics) for topics in topics_by_theme) == [1, 1, 1]
    assert len(set.union(*topics_by_theme)) == 3


@pytest.mark.oldest
def test_distributions_sum_to_one_and_agree_with_the_topic(themed):
    rows = themed.rows("document_topics")
    assert len(rows) == len(THEMED)
    for row in rows:
        shares = json.loads(row["topic_distribution"])
        assert sum(shares) == pytest.approx(1, abs=1e-9)
        assert shares[int(row["topic_id"])] == max(shares) == float(row["topic_probability"])
        assert row["topic_status"] == "ok"


@pytest.mark.oldest
def test_topics_and_terms_hold_what_their_columns_promise(themed):
    topics, terms = themed.rows("topics"), themed.rows("topic_terms")
    assert [int(topic["topic_id"]) for topic in topics] == list(range(len(topics)))
    assert sum(int(topic["n_documents"]) for topic in topics) == 60
    assert sum(float(topic["document_share"]) for topic in topics) == pytest.approx(1)
    assert sum(float(topic["token_share"]) for topic in topics) == pytest.approx(1)
    for topic in topics:
        own = [term for term in terms if term["topic_id"] == topic["topic_id"]]
        assert [int(term["rank"]) for term in own] == list(range(1, len(own) + 1))
        assert {representative["row_key"][0] for representative in json.loads(topic["representative_documents"])} == {
            "d"
        }
        assert set(topic["label"].split(", ")) <= {term["term"] for term in own[:10]}


def test_the_manifest_has_the_languages_of_the_texts_and_the_number_of_words(themed):
    manifest = json.loads(themed.model_files("model")["manifest.json"])
    assert manifest["languages"] == {"main": "en", "n_texts": {"en": 60}, "unsupported": {}}
    assert manifest["language"] == "en"
    corpus = manifest["corpus"]
    assert (corpus["n_docs"], corpus["n_words"], corpus["n_words_kept"], corpus["n_terms"]) == (60, 540, 540, 24)
    assert set(corpus["n_words_left_out"].values()) == {0}
    assert "words" not in manifest


def test_labels_in_both_datasets_are_the_same(themed):
    labels = {topic["topic_id"]: topic["label"] for topic in themed.rows("topics")}
    assert {row["topic_id"]: row["topic_label"] for row in themed.rows("document_topics")} == {
        topic_id: labels[topic_id] for topic_id in {row["topic_id"] for row in themed.rows("document_topics")}
    }


@pytest.mark.parametrize("engine", ["gsdmm", "lda_gensim", "lda_gibbs"])
def test_a_second_run_in_chunks_of_any_size_writes_the_same_bytes(instance, engine):
    instance.import_rows("documents", [{**row, "day": f"2020-01-{1 + i % 28:02}"} for i, row in enumerate(THEMED)])
    config = {"engine": engine, "n_topics": 3, "date_column": "day", "group_columns": ["day"], "share_columns": True}
    written = []
    for hash_seed, int_params, chunk_rows in (("1", "int", None), ("2", "float", 7)):
        if chunk_rows:
            instance.plugin = plugin_with_chunks(instance.folder / "plugin", ROOT, RECIPE, chunk_rows)
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
        options = ("--form-defaults", "--int-params", int_params)
        done = discover(instance, config, *options, environment=environment)
        assert done.returncode == 0, done.stderr
        files = instance.model_files("model")
        manifest = json.loads(files.pop("manifest.json"))
        assert manifest.pop("training_seconds") > 0
        tables = [instance.export_bytes(name) for name in ("document_topics", "topics", "topic_terms")]
        written.append((tables, files, manifest))
    assert written[1] == written[0]


def test_near_equal_texts_are_one_example_with_the_number_of_the_others(instance):
    rows = [
        *(f"RT the new metro line opens on Monday, trains every five minutes https://t.example/{i}" for i in range(40)),
        *(f"Dear Sir or Madam, ticket {1000 + i} about your invoice was closed. Kind regards" for i in range(40)),
        *(f"@user{i} The Museum of trams shows {i} wagons!" for i in range(30)),
        *("Metro staff plan a strike on the northern line", "Trains stop at the metro station every morning"),
    ]
    instance.import_rows("documents", [{"id": str(i), "text": text} for i, text in enumerate(rows)])
    done = discover(instance, {"n_topics": 3, "engine": "gsdmm", "min_documents": 1}, "--form-defaults")
    assert done.returncode == 0, done.stderr
    found = [
        document for topic in instance.rows("topics") for document in json.loads(topic["representative_documents"])
    ]
    of_copies = sorted((document["row_key"], document["n_similar"]) for document in found if "n_similar" in document)
    assert of_copies == [(0, 39), (40, 39), (80, 29)]
    assert len({document["excerpt"] for document in found}) == len(found) == 5


@pytest.mark.parametrize(
    ("engine", "n_topics", "rows"),
    [
        ("lda_gibbs", 50, THEMED),
        ("lda_gensim", 40, THEMED[:40]),  # equal topics, reported for gensim and JSAT
        (
            "lda_gibbs",
            20,
            [{"id": str(row), "text": THEMES[row % 2]} for row in range(20)],
        ),  # two texts, ten times each
    ],
)
def test_topics_without_documents_say_so_and_no_two_topics_share_a_label(instance, engine, n_topics, rows):
    instance.import_rows("documents", rows)
    done = discover(instance, {"n_topics": n_topics, "engine": engine}, "--form-defaults")
    assert done.returncode == 0, done.stderr
    topics = instance.rows("topics")
    assert len({topic["label"] for topic in topics}) == n_topics
    empty = [topic for topic in topics if topic["n_documents"] == "0"]
    assert [topic["label"] for topic in empty] == [f"Topic {topic['topic_id']} (no documents)" for topic in empty]
    assert len(empty) > 10
    assert {json.loads(topic["remarks"])[0] for topic in empty} == {"It is the main topic of no document."}


@pytest.mark.parametrize("engine", ["gsdmm", "lda_gibbs", "lda_gensim"])
def test_rows_in_another_order_have_the_same_topics(instance, engine):
    rows = [{"id": f"d{i}", "text": row["text"]} for i, row in enumerate(THEMED * 2)]
    rows[7]["text"] = rows[40]["text"] = ""
    config = {"engine": engine, "n_topics": 3, "n_iterations": 12, "id_column": "id", "normal_form": "stem"}
    written = {}
    for order in (rows, random.Random(4).sample(rows, len(rows))):
        instance.import_rows("documents", order)
        done = discover(instance, {**config, "phrases": "bigrams"}, "--form-defaults")
        assert done.returncode == 0, done.stderr
        documents = instance.rows("document_topics")
        assert [row["id"] for row in documents] == [row["id"] for row in order]
        files = instance.model_files("model")
        written[order[0]["id"]] = (
            sorted(map(tuple, (row.values() for row in documents))),
            instance.export_bytes("topic_terms"),
            [{name: topic[name] for name in topic if "documents" not in name} for topic in instance.rows("topics")],
            {name: files[name] for name in ("vocabulary.json", "model.npz", "correlations.json")},
        )
    first, second = written.values()
    assert first == second


ODD_TEXTS = {
    "empty": "",
    "blank": "  \t ",
    "stop words": "the of and",
    "emoji": "🎉🎉👩‍👩‍👧",
    "html": "<script>alert('gold')</script><b>navy</b> battle &amp; fleet",
    "formula": "=1+1 gold silver bank",
    "rtl": "שלום עולם gold",
    "word NA": "NA",
    "huge": "army navy battle " * 60_000,
    "quotes and lines": 'gold "silver"\r\nbank, coin\n',
}


@pytest.mark.oldest
def test_odd_texts_come_out_as_they_went_in_each_with_a_status(instance):
    rows = [{"kind": kind, "text": text} for kind, text in ODD_TEXTS.items()]
    rows += [{"kind": "plain", "text": row["text"]} for row in THEMED]
    instance.import_rows("documents", rows)
    done = discover(instance, {"n_topics": 5}, "--form-defaults")
    assert done.returncode == 0, done.stderr
    written = instance.rows("document_topics")
    assert [row["kind"] for row in written] == [row["kind"] for row in rows]
    by_kind = {row["kind"]: row for row in written}
    kept = [kind for kind in ODD_TEXTS if kind != "blank"]
    assert {kind: by_kind[kind]["text"] for kind in kept} == {kind: ODD_TEXTS[kind] for kind in kept}
    statuses = {kind: by_kind[kind]["topic_status"] for kind in ODD_TEXTS}
    assert statuses["empty"] == statuses["blank"] == "empty text"
    assert statuses["stop words"] == statuses["emoji"] == "no known term"
    assert {statuses[kind] for kind in ("html", "formula", "huge", "quotes and lines")} == {"ok"}
    assert by_kind["empty"]["topic_id"] == by_kind["empty"]["topic_distribution"] == ""


@pytest.mark.oldest
def test_columns_of_every_type_come_out_as_they_went_in(instance):
    types = {"code": "string", "n": "bigint", "share": "double", "flag": "boolean", "day": "date", "text": "string"}
    odd = {"code": "00123", "n": "", "share": "", "flag": "", "day": ""}
    full = {"code": "NA", "n": 9007199254740993, "share": 0.1, "flag": "true", "day": "2020-12-31T00:00:00.101Z"}
    rows = [{**(odd if i % 2 else full), "text": row["text"]} for i, row in enumerate(THEMED)]
    instance.import_rows("documents", rows, types)
    done = discover(instance, {"n_topics": 3}, "--form-defaults")
    assert done.returncode == 0, done.stderr
    written = instance.rows("document_topics")
    assert {name: written[0][name] for name in odd} == {name: str(value) for name, value in full.items()}
    assert {name: written[1][name] for name in odd} == odd


@pytest.mark.oldest
def test_real_numbers_keep_their_last_digit(instance):
    draw = random.Random(5)
    numbers = [repr(draw.random() * 10 ** draw.randint(-12, 12)) for _ in THEMED]
    rows = [{"number": number, "text": row["text"]} for number, row in zip(numbers, THEMED)]
    instance.import_rows("documents", rows, {"number": "double"})
    done = discover(instance, {"n_topics": 3}, "--form-defaults")
    assert done.returncode == 0, done.stderr
    assert [float(row["number"]) for row in instance.rows("document_topics")] == [float(number) for number in numbers]


@pytest.mark.oldest
def test_an_existing_column_topic_id_is_kept(instance):
    instance.import_rows(
        "documents", [{"topic_id": f"mine{i}", "Topic_Label": "x", **row} for i, row in enumerate(THEMED)]
    )
    done = discover(instance, {"n_topics": 3}, "--form-defaults")
    assert done.returncode == 0, done.stderr
    first = instance.rows("document_topics")[0]
    assert first["topic_id"] == "mine0"
    assert first["topic_id_1"] in {"0", "1", "2"}
    assert first["topic_label_1"]


@pytest.mark.oldest
def test_stop_words_of_the_dataset_are_in_no_topic(instance):
    instance.import_rows("documents", THEMED)
    instance.import_rows("words", [{"word": "gold", "note": "a"}, {"word": "Navy", "note": "b"}])
    done = discover(instance, {"n_topics": 3, "extra_stop_words": ["coin"]}, "--form-defaults", stop_words="words")
    assert done.returncode == 0, done.stderr
    terms = {row["term"] for row in instance.rows("topic_terms")}
    assert "silver" in terms
    assert not terms & {"gold", "navy"}
    manifest = json.loads(instance.model_files("model")["manifest.json"])
    assert manifest["settings"]["extra_stop_words"] == ["coin"]
    assert manifest["preparation"]["extra_stop_words"] == ["coin", "gold", "Navy"]
    assert "coin" not in terms


@pytest.mark.parametrize(
    ("rows", "config", "sentence"),
    [
        ([], {}, "The dataset LOCAL.documents has no rows"),
        ([{"text": ""}] * 3, {}, "None of the 3 documents has a word left"),
        (
            [{"text": "army navy"}] * 3,
            {"engine": "lda_gensim", "n_topics": 5},
            "documents that contain a known word: 3",
        ),
        # Topics without a term, reported for TACIT.
        (THEMED[:40], {"engine": "lda_gibbs", "n_topics": 1000}, "documents that contain a known word: 40"),
    ],
)
@pytest.mark.oldest
def test_data_that_cannot_serve_end_in_one_clear_sentence(instance, rows, config, sentence):
    instance.import_rows("documents", rows, {"text": "string"})
    done = discover(instance, {"n_topics": 3, **config}, "--form-defaults")
    assert done.returncode == 1
    last_line = done.stderr.strip().splitlines()[-1]
    assert "text_explorer.errors.DataError" in last_line
    assert sentence in last_line


@pytest.mark.oldest
def test_one_row_is_one_topic(instance):
    instance.import_rows("documents", [{"text": "army navy battle"}])
    done = discover(instance, {}, "--form-defaults")
    assert done.returncode == 0, done.stderr
    assert [(row["topic_id"], row["topic_status"]) for row in instance.rows("document_topics")] == [("0", "ok")]


def test_the_form_refuses_a_missing_column_by_its_label(instance):
    instance.import_rows("documents", THEMED)
    done = instance.run(RECIPE, {"documents": "documents"}, OUTPUTS, {"text_column": "gone"}, "--form-defaults")
    assert done.returncode == 2
    assert "Text column" in done.stderr


DATED = [
    {**row, "day": f"2020-0{1 + i // 20}-15", "team": "red" if i % 3 == 0 else "blue", "word": "x"}
    for i, row in enumerate(THEMED)
]


@pytest.fixture(scope="module")
def described(shared_instance):
    """Three seeded or unseeded themes with dates and groups, and a column for each share."""
    shared_instance.import_rows("documents", DATED)
    seeds = [("Money", "gold", ""), ("Money", "SILVER", "2"), ("Money", "unheard", ""), ("War", "navy", "1")]
    shared_instance.import_rows("seeds", [dict(zip(("topic", "term", "weight"), row)) for row in seeds])
    config = {
        "engine": "lda_gibbs", "n_topics": 3, "id_column": "id", "share_columns": True,
        "date_column": "day", "group_columns": ["team", "word"],
    }  # fmt: skip
    done = discover(shared_instance, config, "--form-defaults", seed_terms="seeds")
    assert done.returncode == 0, done.stderr
    return SimpleNamespace(instance=shared_instance, log=done.stderr + done.stdout)


def test_seeded_topics_carry_their_name_and_hold_their_theme(described):
    labels = {row["label"]: row["topic_id"] for row in described.instance.rows("topics")}
    assert {"Money", "War"} < set(labels)
    rows = described.instance.rows("document_topics")
    assert [row["topic_label"] for row in rows[:2]] == ["War", "Money"]
    manifest = json.loads(described.instance.model_files("model")["manifest.json"])
    money, war = manifest["seeded_topics"]
    assert (money["name"], str(money["topic_id"])) == ("Money", labels["Money"])
    assert [seed["term_in_corpus"] for seed in money["seeds"]] == ["gold", "silver", None]
    assert war["seeds"][0]["rank"] <= 3
    assert manifest["topic_labels"][int(labels["War"])] == "War"


def test_the_log_reports_unknown_seeds_and_the_final_seeded_topics(described):
    assert "Seed terms of 'Money' that are not terms of the corpus: unheard." in described.log
    assert "'War' is topic " in described.log


@pytest.mark.oldest
def test_shares_stand_in_columns_of_their_own_when_asked_for(described):
    rows = described.instance.rows("document_topics")
    assert len(rows) == 60
    for row in rows:
        shares = json.loads(row["topic_distribution"])
        assert [float(row[f"topic_share_{topic}"]) for topic in range(3)] == pytest.approx(shares, abs=2e-6)


def test_topics_have_quality_and_map_coordinates(described):
    topics = described.instance.rows("topics")
    assert len(topics) == 3
    for topic in topics:
        assert -1 <= float(topic["coherence_npmi"]) <= 1
        assert 0 <= float(topic["coherence_cv"]) <= 1
        assert max(abs(float(topic["map_x"])), abs(float(topic["map_y"]))) <= 1
        assert topic["parent"] == ""  # models of fewer than six topics have no super-topics
        assert 1 <= float(topic["effective_documents"]) <= 60
        assert isinstance(json.loads(topic["remarks"]), list)
        assert isinstance(json.loads(topic["borderline_documents"]), list)
    quality = json.loads(described.instance.model_files("model")["manifest.json"])["quality"]
    assert quality["coherence_npmi"] == pytest.approx(sum(float(row["coherence_npmi"]) for row in topics) / 3)
    assert 0 <= quality["map_stress"] < 0.1


def test_each_row_of_terms_has_the_saliency_of_its_term(described):
    rows = described.instance.rows("topic_terms")
    saliency = {row["term"]: float(row["saliency"]) for row in rows}
    assert [float(row["saliency"]) for row in rows] == [saliency[row["term"]] for row in rows]
    assert min(saliency.values()) >= 0


@pytest.mark.oldest
def test_topics_are_counted_by_period(described):
    by_period = json.loads(described.instance.model_files("model")["topics_by_period.json"])
    assert by_period["date_column"] == "day"
    n_documents = dict(zip(by_period["period"], by_period["n_documents"]))
    assert n_documents["2020-01-13"] == n_documents["2020-02-10"] == n_documents["2020-03-09"] == 20
    assert sum(n_documents.values()) == 60
    assert by_period["granularity"] == "week"


@pytest.mark.oldest
@pytest.mark.parametrize("column_type", ["string", "bigint", "double"])
def test_a_column_of_years_makes_periods_of_years(instance, column_type):
    years = [str(1990 + i % 30) for i in range(58)]
    unknown = ["unknown", "unknown"] if column_type == "string" else ["", ""]
    rows = [{**row, "year": year} for row, year in zip(THEMED, [*years, *unknown])]
    instance.import_rows("documents", rows, types={"year": column_type})
    done = discover(instance, {"n_topics": 3, "date_column": "year"}, "--form-defaults")
    assert done.returncode == 0, done.stderr
    by_period = json.loads(instance.model_files("model")["topics_by_period.json"])
    assert (by_period["granularity"], sum(by_period["n_documents"])) == ("year", 3 * 58)  # once for each topic
    assert list(dict.fromkeys(by_period["period"])) == [f"{year}-01-01" for year in range(1990, 2020)]
    remark = "2 dates could not be read; the commonest: 'unknown' (2)."
    assert (remark in done.stderr + done.stdout) == (column_type == "string")


@pytest.mark.oldest
def test_topics_are_counted_by_group(described):
    by_group = json.loads(described.instance.model_files("model")["topics_by_group.json"])
    places = zip(by_group["group_column"], by_group["group_value"], by_group["topic_id"])
    shares = dict(zip(places, by_group["document_share"]))
    war = next(int(row["topic_id"]) for row in described.instance.rows("topics") if row["label"] == "War")
    assert shares["team", "red", war] == 1.0
    assert {column for column, _, _ in shares} == {"team", "word"}


def test_correlations_of_three_topics_are_none_and_not_nan(described):
    correlations = json.loads(described.instance.model_files("model")["correlations.json"])
    assert correlations["correlations"] == [[None] * 3] * 3
    assert correlations["n_documents"] == 60


def test_counts_of_an_earlier_run_go_when_their_columns_are_no_longer_named(instance):
    instance.import_rows("documents", DATED)
    assert discover(instance, {"n_topics": 3, "date_column": "day"}, "--form-defaults").returncode == 0
    assert "topics_by_period.json" in instance.model_files("model")
    assert discover(instance, {"n_topics": 3, "group_columns": ["team"]}, "--form-defaults").returncode == 0
    files = instance.model_files("model")
    assert "topics_by_period.json" not in files
    assert "topics_by_group.json" in files


@pytest.mark.parametrize(
    ("seeds", "sentences"),
    [
        (
            [{"topic": "", "term": "gold"}, {"topic": "A", "term": ""}],
            ["Row 1 of the seed terms has no topic name", "Row 2"],
        ),
        (
            [{"topic": name, "term": "gold"} for name in "ABCD"],
            ["The seed terms name 4 topics, but 'Number of topics' is 3"],
        ),
        ([{"topic": "A"}], ["The dataset of seed terms LOCAL.seeds must have at least two columns"]),
    ],
)
def test_seed_terms_that_cannot_be_used_are_refused_before_any_work(instance, seeds, sentences):
    instance.import_rows("documents", THEMED)
    instance.import_rows("seeds", seeds)
    done = discover(instance, {"n_topics": 3}, "--form-defaults", seed_terms="seeds")
    assert done.returncode == 1
    last_line = done.stderr.strip().splitlines()[-1]
    assert [sentence for sentence in sentences if sentence not in last_line] == []
    assert "iteration" not in done.stderr


def test_words_in_most_topics_are_proposed_as_stop_words_in_one_line_of_the_log(instance):
    rows = [{"text": row["text"] + (" flight" if i % 5 < 2 else "")} for i, row in enumerate(THEMED)]
    instance.import_rows("documents", rows)
    done = discover(instance, {"engine": "gsdmm", "n_topics": 8}, "--form-defaults")
    assert done.returncode == 0, done.stderr
    (line,) = [line for line in done.stderr.splitlines() if "may be stop words" in line]
    assert "1 word may be stop words: flight (in 3 of 3 topics). Add those that say nothing" in line
