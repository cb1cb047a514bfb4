"""Each route of edits, merges, words, texts to try, review and stop words, asked as a page and as a stranger would."""

from __future__ import annotations

import json
import threading

import pytest
from flask import Flask

from tests.python.unit.explorer.memory_source import SCRIPT_LABEL, small_source
from tests.python.unit.explorer.trained_source import TEXTS, topic_of, trained_source
from text_explorer.explorer.api.blueprint import register

GUARD = {"X-Text-Explorer": "1"}


class Page:
    """The webapp's page: a client that sends what the page sends."""

    def __init__(self, source, folder):
        app = Flask("webapp")
        register(app, source, folder=folder, check_every=0)
        self.client = app.test_client()
        self.get("status")
        for thread in threading.enumerate():
            if thread.name == "text-explorer-index":
                thread.join(10)

    def get(self, path, code=200):
        answer = self.client.get(f"/api/{path}")
        assert answer.status_code == code, answer.text
        assert answer.headers["Cache-Control"] == "no-store"
        return answer.json

    def post(self, path, body, code=200, **headers):
        answer = self.client.post(f"/api/{path}", json=body, headers={**GUARD, **headers})
        assert answer.status_code == code, answer.text
        return answer.json

    def edit(self, *changes, code=200, **headers):
        return self.post("edits", {"seen": self.get("edits")["version"], "changes": list(changes)}, code, **headers)


@pytest.fixture
def source():
    return trained_source(edits="my_edits", stop_words="my_stop_words")


@pytest.fixture
def page(source, tmp_path):
    return Page(source, tmp_path)


def test_an_edit_is_saved_and_seen_by_the_next_page(page, source, tmp_path):
    pets = topic_of(source, "pets")
    saved = page.edit({"topic_id": pets, "label": SCRIPT_LABEL})
    assert saved["written"] == 1
    assert saved["dataset"] == {"name": "my_edits", "rows": 1}
    other = Page(source, tmp_path)
    assert other.get("edits")["in_force"][0]["label"] == SCRIPT_LABEL
    assert other.get("status")["edits_version"] == saved["version"]


def test_a_conflict_names_who_did_what_and_the_version_to_go_on_from(page):
    seen = page.get("edits")["version"]
    page.edit({"topic_id": 0, "note": "mine"}, Visitor="bo")
    answer = page.post("edits", {"seen": seen, "changes": [{"topic_id": 0, "hidden": True}]}, 409)
    assert [(c["topic_id"], c["author"], c["changes"]) for c in answer["conflicts"]] == [(0, "bo", {"note": "mine"})]
    assert answer["version"] == page.get("edits")["version"]
    assert answer["error"].startswith("In the meantime, bo edited topic 0 too.")


@pytest.mark.parametrize("headers", [{"X-Text-Explorer": "0"}, {"Origin": "https://evil.example"}])
@pytest.mark.parametrize("path", ["edits", "try", "review", "stop-words", "read-again"])
def test_no_other_page_can_post_anything(page, source, path, headers):
    before = dict(source.files)
    answer = page.post(path, {"text": "cats", "add": ["x"], "changes": []}, 403, **headers)
    assert "does not come from the page of the webapp" in answer["error"]
    assert source.files == before


def test_an_anonymous_visitor_can_save_nothing_but_may_read_and_play(page, source):
    source.guest = None
    before = dict(source.files)
    assert page.get("edits")["writable"]["on"] is False
    assert "You are not signed in" in page.edit({"topic_id": 0, "hidden": True}, code=403)["error"]
    assert "You are not signed in" in page.post("stop-words", {"add": ["cats"]}, 403)["error"]
    assert page.get("stop-words")["writable"]["on"] is False
    question = page.get("review?n=1")["questions"][0]
    played = page.post("review", {"round": 0, "answers": [{"id": question["id"], "word": question["words"][0]}]})
    assert (played["stored"], len(played["results"])) == (False, 1)
    assert "answers are not saved" in played["reason"]
    assert source.files == before


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({"changes": [{"topic_id": 0, "label": "x" * 201}]}, "at most 200 characters"),
        ({"changes": [{"topic_id": 0, "label": "a\u0000b"}]}, "label must be one line"),
        ({"changes": [{"topic_id": 0, "label": {"html": "<b>"}}]}, "label must be one line"),
        ({"changes": [{"topic_id": 99, "hidden": True}]}, "Topic 99 cannot be edited"),
        ({"changes": [{"topic_id": 0, "merged_into": 1}, {"topic_id": 1, "merged_into": 0}]}, "already merged into it"),
        ({"changes": {"topic_id": 0}}, "'changes' must be a list"),
        ({"changes": [{"topic_id": 0, "hidden": True}], "seen": "../../etc/passwd"}, "'seen' must be the version"),
    ],
)
def test_wrong_edits_are_refused_in_a_sentence_and_nothing_is_saved(page, source, body, sentence):
    before = dict(source.files)
    answer = page.post("edits", {"seen": page.get("edits")["version"], **body}, 400)
    assert sentence in answer["error"]
    assert source.files == before


