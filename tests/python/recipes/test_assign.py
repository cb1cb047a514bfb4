"""Assign topics, run as DSS would run it, on models whose topics are known by construction."""

import json
import os
import random
from datetime import datetime, timezone

import pytest

from tests.python.conftest import ROOT
from tests.python.recipes.model_folders import import_folder, plugin_with_chunks
from tests.python.unit.topics.forged_folders import expected, forged
from tests.python.unit.topics.theme_models import THEMES, model_id_of, theme_files
from text_explorer.columns import names_of, schema_of
from text_explorer.corpus.words.preparation import Preparation
from text_explorer.topics.assignment.columns import ASSIGNED_TOPICS, DRIFT
from text_explorer.topics.edits.edit_log import EditLog, new_edit_file
from text_explorer.topics.edits.moves import digest_of

RECIPE = "text-explorer-assign"
ENGINES = ("gsdmm", "lda_gibbs", "lda_gensim")
NOON = datetime(2026, 1, 31, 12, tzinfo=timezone.utc)
EDITS = (
    {"topic_id": 0, "label": "Defence"},
    {"topic_id": 1, "label": "Finance", "note": "ask Bo"},
    {"topic_id": 5, "merged_into": 4},
    {"topic_id": 4, "merged_into": 0},
    {"topic_id": 3, "hidden": True},
)
DOCUMENTS = [
    *({"id": theme, "text": f"The {words} of {words}"} for theme, words in THEMES.items()),
    {"id": "half known", "text": "an army of zebras"},
    {"id": "unknown", "text": "zebras and giraffes"},
    {"id": "stop words", "text": "the of and"},
    {"id": "empty", "text": ""},
]
# id: topic, label, status, the model's own topic, share of unknown words
EXPECTED = {
    "war": ("0", "Defence", "ok", "0", 0.0),
    "money": ("1", "Finance", "ok", "1", 0.0),
    "school": ("2", "school", "ok", "2", 0.0),
    "law": ("", "", "hidden topic", "3", 0.0),
    "sea": ("0", "Defence", "ok", "4", 0.0),
    "food": ("0", "Defence", "ok", "5", 0.0),
    "half known": ("0", "Defence", "ok", "0", 0.5),
    "unknown": ("", "", "no known term", "", 1.0),
    "stop words": ("", "", "no known term", "", None),
    "empty": ("", "", "empty text", "", None),
}


def assign(instance, config=None, *options, model="model", documents="documents", environment=None):
    outputs = {"document_topics": "assigned", "drift": "drift"}
    settings = {"text_column": "text", **(config or {})}
    inputs = {"documents": documents, "model": model}
    return instance.run(RECIPE, inputs, outputs, settings, "--form-defaults", *options, environment=environment)


def rows_of(instance, *arguments, **options):
    done = assign(instance, *arguments, **options)
    assert done.returncode == 0, done.stderr
    return instance.rows("assigned")


def with_edits(files, *changes, model_id=None):
    path, content = new_edit_file(
        changes, EditLog(model_id or model_id_of(files)), len(THEMES), author="ann", written=NOON, token="0" * 32
    )
    return {**files, path: content}


def traced(row):
    share = float(row["unknown_word_share"]) if row["unknown_word_share"] else None
    return (row["topic_id"], row["topic_label"], row["topic_status"], row["model_topic_id"], share)


@pytest.fixture(scope="module")
def edited(shared_instance):
    """Edited models of every engine, in folders named by them, and documents of every kind."""
    shared_instance.import_rows("documents", DOCUMENTS)
    for engine in ENGINES:
        files = theme_files(engine)
        import_folder(shared_instance, engine, with_edits(files, *EDITS))
    return shared_instance


@pytest.mark.parametrize("engine", ENGINES)
def test_renamed_merged_and_hidden_topics_reach_every_row(edited, engine):
    rows = rows_of(edited, model=engine)
    assert [(row["id"], row["text"]) for row in rows] == [(row["id"], row["text"]) for row in DOCUMENTS]
    assert {row["id"]: traced(row) for row in rows} == EXPECTED


@pytest.mark.parametrize("engine", ENGINES)
def test_probabilities_and_distributions_agree_with_the_topics(edited, engine):
    rows = [row for row in rows_of(edited, model=engine) if row["model_topic_id"]]
    assert len(rows) == 7
    for row in rows:
        shares = json.loads(row["topic_distribution"])
        assert sum(shares) == pytest.approx(1, abs=1e-9)
        assert shares[int(row["model_topic_id"])] == max(shares)
        together = shares[0] + shares[4] + shares[5] if row["topic_id"] == "0" else max(shares)
        assert float(row["topic_probability"]) == pytest.approx(together, abs=2e-6)


