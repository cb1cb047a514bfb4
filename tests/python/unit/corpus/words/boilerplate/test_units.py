"""Units of texts, and blanking of those that repeat."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from text_explorer.corpus.words.boilerplate.units import blank_repeated, blank_repeated_units, hex_of, units_of
from text_explorer.corpus.words.character_classes import characters


def units(text):
    found = units_of(characters(text))
    return [text[start:end] for start, end in zip(found.starts.tolist(), found.ends.tolist())]


def lines_of(*texts):
    return hex_of(np.concatenate([units_of(characters(text)).hashes for text in texts]))


def blanked(text, lines):
    return blank_repeated(text, lines)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("One line\nand  another\r\n\r\n> third", ["One line", "and  another", "> third"]),
        ("Version 3.5 is out. See a.b", ["Version 3.5 is out.", "See a.b"]),
        ("今日は。いい天気！", ["今日は。", "いい天気！"]),
        ("-----\n***\n \n...", []),
        ("  ( x )  ", ["( x )  "]),
        ("", []),
    ],
)
def test_units_are_the_sentences_of_lines(text, expected):
    assert units(text) == expected


@pytest.mark.parametrize("other", ["> SENT  from my Phone 77", "sent from my phone 0.", "*Sent from my\tphone 1*"])
def test_units_are_the_same_but_for_case_numbers_and_signs_around_them(other):
    assert lines_of("Sent from my phone 12") == lines_of(other)


@pytest.mark.parametrize(
    "other", ["Sent from my phones 12", "Sent from my phone", "Sentfrom my phone 12", "Sent, from my phone 12"]
)
def test_other_words_make_another_unit(other):
    assert lines_of("Sent from my phone 12") != lines_of(other)


def test_words_and_characters_without_spaces_are_counted():
    assert units_of(characters("It's 3 words, no? 今日は。")).half_words.tolist() == [10, 3]


def test_repeated_units_become_white_space_of_the_same_length():
    lines = lines_of("Sent from my phone")
    assert blanked("Hello there.\n> sent from my PHONE\nBye", lines) == "Hello there.\n\n" + 19 * " " + "\nBye"
    assert blanked("Hello there. Sent from my phone. Bye", lines) == "Hello there. \n" + 18 * " " + " Bye"


def test_a_text_of_nothing_else_stays():
    lines = lines_of("Sent from my phone", "Best regards")
    assert blanked("Best regards\nSent from my phone", lines) == "Best regards\nSent from my phone"


@given(st.lists(st.text(alphabet="ab.!\n\r 1我\U0001f600>", max_size=20), min_size=1, max_size=5), st.data())
def test_texts_read_together_are_blanked_as_each_alone(texts, data):
    every = units_of(characters("\n".join(texts))).hashes
    lines = hex_of(
        np.array(data.draw(st.lists(st.sampled_from(every.tolist()))) if len(every) else [1], dtype=np.uint64)
    )
    offsets = np.cumsum([0, *(len(text) + 1 for text in texts)])
    together = blank_repeated_units(characters("\n".join(texts)), offsets, lines)
    alone = [blanked(text, lines) for text in texts]
    assert together.tobytes().decode("utf-32-le") == "\n".join(alone)
    assert [len(text) for text in alone] == [len(text) for text in texts]
