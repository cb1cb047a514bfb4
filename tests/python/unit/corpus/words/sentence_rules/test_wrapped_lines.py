import textwrap

import pytest

from text_explorer.corpus.words.sentence_rules.wrapped_lines import join_wrapped_lines
from text_explorer.corpus.words.sentences import split_sentences

# The same text gives the same sentences with every release of the splitter.
pytestmark = pytest.mark.oldest

ENGLISH = [
    "The committee met on Tuesday to discuss the new bridge over the river.",
    "The bridge will cost nine million euros and will be paid by the city and the state.",
    "Work on the bridge starts in spring and ends two years later.",
    "Cyclists asked for a wider lane on the bridge, which the committee refused.",
]
GERMAN = [
    "Der Ausschuss traf sich am Dienstag und sprach über die neue Brücke, die über den Fluss führen soll.",
    "Die Brücke kostet neun Millionen Euro, und die Stadt trägt davon etwa die Hälfte.",
    "Im 2. Abschnitt wird sie schmaler, weil dort ein Haus steht.",
]


def sentences(text, language="en"):
    """Return the sentences with their lines joined, without quote marks."""
    found = [text[start:end] for start, end in split_sentences(join_wrapped_lines(text), language)]
    return [" ".join(sentence.replace("\n>", "\n").split()) for sentence in found]


@pytest.mark.parametrize("width", [18, 20, 22, 25, 28, 40, 60, 72, 100])
@pytest.mark.parametrize(("expected", "language"), [(ENGLISH, "en"), (GERMAN, "de")])
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_lines_wrapped_at_a_fixed_width_are_joined(expected, language, width, line_break):
    lines = textwrap.wrap(" ".join(expected), width)
    assert sentences(line_break.join(lines), language) == expected


@pytest.mark.parametrize("mark", ["> ", ">", ">> "])
@pytest.mark.parametrize("width", [50, 65])
def test_lines_wrapped_behind_marks_of_quoting_are_joined(mark, width):
    text = "\n".join(mark + line for line in textwrap.wrap(" ".join(ENGLISH), width))
    found = [
        text[start:end].replace("\n" + mark, " ") for start, end in split_sentences(join_wrapped_lines(text), "en")
    ]
    assert found == ENGLISH


def test_headings_and_list_items_of_a_wrapped_text_stay_lines():
    wrapped = textwrap.wrap(" ".join(ENGLISH), 60)
    text = "\n".join(
        ["A new bridge", *wrapped, "- a lane for cyclists", "- a lane for cars", "", "Next steps", *wrapped]
    )
    listed = ["- a lane for cyclists", "- a lane for cars"]
    assert sentences(text) == ["A new bridge", *ENGLISH, *listed, "Next steps", *ENGLISH]


def test_a_wrapped_list_item_is_joined():
    text = (
        "- The import module now reads large files in pieces of equal\n  size and writes them.\n"
        "- The export module writes files with a header that names all\n  columns of the data."
    )
    assert sentences(text) == [
        "- The import module now reads large files in pieces of equal size and writes them.",
        "- The export module writes files with a header that names all columns of the data.",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "https://transport.example/2026/bridges/river/documents/minutes-of-the-committee.html?page=2",
        "Jul 22 10:15:02 host app[31]: request 8812 to /api/bridges/17 took 351 ms and was answered by status 200",
    ],
)
def test_a_long_line_elsewhere_does_not_hide_that_paragraphs_are_wrapped(line):
    wrapped = textwrap.wrap(" ".join(ENGLISH), 60)
    assert sentences("\n".join([*wrapped, "", line, "", *wrapped])) == [*ENGLISH, line, *ENGLISH]


def test_paragraphs_are_joined_each_at_its_own_width():
    paragraphs = ["\n".join(textwrap.wrap(" ".join(ENGLISH), width)) for width in (45, 76, 60)]
    assert sentences("\n\n".join(paragraphs)) == ENGLISH * 3