def test_switched_off_the_topics_are_those_of_training(edited):
    rows = {row["id"]: row for row in rows_of(edited, {"apply_edits": False}, model="gsdmm")}
    for topic, theme in enumerate(THEMES):
        assert traced(rows[theme]) == (str(topic), theme, "ok", str(topic), 0.0)


def test_columns_carry_their_descriptions_and_types(edited):
    rows_of(edited, model="gsdmm")
    folder = edited.home / "projects" / "LOCAL" / "datasets"
    for name, described in (("assigned", ASSIGNED_TOPICS), ("drift", DRIFT)):
        schema = next(path for path in (folder / name).rglob("*.json") if "columns" in path.read_text("utf-8"))
        columns = json.loads(schema.read_text("utf-8"))
        written = columns.get("columns") or columns["schema"]["columns"]
        assert [column for column in written if column["name"] in names_of(described)] == schema_of(described)


def test_the_threshold_leaves_out_documents_of_several_topics(instance):
    texts = ["army navy battle soldier army navy", "army gold", "army army army gold whale"]
    instance.import_rows("documents", [{"text": text} for text in texts])
    import_folder(instance, "model", theme_files("lda_gibbs"))
    rows = rows_of(instance, {"threshold": 0.7})
    assert [row["topic_status"] for row in rows] == ["ok", "below threshold", "below threshold"]
    assert [row["topic_id"] for row in rows] == ["0", "", ""]
    assert [row["model_topic_id"] for row in rows] == ["0", "0", "0"]
    assert [float(row["topic_probability"]) < 0.7 for row in rows] == [False, True, True]


def test_two_runs_any_chunk_size_and_any_hash_seed_write_the_same_bytes(edited, tmp_path):
    written = []
    for hash_seed, chunk_rows in (("1", None), ("2", 1), ("3", 3)):
        if chunk_rows:
            edited.plugin = plugin_with_chunks(tmp_path / str(chunk_rows), ROOT, RECIPE, chunk_rows)
        done = assign(edited, model="lda_gensim", environment={**os.environ, "PYTHONHASHSEED": hash_seed})
        edited.plugin = ROOT
        assert done.returncode == 0, done.stderr
        written.append((edited.export_bytes("assigned"), edited.export_bytes("drift")))
    assert written[1:] == written[:1] * 2


def test_results_do_not_depend_on_row_order(instance):
    generator = random.Random(3)
    words = [*" ".join(THEMES.values()).split(), "zebra", "der", "und"]
    rows = [{"id": f"d{i}", "text": " ".join(generator.choices(words, k=6))} for i in range(200)]
    shuffled = generator.sample(rows, len(rows))
    import_folder(instance, "model", theme_files("lda_gibbs", language="auto"))
    written, drift = {}, []
    for order in (rows, shuffled):
        instance.import_rows("documents", order)
        written[order[0]["id"]] = rows_of(instance)
        drift.append(instance.export_bytes("drift"))
    first, second = written.values()
    assert [row["id"] for row in second] == [row["id"] for row in shuffled]
    assert sorted(first, key=lambda row: row["id"]) == sorted(second, key=lambda row: row["id"])
    assert drift[0] == drift[1]


@pytest.mark.oldest
def test_a_known_shift_is_in_the_drift_dataset_and_in_the_log(instance):
    training = [words for words in THEMES.values() for _ in range(50)]
    import_folder(instance, "model", theme_files(texts_of_training=training))
    now = [words for theme, words in THEMES.items() for _ in range({"war": 0, "money": 100}.get(theme, 50))]
    instance.import_rows("documents", [{"text": f"{text} zebra"} for text in now] + [{"text": "zebra"}] * 100)
    done = assign(instance)
    assert done.returncode == 0, done.stderr
    overall, *topics = instance.rows("drift")
    assert (overall["topic_label"], overall["n_rows_training"], overall["n_rows_now"]) == ("all topics", "300", "400")
    assert (overall["no_topic_share_training"], overall["no_topic_share_now"]) == ("0.0", "0.25")
    assert (float(overall["unknown_word_share_training"]), float(overall["unknown_word_share_now"])) == (0, 0.25)
    assert [row["topic_label"] for row in topics] == list(THEMES)
    assert [int(row["n_documents_now"]) for row in topics] == [0, 100, 50, 50, 50, 50]
    assert float(topics[0]["difference"]) == -float(topics[1]["difference"]) == pytest.approx(-1 / 6, abs=1e-6)
    assert float(topics[0]["difference_high"]) < 0 < float(topics[1]["difference_low"])
    assert float(topics[2]["difference_low"]) < 0 < float(topics[2]["difference_high"])
    assert "differs by more than chance: 2 of 6" in done.stderr
    assert "most of all 0 (war) 16.7% -> 0.0%; 1 (money) 16.7% -> 33.3%" in done.stderr


