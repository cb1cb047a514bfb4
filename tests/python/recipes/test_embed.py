"""Embed texts, run as DSS would run it, with models that answer well and in each way in which they fail."""

import json
import re

import numpy as np
import pytest

from tests.python.recipes.model_folders import import_folder

RECIPE = "text-explorer-embed"
TEXTS = ["gold and silver", "army and navy", "", "army and navy", "a harbour", "a whale"]
NAVY = "army and navy"


def model(name, *answers, behaviour="schema", **settings):
    purpose = ["TEXT_EMBEDDING_EXTRACTION"]
    named = {"id": f"fake:local:{name}", "friendlyName": name, "purpose": purpose}
    return {**named, "behaviour": behaviour, "answers": answers, **settings}


def sends(name, vector):
    """Return a model that sends a vector of its own for one of the texts."""
    return model(name, {"match": NAVY, "embedding": vector})


MODELS = [
    model("well"),
    model("blocks", {"match": NAVY, "errorMessage": "Forbidden <b>terms</b>\nwere found."}),
    sends("other length", [0.1, 0.2]),
    sends("NaN", [float("nan")] * 64),
    sends("zeros", [0.0] * 64),
    sends("words", ["gold"] * 64),
    sends("nothing", None),
    model("exact", {"match": NAVY, "embedding": [1 / 3, -1e-9, 2, 0.0]}, {"embedding": [1.0, 1e-40, 1e30, -7.0]}),
    *(model(name, behaviour=name, delay_s=0.1) for name in ("slow", "rate_limit", "partial", "refuse_pii")),
    *(model(name, behaviour=name) for name in ("quota", "html", "5xx", "wrong_count")),
    {"id": "fake:local:writer", "friendlyName": "writer"},
]


@pytest.fixture(scope="module")
def instance(shared_instance):
    shared_instance.import_rows("texts", [{"id": str(number), "text": text} for number, text in enumerate(TEXTS)])
    (shared_instance.home / "instance.json").write_text(json.dumps({"llms": MODELS}), "utf-8")
    return shared_instance


def run(instance, name, *, documents="texts", folder=None, **config):
    outputs = {"embedded": "embedded", **({"vectors": folder} if folder else {})}
    settings = {"text_column": "text", "embedding_model": f"fake:local:{name}", **config}
    return instance.run(RECIPE, {"documents": documents}, outputs, settings, "--form-defaults")


def embedded(instance, name, **options):
    done = run(instance, name, **options)
    assert done.returncode == 0, done.stderr
    return instance.rows("embedded"), done.stderr


def statuses(rows):
    return [row["embedding_status"] for row in rows]


def test_each_row_gets_the_embedding_of_its_text(instance):
    rows, log = embedded(instance, "well")
    assert list(rows[0]) == ["id", "text", "embedding", "embedding_model", "embedding_status", "embedding_reason"]
    assert [row["text"] for row in rows] == TEXTS
    assert statuses(rows) == ["ok", "ok", "empty text", "ok", "ok", "ok"]
    assert (rows[2]["embedding"], rows[2]["embedding_model"]) == ("", "")
    assert rows[0]["embedding_model"] == "fake:local:well"
    vector = np.array(json.loads(rows[0]["embedding"]))
    assert (len(vector), np.linalg.norm(vector)) == (64, pytest.approx(1.0))
    assert rows[1]["embedding"] == rows[3]["embedding"] != rows[0]["embedding"]
    assert "5 of 6 rows have an embedding (empty text 1, ok 5)" in log


def test_the_log_states_what_will_be_sent_before_the_first_text(instance):
    _, log = embedded(instance, "slow", texts_per_request=3)
    plan = "4 texts with about 16 tokens will be sent to fake:local:slow in 2 requests"
    assert "6 rows have 4 different texts, of which 0 have an embedding from an earlier run" in log
    assert log.index(plan) < log.index("4 texts sent in 2 requests")


def test_numbers_are_written_as_exactly_as_a_float32_holds_them(instance):
    rows, _ = embedded(instance, "exact")
    written = np.array(json.loads(rows[1]["embedding"]), dtype=np.float32)
    assert np.array_equal(written, np.array([1 / 3, -1e-9, 2, 0.0], dtype=np.float32))