@pytest.mark.parametrize("path", ["edits", "try", "review", "stop-words"])
@pytest.mark.parametrize(
    ("data", "code", "sentence"),
    [
        (b"{", 400, "is not valid JSON"),
        (b"[1]", 400, "must be a JSON object"),
        (b"[" * 50_000, 400, "is not valid JSON"),
        (b" " * 1_000_001, 413, "too long"),
    ],
)
def test_a_wrong_body_is_refused(page, path, data, code, sentence):
    answer = page.client.post(f"/api/{path}", data=data, headers=GUARD, content_type="application/json")
    assert answer.status_code == code
    assert sentence in answer.json["error"]


def test_without_a_model_folder_the_page_gets_a_sentence_on_what_to_choose(tmp_path):
    source = small_source()
    source.model = None
    page = Page(source, tmp_path)
    assert "Select 'Model' in the settings" in page.get("edits")["writable"]["reason"]
    assert "Select 'Model' in the settings" in page.post("try", {"text": "cats"}, 422)["error"]
    assert "Select 'Model' in the settings" in page.get("documents/0/words", 422)["error"]
    assert "Select 'Model' in the settings" in page.get("stop-words")["writable"]["reason"]
    assert page.post("edits", {"seen": "none", "changes": [{"topic_id": 0, "hidden": True}]}, 403)["error"]


def test_answers_on_topics_of_another_training_are_not_kept(source, tmp_path):
    source.model = {**source.model, "topic_labels": ["sun", "rain"]}
    page = Page(source, tmp_path)
    question = page.get("review?n=1")["questions"][0]
    played = page.post("review", {"round": 0, "answers": [{"id": question["id"], "word": question["words"][0]}]})
    assert played["stored"] is False
    assert "These topics have no model folder" in played["reason"]
    assert source.model_paths("review/") == []


def test_a_folder_with_half_a_model_is_reported(tmp_path):
    page = Page(small_source(), tmp_path)
    assert "vocabulary.json is missing" in page.post("try", {"text": "cats"}, 422)["error"]


def test_datasets_of_another_training_are_reported(source, tmp_path):
    source.model = {**source.model, "topic_labels": ["sun", "rain"]}
    source.files["manifest.json"] = json.dumps(source.model).encode()
    page = Page(source, tmp_path)
    assert "different runs" in page.post("try", {"text": "cats"}, 422)["error"]
    assert "different runs" in page.get("edits")["writable"]["reason"]
    assert "different runs" in page.edit({"topic_id": 0, "hidden": True}, code=403)["error"]


def test_the_words_of_a_document_are_reported_in_their_places(page, source):
    pets = topic_of(source, "pets")
    told = page.get("documents/0/words")
    assert [(TEXTS[0][start:end], term) for start, end, _, _, term in told["spans"]] == [
        ("cats", "cats"), ("purr", "purr"), ("softly", "softly"),
    ]  # fmt: skip
    assert {topic for _, _, topic, _, _ in told["spans"]} == {pets}
    assert (told["n_words"], told["n_known"], told["unknown"]) == (3, 3, [])


def test_the_words_follow_a_merge(page, source):
    pets, money = topic_of(source, "pets"), topic_of(source, "money")
    page.edit({"topic_id": pets, "merged_into": money})
    assert {(span[2], span[3]) for span in page.get("documents/0/words")["spans"]} == {(money, 1.0)}