@pytest.mark.oldest
def test_a_day_without_documents_writes_no_row_all_columns_and_a_warning(instance):
    instance.import_rows("documents", [], {"text": "string"})
    import_folder(instance, "model", theme_files())
    done = assign(instance)
    assert done.returncode == 0, done.stderr
    assert "the dataset LOCAL.documents has no rows in what this run reads" in done.stderr
    header = ",".join(["text", *names_of(ASSIGNED_TOPICS)])
    assert instance.export_bytes("assigned").decode("utf-8").strip() == header
    assert instance.rows("drift")[0]["n_rows_now"] == "0"


ODD_TEXTS = {
    "blank": "  \t ",
    "emoji": "🎉🎉👩‍👩‍👧",
    "html": "<script>alert('gold')</script><b>navy</b> battle &amp; army",
    "formula": "=1+1 gold silver bank",
    "rtl": "שלום עולם gold",
    "word NA": "NA",
    "huge": "army navy battle " * 60_000,
    "quotes and lines": 'gold "silver"\r\nbank, coin\n',
    "number": "00123",
}


@pytest.mark.oldest
def test_odd_texts_come_out_as_they_went_in_each_with_a_status(instance):
    rows = [{"kind": kind, "code": "00123", "n": i, "text": text} for i, (kind, text) in enumerate(ODD_TEXTS.items())]
    rows[0]["n"] = ""
    instance.import_rows("documents", rows, {"n": "bigint"})
    import_folder(instance, "model", theme_files(language="auto"))
    written = {row["kind"]: row for row in rows_of(instance)}
    assert list(written) == list(ODD_TEXTS)
    kept = [kind for kind in ODD_TEXTS if kind != "blank"]
    assert {kind: written[kind]["text"] for kind in kept} == {kind: ODD_TEXTS[kind] for kind in kept}
    assert [(row["code"], row["n"]) for row in written.values()] == [("00123", str(row["n"])) for row in rows]
    topics = {kind: row["topic_label"] or row["topic_status"] for kind, row in written.items()}
    assert topics == {
        "blank": "empty text", "emoji": "no known term", "html": "war", "formula": "money", "rtl": "money",
        "word NA": "no known term", "huge": "war", "quotes and lines": "money", "number": "no known term",
    }  # fmt: skip


@pytest.mark.oldest
def test_columns_of_the_input_keep_their_names_and_ours_get_a_suffix(instance):
    instance.import_rows("documents", [{"topic_id": "mine", "Unknown_Word_Share": "x", "text": "army"}])
    import_folder(instance, "model", theme_files())
    (row,) = rows_of(instance)
    assert (row["topic_id"], row["topic_id_1"], row["unknown_word_share_1"]) == ("mine", "0", "0.0")


def test_texts_are_read_as_at_training_stems_phrases_and_own_stop_words_included(instance):
    preparation = Preparation(
        normal_form="stem", max_document_share=1.0, min_documents=1, extra_stop_words=("ACME",), fold_accents=True
    )
    import_folder(instance, "model", theme_files(preparation=preparation))
    instance.import_rows("documents", [{"text": "ACME Ârmies BATTLES"}])
    (row,) = rows_of(instance)
    assert (row["topic_label"], row["unknown_word_share"]) == ("war", "0.0")


@pytest.mark.oldest
def test_the_language_column_decides_where_it_names_a_language(instance):
    # "die" is a stop word in German and none in English.
    rows = [{"code": "de", "text": "die army"}, {"code": "en", "text": "die army"}, {"code": "", "text": "die army"}]
    instance.import_rows("documents", rows)
    import_folder(instance, "model", theme_files())
    written = rows_of(instance, {"language_column": "code"})
    assert [float(row["unknown_word_share"]) for row in written] == [0.0, 0.5, 0.5]
    in_german = rows_of(instance, {"language": "de"})
    assert [float(row["unknown_word_share"]) for row in in_german] == [0.0, 0.0, 0.0]


def test_edits_of_another_model_are_named_in_the_log_and_not_applied(instance):
    instance.import_rows("documents", [{"text": "army"}])
    import_folder(instance, "model", with_edits(theme_files(), {"topic_id": 0, "label": "x"}, model_id="f" * 32))
    done = assign(instance)
    assert done.returncode == 0, done.stderr
    assert f"holds 1 edits of another model's topics ({'f' * 32}; this one is" in done.stderr
    assert instance.rows("assigned")[0]["topic_label"] == "war"


