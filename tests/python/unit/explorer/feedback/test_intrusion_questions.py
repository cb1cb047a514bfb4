import pytest

from text_explorer.explorer.feedback.intrusion_questions import TopicWords, make_questions, question_of
from text_explorer.explorer.shared.errors import BadRequestError


def topic(number, first, *, n_words=12, also=()):
    """A topic of words ``<first>0``, ``<first>1``, ... of falling probability, and some words of small probability."""
    words = {f"{first}{place}": 1.0 - place / 100 for place in range(n_words)}
    return TopicWords(number, {**words, **dict.fromkeys(also, 0.001)})


TOPICS = [topic(0, "a"), topic(3, "b"), topic(7, "c")]


def test_each_question_shows_five_best_words_of_a_topic_and_one_of_another():
    questions = make_questions(TOPICS, "m", 0, 12)
    assert len(questions) == 12
    letters = {0: "a", 3: "b", 7: "c"}
    for question in questions:
        own = [word for word in question.words if word[0] == letters[question.topic]]
        assert len(own) == 5
        assert len(question.words) == 6
        assert all(int(word[1:]) < 10 for word in question.words)
        assert question.intruder in question.words
        assert question.intruder[0] != letters[question.topic]


def test_each_topic_is_asked_about_once_before_one_is_asked_about_twice():
    asked = [question.topic for question in make_questions(TOPICS, "m", 0, 6)]
    assert sorted(asked[:3]) == sorted(asked[3:]) == [0, 3, 7]


def test_the_same_round_asks_the_same_and_another_round_or_model_asks_otherwise():
    first = make_questions(TOPICS, "m", 0, 6)
    assert first == make_questions(TOPICS, "m", 0, 6)
    assert first != make_questions(TOPICS, "m", 1, 6)
    assert first != make_questions(TOPICS, "n", 0, 6)


def test_the_position_of_the_intruder_is_no_hint():
    places = [
        question.words.index(question.intruder) for r in range(40) for question in make_questions(TOPICS, "m", r, 3)
    ]
    assert {places.count(place) > 8 for place in range(6)} == {True}


def test_the_intruder_is_no_likely_word_of_the_topic():
    shared = [topic(0, "a", also=["b0", "b1", "b2", "b3", "b4"]), topic(1, "b")]
    questions = [question for number in range(30) for question in make_questions(shared, "m", number, 2)]
    assert {question.intruder for question in questions if question.topic == 0} == {"b5", "b6", "b7", "b8", "b9"}


def test_topics_of_the_same_words_have_no_intruder():
    assert make_questions([topic(0, "a"), topic(1, "a")], "m", 0, 5) == []


@pytest.mark.parametrize("topics", [[], [topic(0, "a")], [topic(0, "a"), topic(1, "b", n_words=4)]])
def test_fewer_than_two_topics_with_words_enough_give_no_question(topics):
    assert make_questions(topics, "m", 0, 5) == []


def test_a_question_is_found_by_its_id():
    questions = make_questions(TOPICS, "m", 5, 9)
    assert len(questions) == 9
    assert [question_of(TOPICS, "m", 5, question.id) for question in questions] == questions


@pytest.mark.parametrize(
    "question_id", ["", "0", "0.0", "0.0.00000000", "9.0.x", "0.999.x", "0.-1.x", "x.y.z", "0.².x"]
)
def test_what_was_not_asked_is_refused(question_id):
    with pytest.raises(BadRequestError, match="Load the questions again"):
        question_of(TOPICS, "m", 0, question_id)


def test_a_question_on_words_that_changed_is_refused():
    question = make_questions(TOPICS, "m", 0, 1)[0]
    changed = [topic(entry.topic, "x" + entry.best[0][0]) for entry in TOPICS]
    with pytest.raises(BadRequestError):
        question_of(changed, "m", 0, question.id)