def test_a_document_without_text_or_known_words_has_no_spans(page):
    empty, unknown = len(TEXTS) - 2, len(TEXTS) - 1
    assert page.get(f"documents/{empty}/words") == {
        "spans": [], "n_words": 0, "n_known": 0, "unknown": [], "boilerplate": [],
    }  # fmt: skip
    assert page.get(f"documents/{unknown}/words")["unknown"] == []  # it was seen at training
    assert page.get("documents/999/words", 404)["error"] == "There is no document in row 999 of the data."
    assert "whole number" in page.get("documents/x/words", 400)["error"]


def test_a_text_is_tried(page, source):
    pets = topic_of(source, "pets")
    told = page.post("try", {"text": "😀 Cats purr, <b>dogs</b> and wombats & Wombats!"})
    assert told["language"] == "English"
    assert told["mixture"][0]["topic"] == pets
    assert sum(entry["share"] for entry in told["mixture"]) == pytest.approx(1, abs=1e-5)
    assert (told["n_words"], told["n_known"], told["unknown"]) == (5, 3, ["wombats"])
    assert told["engine"]["probability_name"] == "probability"


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({}, "Type or paste a text first."),
        ({"text": "  "}, "Type or paste a text first."),
        ({"text": ["cats"]}, "Type or paste a text first."),
        ({"text": "x" * 100_001}, "at most 100,000 characters. Got 100,001."),
    ],
)
def test_no_text_and_too_long_a_text_cannot_be_tried(page, body, sentence):
    assert sentence in page.post("try", body, 400)["error"]


def test_a_text_of_unknown_words_has_no_mixture(page):
    told = page.post("try", {"text": "wombats \ud800 quokkas"})
    assert (told["mixture"], told["spans"], told["n_known"]) == ([], [], 0)


def test_a_merge_is_previewed(page, source):
    pets, money = topic_of(source, "pets"), topic_of(source, "money")
    told = page.get(f"merge?topics={pets},{money}&into={pets}")
    assert (told["into"], told["topics"]) == (pets, [pets, money])
    assert told["n_documents"] == sum(entry["n_documents"] for entry in told["before"])
    assert told["npmi"] < min(entry["npmi"] for entry in told["before"])
    assert f"all {len(TEXTS)} documents" in told["reference"]
    assert told["n_reference"] == len(TEXTS)


@pytest.mark.parametrize(
    ("query", "code", "sentence"),
    [
        ("topics=0&into=0", 400, "2 to 50 different topics. Got 1."),
        ("topics=0,0&into=0", 400, "Got 1."),
        ("topics=0,1&into=2", 400, "'into' must be one of 'topics'. Got 2."),
        ("topics=0,99&into=0", 404, "There is no topic 99 in the data."),
        ("topics=&into=0", 400, "'topics' must be a whole number"),
        ("topics=0,1;drop&into=0", 400, "'topics' must be a whole number"),
        ("topics=" + ",".join(["1"] * 400) + "&into=1", 400, "2 to 50 numbers"),
        ("topics=0,1", 400, "'into' must be a whole number"),
        ("", 400, "whole number"),
    ],
)
def test_a_wrong_merge_is_refused(page, query, code, sentence):
    assert sentence in page.get(f"merge?{query}", code)["error"]


