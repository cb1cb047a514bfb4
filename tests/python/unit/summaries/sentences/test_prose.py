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
        "Return-Path: <ann@corp.example>\nReceived: from mx.corp.example\n\tby hub.corp.example with SMTP id 8\n"
        "Comments: none\nSubject: The pump of the cellar",
        "-----BEGIN PGP SIGNATURE-----\nVersion: 1\n\nThe pump of the cellar is signed\n-----END PGP SIGNATURE-----",
        "begin 644 pump.txt\nM5&AE('!U;7`@;V8@=&AE(&-E;&QA<B!I<R!B<F]K96X@86=A:6X@;VX@\nend",
        "VGhlIHB1bXAgb2YgdGhlIGNlbGxhciBmYWlsZWQgYWdhaW4gb24gTW9uZGF5\nVGhlIHB1bXAgb2YgdGhlIGNlbGxhciBmYWlsZWQgYWdhaW4gb24gTW9uZGF5",
        "BR> Did the pump of the cellar fail again?\nBR> It failed on Monday.",
        "Bob Ray writes:",
        "https://corp.example/pumps/17\n[1] www.corp.example/cellar\n- <https://corp.example>",
        "To unsubscribe, write to the list of the cellar.\nYou are receiving this message because you bought a pump.",
        "Please click here to unsubscribe from the letters of the cellar.",
        "This e-mail and its files are confidential and meant for Bob Ray.",
        "If you are not the intended recipient, please delete the mail of the cellar.",
        "Diese E-Mail kann vertrauliche Angaben über die Pumpe enthalten.",
        "Pour vous désabonner de la lettre de la cave, écrivez-nous.",
    ],
)
@pytest.mark.parametrize("is_first", [True, False])
def test_lines_of_mails_tables_code_and_transcripts_are_no_sentences(lines, is_first):
    assert sentences(f"{lines}\n\n{TEXT}" if is_first else f"{TEXT}\n\n{lines}\n") == PROSE


@pytest.mark.parametrize(
    "end",
    [
        "-- \nAnn Lee\nThe office of the cellar is open on Monday.",
        "____________________________________\nThe list of the cellar has a page.\nhttps://lists.corp.example/cellar",
    ],
)
def test_signatures_and_footers_at_the_end_are_no_sentences(end):
    assert sentences(f"{TEXT}\n\n{end}\n") == PROSE


def test_what_is_said_of_leaving_a_list_and_of_mails_stays():
    said = [
        "To unsubscribe I had to call three times.",
        "Please let me opt out.",
        "Your e-mail about the confidential report came late.",
    ]
    assert sentences(" ".join(said)) == said


def test_an_indented_paragraph_below_a_header_stays():
    assert sentences(f"Subject: Pump\nFrom: Ann\n\n  {TEXT}") == PROSE


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
