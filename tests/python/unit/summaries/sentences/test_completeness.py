import pytest

from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.summaries.sentences.completeness import complete_sentences
from text_explorer.summaries.sentences.document import read_document
from text_explorer.summaries.sentences.settings import TextSettings


def complete(*texts, language="en"):
    document = read_document([DocumentText(text, language) for text in texts], TextSettings())
    flags = complete_sentences(document).tolist()
    assert len(flags) == document.n_sentences
    return [document.text_of(index) for index, is_complete in enumerate(flags) if is_complete]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bridge news\n- a wide lane\nThe bridge opens in May.", ["The bridge opens in May."]),
        ("of the bridge, which is wide.\nThe bridge opens in May.", ["The bridge opens in May."]),
        ("The bridge opens\n3 lanes are open. (They are wide!)", ["3 lanes are open.", "(They are wide!)"]),
        ("Ann asks\n“Is it open?”\nIt is [1].\nIt is.[12]", ["“Is it open?”", "It is [1].", "It is.[12]"]),
        ("The lane is wide\nsort bridge | xargs -r0 du -b --depth 0", ["The lane is wide"]),
        ("The bridge of /srv/bridge/lanes/wide\nThe lane is wide\nand long", ["The lane is wide"]),
        (
            "As a guest, your answer is needed for this:\nThe lane\nto approve or deny it.",
            [
                "As a guest, your answer is needed for this:",
                "The lane",
            ],
        ),
        (
            "The bridge opens. :-)\nOpening\nIt is wide! 👍🏽\nIt is long.[a]\nx = 0.25",
            [
                "The bridge opens. :-)",
                "It is wide! 👍🏽",
                "It is long.[a]",
            ],
        ),
        ("Dear Ann,\nthe bridge is open.\nand wide.\nBye,\nBob", ["the bridge is open."]),
        ("Opening hours\niPhone users pay less. @ann Thanks.", ["iPhone users pay less.", "@ann Thanks."]),
    ],
)
def test_sentences_with_an_end_mark_and_no_small_start_are_complete(text, expected):
    assert complete(text) == expected


def test_where_every_sentence_begins_small_the_end_mark_decides():
    assert complete("the bridge is open. it is wide.\nwhat a day") == ["the bridge is open.", "it is wide."]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("wide lanes\nlow price", "en"),
        ("สะพานเปิดแล้ว\nสะพานกว้างมาก", "th"),
        (
            "Screen of ten inches\nBattery for two days of work\nKeyboard with lights\nTwo cameras on the back\nBuy.",
            "en",
        ),
    ],
)
def test_in_texts_nearly_without_end_marks_every_sentence_is_complete(text, language):
    assert complete(text, language=language) == text.split("\n")


def test_each_text_of_a_group_is_judged_by_itself():
    assert complete("Good phone\nGood price", "Lovely screen\nThe battery lasts long.") == [
        "Good phone", "Good price", "The battery lasts long.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Γέφυρα\nΕίναι ανοιχτή;", "el"),
        ("橋\n橋は広いです。", "ja"),
        ("पुल\nपुल चौड़ा है।", "hi"),
        ("جسر\nهل هو مفتوح؟", "ar"),
    ],
)
def test_end_marks_are_those_of_the_language(text, language):
    assert complete(text, language=language) == text.split("\n")[1:]