def test_the_review_is_played_and_its_results_kept(page, source):
    asked = page.get("review?n=2&round=7")
    assert asked == page.get("review?n=2&round=7")
    assert [len(question["words"]) for question in asked["questions"]] == [6, 6]
    answers = [{"id": question["id"], "word": question["words"][0]} for question in asked["questions"]]
    told = page.post("review", {"round": 7, "answers": answers})
    assert told["stored"] is True
    right = [{"id": result["id"], "word": result["intruder"]} for result in told["results"]]
    assert all(result["right"] for result in page.post("review", {"round": 7, "answers": right})["results"])
    page.post("review", {"round": 7, "answers": right}, Visitor="bo")
    kept = page.get("review/results")
    assert (kept["n_answers"], kept["n_people"]) == (4, 2)
    assert sum(topic["asked"] for topic in kept["topics"]) == 4
    told_of = {topic["id"]: topic["review"] for topic in page.get("overview")["topics"]}
    assert told_of[kept["topics"][0]["topic"]] == {name: kept["topics"][0][name] for name in ("asked", "right")}
    assert sum(topic["right"] for topic in kept["topics"]) == 2 + sum(result["right"] for result in told["results"])


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({"round": 0}, "'answers' must be a list"),
        ({"round": 0, "answers": []}, "'answers' must be a list"),
        ({"round": 0, "answers": [{}] * 51}, "'answers' must be a list"),
        ({"round": 0, "answers": [7]}, "Each answer must hold"),
        ({"round": 0, "answers": [{"id": "0.0.x", "word": 7}]}, "Each answer must hold"),
        ({"round": 0, "answers": [{"id": "0.0.x", "word": "cats"}]}, "edited since"),
        ({"round": 0, "answers": [{"id": "9.9", "word": "cats"}]}, "edited since"),
        ({"round": "0", "answers": [{"id": "0.0.x", "word": "cats"}]}, "'round' must be a whole number"),
        ({"round": -1, "answers": [{"id": "0.0.x", "word": "cats"}]}, "'round' must be a whole number"),
    ],
)
def test_wrong_answers_are_refused(page, body, sentence):
    assert sentence in page.post("review", body, 400)["error"]


def test_a_word_that_was_not_asked_about_is_refused(page):
    question = page.get("review?n=1")["questions"][0]
    answer = {"round": 0, "answers": [{"id": question["id"], "word": "<script>"}]}
    assert "one of the six words" in page.post("review", answer, 400)["error"]


@pytest.mark.parametrize("query", ["n=0", "n=51", "n=x", "round=-1", "round=1000001", "round=1e3"])
def test_a_wrong_round_is_refused(page, query):
    assert "must be a whole number" in page.get(f"review?{query}", 400)["error"]


def test_with_one_topic_left_there_is_no_review(page):
    page.edit({"topic_id": 0, "merged_into": 1})
    asked = page.get("review")
    assert asked["questions"] == []
    assert asked["reason"].startswith("A word can only be out of place beside another topic")


def test_stop_words_are_put_on_the_list_and_taken_off_it(page, source):
    told = page.post("stop-words", {"add": [" Cats", "cats", "New  York", "ß<b>"]})
    assert sorted(entry["word"] for entry in told["words"]) == ["Cats", "New York", "ß<b>"]
    assert told["dataset_error"] is None
    told = page.post("stop-words", {"remove": ["CATS"], "add": ["dogs"]}, Visitor="bo")
    assert (told["words"][0]["word"], told["words"][0]["author"]) == ("dogs", "bo")
    assert [row["stop_word"] for row in source.written["stop_words"]][-1] == "dogs"
    assert {entry["word"] for entry in page.get("stop-words")["words"]} == {"New York", "ß<b>", "dogs"}


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({}, "There is no word"),
        ({"add": []}, "There is no word"),
        ({"add": "cats"}, "must be a list"),
        ({"add": ["x"] * 501}, "at most 500 words"),
        ({"add": ["x" * 101]}, "at most 100 characters"),
        ({"add": [7]}, "must be a text"),
        ({"add": ["a\u0000b"]}, "must be a text"),
        ({"add": ["\ud800a"]}, "must be a text"),
        ({"remove": ["!!"]}, "must be a text"),
    ],
)
def test_wrong_stop_words_are_refused(page, source, body, sentence):
    before = dict(source.files)
    assert sentence in page.post("stop-words", body, 400)["error"]
    assert source.files == before


def test_damaged_files_of_people_are_reported_and_the_rest_holds(page, source):
    source.files["stop_words/x.json"] = b"{"
    source.files["review/x.json"] = b'{"format_version": 1}'
    source.files["edits/x.json"] = b"x"
    page.post("stop-words", {"add": ["cats"]})
    assert "stop_words/x.json" in page.get("stop-words")["warnings"][0]
    assert "review/x.json" in page.get("review/results")["warnings"][0]
    page.edit({"topic_id": 0, "hidden": True})
    told = page.get("edits")
    assert "edits/x.json" in told["warnings"][0]
    assert told["in_force"][0]["hidden"] is True
