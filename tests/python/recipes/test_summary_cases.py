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
    "thai": "เมื่อวานเราไปตลาดและซื้อผลไม้กลับบ้าน " * 60,
    "table in a line": "Pump | Cellar | broken | Ann | Valve | Roof | works | Bob | " * 40,
}


def more(place):
    """Return further lines, which no other text has."""
    hours = {"shop": "five", "garden": "six", "library": "four", "workshop": "noon", "tower": "dusk"}
    return "\n".join(
        f"The {thing} of the {place} stays open until {hour} on weekdays." for thing, hour in hours.items()
    )


WITH_FRAGMENTS = {
    "chat": "10:31\nKim: hi\nThe printer prints grey stripes on every second page.\n10:32\nok\n10:33\n???\nThe toner "
    "of the printer was replaced last week.\nthx\n10:35",
    "srt": "1\n00:00:01,000 --> 00:00:04,000\nThe museum opens a new hall for old trains.\n\n2\n00:00:05,000 --> "
    "00:00:09,000\nVisitors can ride in the old trains on Sundays.\n\n3\n",
    "minutes": "1.\n2024-05-03\nThe board approved the budget of the new school.\n2.\nYes.\nThe school needs a larger "
    "sports hall.\n3.\nNone.\n12:00",
    "vtt": "WEBVTT - trains\n\nNOTE checked by Ann\n\nintro\n00:00:01.000 --> 00:00:04.000 align:start\n<v Ann Lee>The "
    "museum opens a new hall for old trains.</v>\n\n00:00:05.000 --> 00:00:09.000\n[Applause]\n<v Bob>Visitors"
    "<00:00:06.000><c> can</c> ride in the trains on Sundays.</v>\n"
    f"{more('museum')}\n\n00:00:10.000 --> 00:00:11.000\n♪ la la ♪",
    "subtitles with speakers": "7\n00:00:01,000 --> 00:00:04,000\n>> ANN: The museum opens a hall for old trains.\n\n"
    "8\n00:00:05,000 --> 00:00:09,000\n(laughter)\n>> BOB: Visitors can ride in the old trains on Sundays.\n"
    f"{more('castle')}\n",
    "phone chat": "[1/5/21, 10:31:02 AM] Ann: The printer prints grey stripes on every page.\n[1/5/21, 10:32:40 AM] "
    "Bob: ok\n[1/5/21, 10:33:10 AM] Ann: The toner was replaced last week by Kim.\n"
    f"{more('office')}\n[1/5/21, 10:35:00 AM] Bob: 👍",
    "meeting": "Ann Lee  0:03\nThe board approved the budget of the new school.\nBob Ray (Guest) 0:09\nYes.\n"
    f"[10:31 AM] Ann Lee\nThe school needs a larger sports hall.\n{more('school')}\n",
    "mail of a phone": "Hi Bob,\nthe pump of the cellar failed again because the disk was full.\n"
    f"{more('factory')}\n\nSent from my iPhone\n\n"
    "On Tue, 3 May 2021 at 10:02 Bob Ray\n<bob@corp.example> wrote:\n\n> Did the pump fail?",
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
    assert len(rows) == len(texts) == 9
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
    assert len(written) >= 6
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
    assert [row["n_references"] for row in rows.values()] == ["2", "2", "1", "1", "1", "1", "0", "2", "2", "2", "3"]
    assert {rows[name]["rouge_1_f1"] for name in ("python", "lines", "map")} == {"1.0"}
    assert rows["m1"]["rouge_1_f1"] == "1.0"
    assert rows["m6"]["evaluation_status"] == "no summary"
