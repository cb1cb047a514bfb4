import pytest

from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.summaries.sentences.document import read_document
from text_explorer.summaries.sentences.prose import prose_spans
from text_explorer.summaries.sentences.settings import TextSettings

PROSE = ["The pump failed because the disk was full.", "We must repeat the work on Saturday."]
TEXT = " ".join(PROSE)


def sentences(text, language="en"):
    document = read_document([DocumentText(text, language)], TextSettings())
    return [document.shown_text_of(index) for index in range(document.n_sentences)]


@pytest.mark.parametrize(
    "lines",
    [
        "From: Ann Lee <ann@corp.example>\nSent: Monday, 3 May 2021 10:02\nTo: Bob Ray\nSubject: RE: The pump",
        "Von: Anna Lee\nGesendet: Montag, 3. Mai 2021\nAn: Bob Ray\nBetreff: Die Pumpe",
        "De : Anne Petit\nEnvoyé : lundi 3 mai 2021\nÀ : Luc Grand\nObjet : La pompe",
        "On 2 May 2021, Bob Ray wrote:\n> Did the pump of the cellar fail again?",
        "Am 2. Mai 2021 schrieb Bob Ray:\n> Ist die Pumpe im Keller wieder kaputt?",
        "Le 2 mai 2021, Luc Grand a écrit :\n> La pompe de la cave est-elle en panne ?",
        "> The pump of the cellar failed again.\n>> Did the pump of the cellar fail?",
        "-----Original Message-----\nFrom: Ann Lee\nSubject: The pump of the cellar",
        "| Pump | Status | Owner |\n|:---|:--:|---|\n| Cellar | broken | Ann |",
        "Pump | Status | Owner\n--- | --- | ---\nCellar | broken | Ann",
        "```python\nfor row in rows:\n    print(row)\n```",
        "~~~\nstart the pump of the cellar now\n~~~",
        "=====\n* * *\n-----",
        "WEBVTT\n\n1\n00:00:01.000 --> 00:00:04.000",
        "12\n00:01:02,500 --> 00:01:04,000",
        "ANN LEE:\nBob Ray 10:02\n[00:01:02]\n10:05 AM Ann",
    ],
)
@pytest.mark.parametrize("is_first", [True, False])
def test_lines_of_mails_tables_code_and_transcripts_are_no_sentences(lines, is_first):
    assert sentences(f"{lines}\n\n{TEXT}" if is_first else f"{TEXT}\n\n{lines}\n") == PROSE


@pytest.mark.parametrize(
    "text",
    [
        "Date: 3 May\nThe customer wants a refund.",
        "```\nThe fence of this code has no end.",
        "- The import reads large files.\n# Release notes",
        "At 10:30 the pump failed.\nAnn: I called Bob at once.",
    ],
)
def test_other_lines_stay(text):
    assert sentences(text) == text.split("\n")


def test_a_text_of_quoted_lines_only_keeps_them():
    assert sentences("On 2 May, Bob wrote:\n> The pump failed again.") == ["> The pump failed again."]


def test_a_text_without_prose_keeps_all_its_lines():
    assert sentences("| a | b |\n|---|---|") == ["| a | b |", "|---|---|"]


def test_time_stamps_before_what_was_said_are_no_part_of_it():
    text = "[00:01:02] Ann: The pump failed.\n[00:01:09] Bob: We must repeat it."
    assert sentences(text) == ["Ann: The pump failed.", "Bob: We must repeat it."]
    assert sentences("10:30 is when we met.\nWe left late.") == ["10:30 is when we met.", "We left late."]


def test_wrapped_lines_are_shown_as_one():
    text = "> The committee met on Tuesday to discuss the new bridge over\n> the river, and it refused."
    assert sentences(text) == ["The committee met on Tuesday to discuss the new bridge over the river, and it refused."]


def test_the_spans_are_those_of_the_text():
    text = f"Subject: Pump\nFrom: Ann\n\n{TEXT}"
    starts = [text.index(sentence) for sentence in PROSE]
    spans = [(start, start + len(sentence)) for start, sentence in zip(starts, PROSE)]
    assert prose_spans(text, [(0, 13), (14, 23), *spans]) == spans
