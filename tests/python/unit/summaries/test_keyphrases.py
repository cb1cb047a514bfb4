import pytest

from text_explorer.summaries import keyphrases
from text_explorer.summaries.keyphrases import candidates, keyphrases_of_groups, keyphrases_of_text

PHONES = (
    "Battery life matters. Great battery life! Battery life again. The price is fair. A fair price. The price fell."
)
CARS = "The engine is loud. A loud engine. Price up. Price down. Price again."


def phrases_of(make_document, *texts):
    return keyphrases_of_groups([candidates(make_document(text)) for text in texts], 10)


def test_phrases_that_distinguish_a_group_come_first(make_document):
    phones, cars = phrases_of(make_document, PHONES, CARS)
    assert phones[:2] == ["battery life", "price"]
    # Price is the most frequent word of the second group, but both groups use it.
    assert cars.index("engine") < cars.index("price") or cars[0] == "price"


def test_a_word_of_one_pair_is_replaced_by_the_pair(make_document):
    (phones,) = phrases_of(make_document, PHONES)
    assert "battery life" in phones
    assert "battery" not in phones
    assert "life" not in phones


def test_forms_of_a_word_are_counted_together_and_shown_as_mostly_written(make_document):
    (phrases,) = phrases_of(make_document, "Bridges. Old bridge! New bridges? Bridging.")
    assert phrases[0] == "bridges"


def test_words_used_once_serve_where_there_are_no_others(make_document):
    (phrases,) = phrases_of(make_document, "Bridges cross rivers.")
    assert phrases == ["bridges cross rivers"]


def test_numbers_and_stop_words_are_no_keyphrases(make_document):
    assert phrases_of(make_document, "The 1945. The 1945. Of it.") == [[]]


@pytest.mark.parametrize("length", [51, 1_000_000])
def test_words_too_long_for_any_language_are_no_part_of_keyphrases(make_document, length):
    document = make_document(f"Green {'x' * length} bridge. Green {'x' * length} bridge.")
    assert keyphrases_of_text(document, 5) == ["bridge", "green"]
    assert keyphrases_of_groups([candidates(document)], 5) == [["bridge", "green"]]


def test_words_of_fifty_characters_are_keyphrases(make_document):
    document = make_document(f"Green {'x' * 50}. Green {'x' * 50}.")
    assert keyphrases_of_text(document, 5) == [f"green {'x' * 50}"]
    assert keyphrases_of_groups([candidates(document)], 5) == [[f"green {'x' * 50}"]]


def test_a_text_of_one_endless_word_has_no_keyphrase(make_document):
    document = make_document("x" * 1_000_000)
    assert keyphrases_of_text(document, 5) == []
    assert keyphrases_of_groups([candidates(document)], 5) == [[]]


def test_no_text_has_no_keyphrase(make_document):
    assert phrases_of(make_document, "", "Bridges. Bridges.") == [[], ["bridges"]]


def test_pairs_do_not_reach_over_sentences(make_document):
    (phrases,) = phrases_of(make_document, "Green bridge. River blue. Green bridge. River blue.")
    assert set(phrases) == {"green bridge", "river blue"}


def test_a_comma_parts_phrases(make_document):
    (phrases,) = phrases_of(make_document, "Green, bridge. Green, bridge.")
    assert set(phrases) == {"green", "bridge"}


def test_a_phrase_of_three_words_takes_the_place_of_its_parts(make_document):
    (phrases,) = phrases_of(make_document, "Grey stone bridge. A grey stone bridge fell. Bridge.")
    assert phrases == ["grey stone bridge"]


def test_a_phrase_is_written_without_spaces_where_the_language_has_none(make_document):
    document = make_document("北京天气很好。我喜欢北京天气。", language="zh")
    assert keyphrases_of_groups([candidates(document)], 1) == [["北京天气"]]


@pytest.mark.parametrize("n_phrases", [0, 1, 2])
def test_no_more_phrases_are_returned_than_requested(make_document, n_phrases):
    document = make_document("Green bridge. Blue river. Red car.")
    assert len(keyphrases_of_text(document, n_phrases)) == n_phrases
    assert len(keyphrases_of_groups([candidates(document)], n_phrases)[0]) == n_phrases


def test_a_text_scores_phrases_by_sentences_length_and_first_place(make_document):
    document = make_document("Rain fell. The stone bridge shook. The stone bridge held. Rain, rain, rain stopped.")
    # By hand: stone bridge 2 * 2 * (1 + 1 / sqrt 2) = 6.8, rain 2 * 1 * (1 + 1) = 4, fell 1 * 1 * 2 = 2.
    assert keyphrases_of_text(document, 3) == ["stone bridge", "rain", "fell"]


def test_words_used_once_fill_up_the_keyphrases_of_a_text(make_document):
    phrases = keyphrases_of_text(make_document("Battery life is short. Battery life matters to Lisbon."), 4)
    assert phrases[0] == "battery life"
    assert set(phrases) == {"battery life", "short", "matters", "lisbon"}


def test_a_text_without_words_has_no_keyphrase(make_document):
    assert keyphrases_of_text(make_document("It was the. 👍 1945"), 5) == []
    assert keyphrases_of_text(make_document(""), 5) == []


def test_the_rarest_phrases_are_forgotten_where_there_are_too_many(make_document, monkeypatch):
    monkeypatch.setattr(keyphrases, "MAX_COUNTED", 20)
    rare = " ".join(f"word{number}x," for number in range(100))
    text = f"Bridges, rivers. Bridges, rivers. Bridges. {rare}. Bridges. Rivers."
    assert phrases_of(make_document, text)[0][:2] == ["bridges", "rivers"]
