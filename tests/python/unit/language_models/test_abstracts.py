"""Which sentences of an abstract their sources support, and which answers are refused."""

import json

import pytest

from text_explorer.language_models.abstracts import (
    AbstractSentence,
    question_of,
    read_abstract,
    write_abstracts,
)
from text_explorer.language_models.answer_cache import AnswerCache
from text_explorer.language_models.checked_answers import STATUS_OK, STATUS_REFUSED, AnswerError
from text_explorer.language_models.limited_model import LimitedModel, Limits
from text_explorer.language_models.questions import Answer, Question

CHOSEN = [
    "The hotel in Vienna was clean.",
    "We paid 1,200 euros for 3 nights in May 2024.",
    "NATO guests filled the whole breakfast room.",
]


def answer(*entries):
    return json.dumps({"abstract": [{"sentence": sentence, "sources": sources} for sentence, sources in entries]})


def read(*entries, language="en"):
    return read_abstract(answer(*entries), CHOSEN, language, 3)


def test_each_sentence_has_its_sources():
    assert read(("Rooms were clean.", [1]), ("The breakfast room was full, at 1,200 euros.", [3, 2, 3])) == (
        AbstractSentence("Rooms were clean.", (0,)),
        AbstractSentence("The breakfast room was full, at 1,200 euros.", (2, 1)),
    )


@pytest.mark.parametrize(
    ("sentence", "sources", "fault"),
    [
        ("Rooms were clean.", [], "It names no sentence that was given."),
        ("Rooms were clean.", [0, 4, -1], "It names no sentence that was given."),
        ("The stay took 4 nights.", [2], "Its sources do not have: 4."),
        ("It was 1,200 euros.", [1], "Its sources do not have: 1,200."),
        ("They paid 2 euros for 3 nights.", [2], "Its sources do not have: 2."),
        ("The hotel in Prague was clean.", [1], "Its sources do not have: Prague."),
        ("The guests, “Smith” and Vienna, were loud. Then Rome fell.", [1], "Its sources do not have: Smith, Rome."),
        ("EU guests filled the room in June.", [3], "Its sources do not have: EU, June."),
    ],
)
def test_a_sentence_with_what_its_sources_do_not_have_is_unsupported(sentence, sources, fault):
    kept, found = read(("Rooms were clean.", [1]), (sentence, sources))
    assert kept.fault is None
    assert found.fault == fault


def test_forms_of_a_name_and_capitals_at_the_beginning_are_supported():
    supported = read(("Clean was Vienna's hotel.", [1]), ("Guests of NATO had breakfast.", [3]))
    assert [sentence.fault for sentence in supported] == [None, None]


def test_nouns_of_german_are_not_names():
    (sentence,) = read(("Das Hotel war sauber.", [1]), language="de")
    assert sentence.fault is None


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("An abstract.", "It is not a JSON object"),
        (answer(), '"abstract" must have 1 to 10 entries.'),
        (answer(("Clean.", ["1"])), "must be a whole number"),
        (answer(("Clean.", [True])), "must be a whole number"),
        (answer(*[("Clean.", [1])] * 4), "at most 3 sentences"),
        (answer(("Clean " * 61, [1])), "at most 60 words"),
        (answer(("<i>Clean</i>.", [1])), "must be plain text"),
        (answer(("It took 9 days.", [1])), "No sentence is supported by its sources. The first: Its sources"),
        (
            answer(("Dieses Hotel war sehr sauber, aber die Zimmer waren leider etwas zu klein und zu laut.", [1])),
            "The abstract must be in English.",
        ),
    ],
)
def test_a_wrong_answer_is_refused_with_a_sentence(text, fault):
    with pytest.raises(AnswerError) as caught:
        read_abstract(text, CHOSEN, "en", 3)
    assert fault in str(caught.value)


def test_the_chosen_sentences_are_all_that_is_sent():
    instructions, data = question_of(CHOSEN, "en", 2).messages
    assert json.loads(data.content) == {"sentences": {"1": CHOSEN[0], "2": CHOSEN[1], "3": CHOSEN[2]}}
    assert "1 to 2 objects" in instructions.content
    assert "one sentence in English" in instructions.content


def test_many_long_sentences_are_cut_and_a_wrong_answer_is_shown_to_the_model():
    asked: list[Question] = []

    def ask(questions, is_plain):
        asked.extend(questions)
        return [Answer(answer(("A b.", [1])) if len(each.messages) > 2 else "?") for each in questions]

    model = LimitedModel("m", ask, AnswerCache(), Limits(10, 1_000_000), wait=lambda seconds: None)
    (found,) = write_abstracts(model, [["a b " * 200] * 50], 1)
    assert (found.status, found.value) == (STATUS_OK, (AbstractSentence("A b.", (0,)),))
    sent = json.loads(asked[0].messages[1].content)["sentences"]
    assert {len(text) for text in sent.values()} == {500}
    assert len(sent) == 40


def test_an_abstract_without_a_supported_sentence_is_refused():
    model = LimitedModel(
        "m", lambda questions, is_plain: [Answer(answer(("In 1999.", [1])))] * len(questions), AnswerCache(),
        Limits(10, 100_000), wait=lambda seconds: None,
    )  # fmt: skip
    (found,) = write_abstracts(model, [CHOSEN], 3)
    assert (found.status, found.value) == (STATUS_REFUSED, None)