def test_sub_topics_and_moved_documents_reach_the_rows(instance):
    parts = [
        {"label": "land", "share": 0.5, "probabilities": [0.9, 0.1]},
        {"label": "water", "share": 0.5, "probabilities": [0.1, 0.9]},
    ]
    by_id = {"id_column": "id", "key": "b", "digest": digest_of("gold").hex()}
    by_text = {"id_column": None, "key": None, "digest": digest_of("zebras").hex()}
    changes = (
        {"topic_id": 0, "split": {"terms": ["army", "navy"], "parts": parts}},
        {"topic_id": 3, "documents": [by_id, by_text]},
    )
    texts = [("a", "the army"), ("a", "the navy"), ("b", "gold"), ("c", "gold"), ("d", "zebras"), ("e", "giraffes")]
    instance.import_rows("documents", [{"id": name, "text": text} for name, text in texts])
    import_folder(instance, "model", with_edits(theme_files(), *changes))
    rows = rows_of(instance, {"threshold": 0.6})
    assert [(row["topic_id"], row["topic_label"], row["topic_status"]) for row in rows] == [
        ("6", "land", "ok"),
        ("7", "water", "ok"),
        ("3", "law", "ok"),
        ("1", "money", "ok"),
        ("3", "law", "ok"),
        ("", "", "no known term"),
    ]
    assert [row["model_topic_id"] for row in rows] == ["0", "0", "1", "1", "", ""]
    assert len(instance.rows("drift")) == 1 + len(THEMES)


def test_edits_of_unknown_topics_are_reported_and_other_edits_apply(instance):
    instance.import_rows("documents", [{"text": "army"}])
    files = theme_files()
    path, content = new_edit_file(
        [{"topic_id": 9, "hidden": True}, {"topic_id": 0, "label": "Defence"}],
        EditLog(model_id_of(files)), 10, author="ann", written=NOON,
    )  # fmt: skip
    import_folder(instance, "model", {**files, path: content})
    done = assign(instance)
    assert done.returncode == 0, done.stderr
    assert "an edit is ignored. Topic 9 cannot be edited: the model has topics 0 to 5" in done.stderr
    assert instance.rows("assigned")[0]["topic_label"] == "Defence"


EDIT_FILE = f"edits/20260131T120000000000Z-{'0' * 32}.json"
FILES = theme_files()
LEFT = {path: content for path, content in FILES.items() if path != "manifest.json"}
BEING_WRITTEN = "'Discover topics' is writing it, or a run was interrupted"
FORGED = ("bomb of another shape", "nested vocabulary", "engine of two lines", "cut manifest")
REFUSED = {
    **{name.replace(" ", "-"): (forged(name), expected(name)[1]) for name in FORGED},
    "half-written": ({**LEFT, "being-written.json": b"{}", "manifest.json": b'{"format'}, BEING_WRITTEN),
    "of-two-models": ({**FILES, "manifest.json": theme_files("lda_gibbs")["manifest.json"]}, "alpha is missing"),
    "huge-edits": ({**FILES, EDIT_FILE: b"[" + b"0," * 2**24}, "larger than 24 MB"),
    "foreign": ({"readme.txt": b"x"}, "has no complete model (manifest.json is missing)"),
    "cut": ({**FILES, "model.npz": FILES["model.npz"][:-40]}, "The model folder's model.npz is damaged"),
    "newer": ({**FILES, "manifest.json": b'{"format_version": 99}'}, "in format 99; this version reads up to format 2"),
    "damaged-edits": ({**FILES, EDIT_FILE: b"{"}, f"The topic edits in {EDIT_FILE} of the model folder are damaged"),
}


@pytest.mark.parametrize("folder", REFUSED)
def test_a_folder_that_is_no_whole_model_is_refused_in_one_sentence_before_a_row_is_written(shared_instance, folder):
    files, sentence = REFUSED[folder]
    shared_instance.import_rows("one_document", [{"text": "army"}])
    import_folder(shared_instance, folder, files)
    done = shared_instance.run(
        RECIPE, {"documents": "one_document", "model": folder}, {"document_topics": f"of_{folder}"},
        {"text_column": "text"},
    )  # fmt: skip
    assert done.returncode == 1
    last_line = done.stderr.strip().splitlines()[-1]
    assert "text_explorer.errors.DataError" in last_line
    assert sentence in last_line
    assert shared_instance.call("export", "--home", str(shared_instance.home), f"of_{folder}", "x.csv").returncode != 0


