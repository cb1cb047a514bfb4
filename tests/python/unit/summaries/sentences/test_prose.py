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
        "Fra: Ann Lee <ann@corp.example>\nSendt: 3. maj 2021 10:02\nTil: Bob Ray\nEmne: Pumpen i kælderen",
        "-----Oprindelig meddelelse-----\nFra: Ann Lee\nEmne: Pumpen i kælderen",
        "Från: Ann Lee\nSkickat: den 3 maj 2021 10:02\nTill: Bob Ray\nÄmne: Pumpen i källaren",
        "Lähettäjä: Ann Lee\nLähetetty: 3. toukokuuta 2021\nVastaanottaja: Bob Ray\nAihe: Kellarin pumppu",
        "差出人: Ann Lee\n送信日時: 2021年5月3日 10:02\n宛先: Bob Ray\n件名: ポンプ",
        "发件人：Ann Lee\n发送时间：2021年5月3日 10:02\n收件人：Bob Ray\n主题：水泵",
        "보낸 사람: Ann Lee\n보낸 날짜: 2021년 5월 3일\n받는 사람: Bob Ray\n제목: 펌프",
        "Feladó: Ann Lee\nElküldve: 2021. május 3.\nCímzett: Bob Ray\nTárgy: A szivattyú",
        "Kimden: Ann Lee\nGönderildi: 3 Mayıs 2021\nKime: Bob Ray\nKonu: Pompa",
        "On Tue, 3 May 2021 at 10:02, Bob Ray of the pump works\n<bob.ray@corp.example> wrote:\n"
        "> Did the pump of the cellar fail again?",
        "On Tue, 3 May 2021 at 10:02 Bob Ray <bob.ray@corp.example>\nwrote:\n\n"
        "> Did the pump of the cellar fail again?",
        "Den tis 3 maj 2021 kl 10:02 skrev Bob Ray <bob@corp.example>:\n> Gick pumpen sönder igen?",
        "Am Di., 3. Mai 2021 um 10:02 Uhr schrieb Bob Ray\n<bob@corp.example>:\n> Ist die Pumpe wieder kaputt?",
        "2021年5月3日(月) 10:02 Bob Ray <bob@corp.example>:\n> ポンプはまた壊れましたか。",
        "Bob Ray <bob@corp.example> 于2021年5月3日周一 10:02写道：\n> 水泵又坏了吗？",
        "Bob Ray stated the following on Thu, Aug 29, 2002 at 03:31:11PM +0100 :\n> The pump of the cellar is old.",
        "In article <abc.17@corp.example>, Bob Ray said:\n> The pump of the cellar is old.",
        "Sent from my iPhone",
        "Sent from Mail for Windows 10",
        "Sent from my Samsung Galaxy smartphone.",
        "Get Outlook for iOS",
        "Von meinem iPhone gesendet",
        "Envoyé de mon iPhone",
        "Enviado desde mi iPad",
        "Inviato da iPhone",
        "Verstuurd vanaf mijn iPhone",
        "Verzonden vanaf mijn tablet",
        "Skickat från min iPhone",
        "Hent Outlook til iOS",
        "Sendt fra min iPhone",
        "Wysłane z iPhone'a",
        "Отправлено с iPhone",
        "iPhoneから送信",
        "发自我的iPhone",
        "나의 iPhone에서 보냄",
        "Outgoing mail is certified Virus Free.\nChecked by AVG anti-virus system (http://www.grisoft.com).\n"
        "Version: 6.0.386 / Virus Database: 218 - Release Date: 9/9/2002",
        "This email has been checked for viruses by the scanner of the company.",
        "This message was scanned for dangerous content and is believed to be clean.",
        "No virus found in this outgoing message.",
        "Virus-free. www.avast.com",
        "Diese E-Mail wurde von Avast auf Viren geprüft.",
        "Do You Yahoo!?\nGet your free @corp.example address at http://mail.corp.example",
        "------------------------ Groups Sponsor ---------------------~-->\n"
        "Four films free and more if you join now\nhttp://us.click.corp.example/TM\n"
        "---------------------------------------------------------------------~->",
        "Your use of Corp Groups is subject to the terms of the service.",
        "Please consider the environment before printing this e-mail.",
        "Bitte denken Sie an die Umwelt, bevor Sie diese E-Mail drucken.",
        "[Quoted text hidden]",
        "---------- Forwarded message ---------\nFrom: Ann Lee\nSubject: The pump",
        "On Fri, 20 Sep 2002 10:40:55 +0200",
        '[guide]: https://corp.example/guide "The guide"\n[^1]: https://corp.example/note',
        "![The pump of the cellar](pump.png)\n[![build](https://corp.example/b.svg)](https://corp.example/b)",
        "| Pump | Owner |\n| --- | --- |\n| The pump of the cellar | Ann Lee of the works |",
        "+--------+-------+\n| Pump   | Owner |\n+========+=======+\n| Cellar | Ann   |\n+--------+-------+",
        "```\nthe pump of the cellar starts.\n```",
        "````md\n```\nThe pump starts.\n```\n````",
        "   ```bash\n   start the pump now\n   ```",
        "diff --git a/pump.py b/pump.py\nindex 17ab3c4..18cd5e6 100644\n--- a/pump.py\n+++ b/pump.py\n"
        '@@ -1,3 +1,3 @@ def start():\n # The pump starts.\n-print("The pump of the cellar failed.")\n'
        '+print("The pump of the cellar works.")',
        "Index: pump.c\n===================================================================\n"
        "RCS file: /cvs/pump.c,v\nretrieving revision 1.67\ndiff -u -r1.67 pump.c\n--- pump.c\t1 May 2021\n"
        "+++ pump.c\t2 May 2021\n@@ -7,2 +7,2 @@\n-The old pump failed.\n+The new pump works.",
        'Traceback (most recent call last):\n  File "pump.py", line 3, in <module>\n    start(pump)\n'
        "ValueError: the pump of the cellar is broken",
        "<!-- The pump of the cellar is old. -->",
        "$ start pump --now\n$ ls -l cellar",
        "Pump\tStatus\tOwner\nCellar\tbroken\tAnn",
        "WEBVTT - pump\nKind: captions\nLanguage: en\n\nNOTE The reviewer was Ann Lee.\n\nNOTE\n"
        "The pump of the cellar was filmed in May.\nAnn wrote the captions.\n\n1\n"
        "00:00:01.000 --> 00:00:04.000 align:start position:0%",
        "WEBVTT\n\nSTYLE\n::cue {\n  color: yellow;\n}\n\nintro-scene\n00:01.000 --> 00:04.000 line:0",
        "7\n00:00:01,000 --> 00:00:04,000 X1:40 X2:600 Y1:20 Y2:50",
        "00:01.000 --> 00:04.000\n[Music]\n(applause and laughter)\n[ Background noise ]\n"
        "♪ We sail across the sea tonight ♪",
        "ANN LEE [over the radio]:\nAnn Lee (Guest) 10:31\nSpeaker 1:\n[Speaker 2]\nSPEAKER_00:",
        "Ann Lee  0:03\n0:07\n[10:31 AM] Bob Ray\nBob Ray  10:32 AM\n10:33:05 From Ann Lee to Everyone:",
        "Lee, Ann 10:31\nAnn Lee | 00:12\n00:01:02 Ann Lee:\n(00:12):\nAnn Lee (00:12):",
        "[1/5/21, 10:31:02 AM] Bob Ray:\n05.03.21, 10:31 - Bob Ray:\n2021-05-03 10:31:02",
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
        "Sent from the office of the works, the letter came late.",
        "This message about the virus is wrong.",
        "Virus-free water is rare in the cellar.",
        "Get a phone for Ann.",
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