@pytest.mark.parametrize(
    ("name", "status", "reason"),
    [
        ("blocks", "no answer", "Forbidden <b>terms</b> were found."),
        ("other length", "answer refused", "a vector of 2 numbers, while others have 64."),
        ("NaN", "answer refused", "cannot be used (with NaN or infinite numbers)"),
        ("zeros", "answer refused", "cannot be used (all zeros)"),
        ("words", "answer refused", "cannot be used (no JSON array of numbers)"),
        ("nothing", "no answer", "The model sent no vector."),
    ],
)
def test_a_text_that_fails_leaves_the_others_their_embeddings(instance, name, status, reason):
    rows, _ = embedded(instance, name)
    assert statuses(rows) == ["ok", status, "empty text", status, "ok", "ok"]
    assert reason in rows[1]["embedding_reason"]
    assert (rows[1]["embedding"], rows[1]["embedding_model"], rows[0]["embedding_reason"]) == ("", "", "")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("quota", "The cost quota of this connection is used up."),
        ("5xx", "The model is not available."),
        ("html", "502 Bad Gateway"),
        ("wrong_count", "The model did not send as many vectors as it was sent texts."),
    ],
)
def test_a_model_that_fails_never_fails_the_run(instance, name, reason):
    rows, log = embedded(instance, name, folder=f"failed_{name}")
    assert set(statuses(rows)) == {"no answer", "empty text"}
    assert reason in rows[0]["embedding_reason"]
    assert "no row has an embedding" in log
    report = json.loads(instance.model_files(f"failed_{name}")["embedding-report.json"])
    assert (report["texts_sent"], report["requests"], list(report["errors"].values())) == (12, 3, [12])


@pytest.mark.parametrize(("name", "n_sent"), [("rate_limit", 8), ("partial", 7)])
def test_texts_that_fail_are_sent_again_alone(instance, name, n_sent):
    rows, log = embedded(instance, name)
    assert set(statuses(rows)) == {"ok", "empty text"}
    assert f"{n_sent} texts sent in" in log


def test_a_guardrail_refuses_its_own_texts_alone(instance):
    instance.import_rows("mails", [{"text": "write to a.person@example.org"}, {"text": "a harbour"}])
    rows, _ = embedded(instance, "refuse_pii", documents="mails")
    assert statuses(rows) == ["no answer", "ok"]
    assert "personal information" in rows[0]["embedding_reason"]


@pytest.mark.parametrize(("overflow", "status"), [("TRUNCATE", "ok"), ("FAIL", "no answer")])
def test_a_long_text_is_cut_or_has_no_embedding(instance, overflow, status):
    instance.import_rows("long", [{"text": "word " * 600}, {"text": "short"}])
    rows, _ = embedded(instance, "well", documents="long", text_overflow=overflow)
    assert statuses(rows) == [status, "ok"]


def test_embeddings_that_are_kept_are_not_asked_for_again(instance):
    first, _ = embedded(instance, "well", folder="kept")
    files = instance.model_files("kept")
    again, log = embedded(instance, "well", folder="kept")
    assert again == first
    assert instance.model_files("kept") == files
    assert "of which 4 have an embedding from an earlier run" in log
    assert "0 texts sent in 0 requests" in log
    _, log = embedded(instance, "slow", folder="kept")
    assert "of which 0 have an embedding" in log  # those of another model are no help


def test_the_report_names_the_model_and_what_was_sent(instance):
    embedded(instance, "well", folder="reported")
    report = json.loads(instance.model_files("reported")["embedding-report.json"])
    assert (report["embedding_model"], report["n_numbers"]) == ("fake:local:well", 64)
    assert report["rows_by_status"] == {"ok": 5, "empty text": 1}
    assert (report["texts_sent"], report["requests"], report["tokens"]) == (4, 1, 16)
    assert report["texts_with_estimated_tokens"] == 4


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("cut", lambda content: content[:-1]),
        ("longer", lambda content: b"{}\n" + content),
        ("other", lambda content: b"[[["),
        ("empty", lambda content: b""),
    ],
)
def test_kept_files_that_are_damaged_are_named_and_embedded_again(instance, name, change):
    first, _ = embedded(instance, "well", folder="intact")
    files = instance.model_files("intact")
    (path,) = (path for path in files if path.endswith(".vectors"))
    import_folder(instance, f"damaged_{name}", {**files, path: change(files[path])})
    again, log = embedded(instance, "well", folder=f"damaged_{name}")
    assert again == first
    assert f"{path} cannot be used (it is damaged), so that its texts are embedded again." in log