def test_forged_texts_make_no_lines_of_the_log_and_no_rows(instance):
    instance.import_rows("documents", [{"text": "army"}, {"text": "gold"}])
    files = theme_files()
    manifest = json.loads(files["manifest.json"])
    manifest["topic_labels"][0] = "war\nERROR forged label\u202e"
    path, content = with_edits(files, {"topic_id": 1, "note": "x"}, {"topic_id": 1, "label": "Finance"}).popitem()
    content = content.replace(b'"topic_id": 1', b'"topic_id": 9', 1)
    entries = json.loads(content)
    for entry in entries["edits"]:
        entry["author"] = "ann\nERROR forged author\x1b[2J"
    entries["edits"][1]["label"] = "Fin\u202eance"
    files |= {"manifest.json": json.dumps(manifest).encode(), path: json.dumps(entries).encode()}
    import_folder(instance, "model", files)
    done = assign(instance)
    assert done.returncode == 0, done.stderr
    assert [row["topic_label"] for row in instance.rows("assigned")] == ["war ERROR forged label", "Finance"]
    assert "ann ERROR forged author" in done.stderr
    assert [line for line in done.stderr.splitlines() if line.startswith("ERROR")] == []
    assert "\x1b" not in done.stderr


def test_damaged_edits_do_not_stop_those_who_switch_them_off(shared_instance):
    shared_instance.import_rows("one_document", [{"text": "army"}])
    import_folder(shared_instance, "switched-off", REFUSED["damaged-edits"][0])
    done = assign(shared_instance, {"apply_edits": False}, model="switched-off", documents="one_document")
    assert done.returncode == 0, done.stderr


def test_the_model_folder_is_left_as_it_is(edited):
    before = edited.model_files("gsdmm")
    rows_of(edited, model="gsdmm")
    assert edited.model_files("gsdmm") == before
    assert [path for path in before if path.startswith("edits/")]


def test_the_drift_dataset_is_optional(edited):
    done = edited.run(
        RECIPE, {"documents": "documents", "model": "gsdmm"}, {"document_topics": "alone"}, {"text_column": "text"}
    )
    assert done.returncode == 0, done.stderr
    assert len(edited.rows("alone")) == len(DOCUMENTS)


def test_a_text_column_that_is_gone_is_refused_by_its_label(edited):
    done = assign(edited, {"text_column": "gone"}, model="gsdmm")
    assert done.returncode == 2
    assert "Text column" in done.stderr


def test_what_discover_topics_wrote_is_assigned_as_it_was_there(instance):
    generator = random.Random(5)
    themes = [words.split() for words in THEMES.values()]
    rows = [{"id": f"d{i}", "text": " ".join(generator.choices(themes[i % 6], k=8))} for i in range(120)]
    instance.import_rows("documents", rows)
    outputs = {name: name for name in ("document_topics", "topics", "topic_terms", "model")}
    config = {
        "text_column": "text", "engine": "lda_gibbs", "n_topics": 6, "phrases": "bigrams", "normal_form": "stem",
        "share_columns": True,
    }  # fmt: skip
    done = instance.run("text-explorer-topics", {"documents": "documents"}, outputs, config, "--form-defaults")
    assert done.returncode == 0, done.stderr
    assigned = rows_of(instance, {"share_columns": True})
    discovered = instance.rows("document_topics")
    assert "topic_share_5" in discovered[0]
    assert [{name: row[name] for name in discovered[0]} for row in assigned] == discovered
    manifest = json.loads(instance.model_files("model")["manifest.json"])
    assert manifest["training_profile"]["n_rows"] == sum(manifest["training_profile"]["topic_documents"]) == 120
    overall = instance.rows("drift")[0]
    assert (overall["jensen_shannon_distance"], overall["n_rows_training"]) == ("0.0", "120")
    assert overall["unknown_word_share_training"] == overall["unknown_word_share_now"]


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        (["", " ", ""], "all 3 texts in the column 'text' are empty: select another 'Text column'"),
        (["the of", "and", ""], "none of the 3 texts in the column 'text', read as English, has a word besides"),
        (["zebras and giraffes", "an army"], "1 of 2 rows have no word of the model and get no topic; of the "
         "3 words in the column 'text', read as English, the model lacks 2."),
    ],
)  # fmt: skip
def test_rows_without_a_topic_are_explained_in_the_log(instance, texts, sentence):
    import_folder(instance, "model", theme_files("gsdmm"))
    instance.import_rows("documents", [{"text": text} for text in texts], {"text": "string"})
    done = assign(instance, {"language": "en"})
    assert done.returncode == 0, done.stderr
    assert sentence in done.stderr