def test_a_narrow_text_of_short_paragraphs_is_joined():
    assert sentences("\n\n".join("\n".join(textwrap.wrap(sentence, 22)) for sentence in ENGLISH)) == ENGLISH


@pytest.mark.parametrize("width", [14, 20, 24])
def test_narrow_lines_without_spaces_are_joined(width):
    text = (
        "委員会は火曜日に集まり、川に架かる新しい橋について話し合った。橋の費用は九百万ユーロで、市と州がすべて支払う。"
        "工事は春に始まり、二年後に終わる予定である。"
    )
    lines = [text[start : start + width] for start in range(0, len(text), width)]
    found = ["".join(sentence.split()) for sentence in sentences("\n".join(lines), "ja")]
    assert found == [sentence + "。" for sentence in text.split("。")[:-1]]


def test_a_wide_paragraph_of_two_lines_is_joined_beside_other_lines():
    wrapped = "We built a new lane, and when we tried to open the bridge for all cyclists in\nspring we found this:"
    text = f"{wrapped}\n\nopen lane --wide\nclose lane\n\nWhat does it mean?"
    assert sentences(text)[0] == " ".join(wrapped.split())
    assert len(sentences(text)) == 4


@pytest.mark.parametrize("label", ["Ann: ", "[10:31] ", "10:31 Ann Lee: "])
def test_wrapped_lines_of_a_speaker_are_joined(label):
    lines = textwrap.wrap(label + " ".join(ENGLISH), 60)
    assert sentences("\n".join(lines)) == [label + ENGLISH[0], *ENGLISH[1:]]


def test_a_text_wrapped_twice_is_joined():
    lines = textwrap.wrap(" ".join(ENGLISH), 72)
    assert sentences("\n".join(piece for line in lines for piece in textwrap.wrap(line, 66))) == ENGLISH


def test_a_line_that_begins_with_an_emphasized_word_is_joined_and_a_list_item_is_not():
    text = "The committee met on Monday to discuss the\n*bridge* over the river and the lane that cars\nasked for."
    assert sentences(f"{text}\n* a lane for cars") == [" ".join(text.split()), "* a lane for cars"]


@pytest.mark.parametrize(
    "lines",
    [
        ["good battery", "nice screen", "cheap"],
        ["the battery lasts a whole day", "the screen is bright and sharp", "the price is fair for what it does"],
        ["Name: Ann Lee", "Department: Sales", "The customer wants a refund for the machine."],
        ["Great phone, and I love the screen of it a lot!", "battery could be better though.", "Still a good buy."],
        ["Roses are red and violets are blue", "Sugar is sweet and so are you"],
        ["the rain falls softly on", "the roof of my old house", "and all the birds are gone", "and quiet as a mouse"],
        ["The rain is on the roof.", "the wind is in the tree,", "and no one has the proof", "that you remember me."],
        ["Pros:", "good battery life", "bright screen outdoors", "fair price for students", "slow charging."],
        ["milk and butter", "bread and cheese", "apples and pears", "tea and coffee."],
        ["are you coming today", "yes at about eight", "sure i will bring some", "thanks a lot for that."],
        ["open the lid of the tank", "fill in two cups of water", "close the lid of the tank", "press the button."],
        [
            "long lasting battery that keeps my phone going through the day",
            "bright screen with good colours that I can read in the sunlight",
            "camera takes good pictures in the dark and of moving children",
        ],
        ["Call for talks at the meeting of the bridge builders in the north", "posted by Ann on Monday"],
    ],
)
def test_lines_of_lists_reviews_and_forms_stay_lines(lines):
    assert sentences("\n".join(lines)) == lines


def test_a_joined_text_keeps_its_length_and_its_other_characters():
    text = "\n".join("> " + line for line in textwrap.wrap(" ".join(ENGLISH), 60))
    joined = join_wrapped_lines(text)
    assert len(joined) == len(text)
    assert [(old, new) for old, new in zip(text, joined) if old != new and (old not in "\n>" or new != " ")] == []