def test_a_limit_of_texts_stops_the_run_with_what_it_has(instance):
    rows, log = embedded(instance, "well", folder="limited", max_texts=2)
    assert statuses(rows) == ["ok", "ok", "empty text", "ok", "not asked", "not asked"]
    assert rows[4]["embedding_reason"] == "Not sent, since the limit of 2 texts was reached."
    assert "no other text is sent: the limit of 2 texts was reached" in log
    rows, log = embedded(instance, "well", folder="limited", max_texts=2)
    assert statuses(rows) == ["ok", "ok", "empty text", "ok", "ok", "ok"]


def test_a_limit_of_tokens_stops_the_run_with_what_it_has(instance):
    instance.import_rows("wordy", [{"text": f"{number} " * 600} for number in range(3)])
    rows, _ = embedded(instance, "well", documents="wordy", max_tokens=1_000)
    assert statuses(rows) == ["ok", "ok", "not asked"]
    assert "1,000 tokens" in rows[2]["embedding_reason"]


def test_columns_that_are_taken_get_another_number_together(instance):
    instance.import_rows("taken", [{"text": "gold", "Embedding_Model": "x"}])
    rows, _ = embedded(instance, "well", documents="taken")
    added = ["embedding_1", "embedding_1_model", "embedding_1_status", "embedding_1_reason"]
    assert list(rows[0]) == ["text", "Embedding_Model", *added]


def test_a_dataset_without_rows_gets_the_columns(instance):
    instance.import_rows("empty", [], {"text": "string"})
    rows, log = embedded(instance, "well", documents="empty")
    assert rows == []
    assert "0 rows have 0 different texts" in log


def test_a_model_that_embeds_no_texts_is_refused_with_those_that_do(instance):
    done = run(instance, "writer")
    assert "'Embedding model' is fake:local:writer, which this project cannot use. Select one of: well" in done.stderr
    assert done.returncode != 0


def test_all_faults_of_the_form_come_at_once(instance):
    done = run(instance, "well", max_texts=0, texts_per_request=1_000)
    assert done.returncode != 0
    for label in ("Maximum texts sent", "Texts per request"):
        assert label in done.stderr


def test_an_instance_without_llm_mesh_says_so_in_a_sentence(instance):
    settings = instance.home / "instance.json"
    settings.write_text(json.dumps({"llm_mesh": False}), "utf-8")
    try:
        done = run(instance, "well")
    finally:
        settings.write_text(json.dumps({"llms": MODELS}), "utf-8")
    assert "This DSS has no LLM Mesh, which this recipe needs: update DSS." in done.stderr
    assert done.returncode != 0


def test_discover_topics_takes_the_output_and_keeps_the_id_of_the_model(instance):
    themes = ("gold silver coin bank", "army navy battle soldier")
    instance.import_rows("themes", [{"text": f"{themes[number % 2]} {number}"} for number in range(40)])
    rows, _ = embedded(instance, "well", documents="themes")
    assert set(statuses(rows)) == {"ok"}
    outputs = {role: role for role in ("document_topics", "topics", "topic_terms", "model")}
    config = {"text_column": "text", "language": "en", "n_topics": 2, "embedding_column": "embedding"}
    done = instance.run("text-explorer-topics", {"documents": "embedded"}, outputs, config, "--form-defaults")
    assert done.returncode == 0, done.stderr
    assert "40 of 40 rows have an embedding" in done.stderr
    meaning = json.loads(instance.model_files("model")["manifest.json"])["meaning"]
    assert (meaning["embedding_model"], meaning["n_numbers"]) == ("fake:local:well", 64)
    assert {row["scored_by"] for row in instance.rows("document_topics")} == {"words+meaning"}


def test_a_run_that_is_killed_goes_on_with_what_it_kept(instance):
    instance.import_rows("many", [{"text": f"text number {number}"} for number in range(3_000)])
    settings = {"text_column": "text", "embedding_model": "fake:local:slow"}
    outputs = {"embedded": "embedded", "vectors": "broken"}

    def kept():
        return sorted(path for path in instance.home.rglob("*.vectors") if path.stat().st_size)

    before = kept()
    instance.run_until_killed(RECIPE, {"documents": "many"}, outputs, settings, lambda: kept() != before)
    rows, log = embedded(instance, "slow", documents="many", folder="broken")
    assert set(statuses(rows)) == {"ok"}
    n_known, n_sent = (
        int(re.search(pattern, log)[1].replace(",", ""))
        for pattern in (r"of which ([\d,]+) have an embedding", r"([\d,]+) texts sent")
    )
    assert n_known >= 1_000
    assert n_known + n_sent == 3_000
