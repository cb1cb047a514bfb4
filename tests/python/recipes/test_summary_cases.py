"""Summarize and evaluate texts as users report them: no full stop, fragments between the lines, references in lists."""

from __future__ import annotations

import csv
import json

import pytest

from tests.python.conftest import ROOT
from tests.python.recipes.test_summarize import TEXTS

CASES = ROOT / "tests" / "data" / "cases"

WITHOUT_FULL_STOP = {
    "call": "yeah so i called them on monday and they told me the pump is broken and nobody came to repair it " * 30,
    "german list": "Ersatzteile für die Pumpe; Dichtung aus Gummi; Ventil mit Feder; Schlauch und Schelle; " * 20,
    "arabic": "اشتريت الكتاب أمس من المكتبة الكبيرة، " * 60,
    "chinese": "我们昨天去了北京的市场买了很多东西" * 60,
}
WITH_FRAGMENTS = {
    "chat": "10:31\nKim: hi\nThe printer prints grey stripes on every second page.\n10:32\nok\n10:33\n???\nThe toner "
    "of the printer was replaced last week.\nthx\n10:35",
    "srt": "1\n00:00:01,000 --> 00:00:04,000\nThe museum opens a new hall for old trains.\n\n2\n00:00:05,000 --> "
    "00:00:09,000\nVisitors can ride in the old trains on Sundays.\n\n3\n",
    "minutes": "1.\n2024-05-03\nThe board approved the budget of the new school.\n2.\nYes.\nThe school needs a larger "
    "sports hall.\n3.\nNone.\n12:00",
}


def read_case(number):
    [path] = CASES.glob(f"{number}-*.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file)), json.loads(path.with_suffix(".config.json").read_text("utf-8"))


def summaries_of(instance, texts, config):
    instance.import_rows("texts", [{"id": name, "text": text} for name, text in texts.items()])
    done = instance.run(TEXTS, {"documents": "texts"}, {"summaries": "summaries"}, config, "--form-defaults")
    assert done.returncode == 0, done.stderr
    rows = instance.rows("summaries")
    assert [row["id"] for row in rows] == list(texts)
    return rows


@pytest.mark.parametrize(("unit", "budget"), [("words", 100), ("characters", 300)])
def test_a_text_without_full_stops_has_a_summary_within_its_length(shared_instance, unit, budget):
    case, config = read_case(17)
    texts = {row["id"]: row["text"] for row in case} | WITHOUT_FULL_STOP
    config = {**config, "language": "auto", "budget_unit": unit, "budget": budget}
    rows = summaries_of(shared_instance, texts, config)
    assert len(rows) == 7
    for row in rows:
        assert row["summary_status"] == "cut to the budget"
        assert 0 < len(row["summary"] if unit == "characters" else row["summary"].split()) <= budget


@pytest.mark.parametrize(("unit", "budget"), [("words", 32), ("characters", 100), ("sentences", 6), ("percent", 90)])
@pytest.mark.parametrize("preset", ["custom", "transcript"])
def test_no_fragment_number_or_time_stamp_fills_up_a_summary(shared_instance, unit, budget, preset):
    case, config = read_case(18)
    texts = {row["id"]: row["text"] for row in case} | WITH_FRAGMENTS
    rows = summaries_of(shared_instance, texts, {**config, "budget_unit": unit, "budget": budget, "preset": preset})
    written = [row for row in rows if row["summary_status"] != "short"]
    assert len(written) >= 3
    for row in written:
        pieces = [row["text"][each["start"] : each["end"]] for each in json.loads(row["summary_sentences"])]
        assert pieces
        assert [piece for piece in pieces if len(piece.split()) < 6 or "-->" in piece] == []


def test_a_list_of_references_counts_as_several(shared_instance):
    case, config = read_case(22)
    shared_instance.import_rows("evaluated", case)
    outputs = {"evaluation": "evaluation", "evaluation_overall": "overall"}
    done = shared_instance.run("text-explorer-evaluate", {"summaries": "evaluated"}, outputs, config, "--form-defaults")
    assert done.returncode == 0, done.stderr
    rows = {row["id"]: row for row in shared_instance.rows("evaluation")}
    assert [row["n_references"] for row in rows.values()] == ["2", "2", "1", "1", "1", "1", "0"]
    assert rows["m1"]["rouge_1_f1"] == "1.0"
    assert rows["m6"]["evaluation_status"] == "no summary"
