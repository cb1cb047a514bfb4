from text_explorer.summaries.keyphrases import candidates, keyphrases

PHONES = (
    "Battery life matters. Great battery life! Battery life again. The price is fair. A fair price. The price fell."
)
CARS = "The engine is loud. A loud engine. Price up. Price down. Price again."


def phrases_of(make_document, *texts):
    return keyphrases([candidates(make_document(text)) for text in texts])


def test_phrases_that_set_a_group_apart_come_first(make_document):
    phones, cars = phrases_of(make_document, PHONES, CARS)
    assert phones[:2] == ["battery life", "price"]
    # Price is the most frequent word of the second group, but both groups use it.
    assert cars.index("engine") < cars.index("price") or cars[0] == "price"


def test_a_word_of_one_pair_gives_way_to_the_pair(make_document):
    (phones,) = phrases_of(make_document, PHONES)
    assert "battery life" in phones
    assert "battery" not in phones
    assert "life" not in phones


def test_forms_of_a_word_are_counted_together_and_shown_as_mostly_written(make_document):
    (phrases,) = phrases_of(make_document, "Bridges. Old bridge! New bridges? Bridging.")
    assert phrases[0] == "bridges"


def test_words_used_once_serve_where_there_are_no_others(make_document):
    (phrases,) = phrases_of(make_document, "Bridges cross rivers.")
    assert phrases == ["bridges cross", "cross rivers"]


def test_numbers_and_stop_words_are_no_keyphrases(make_document):
    assert phrases_of(make_document, "The 1945. The 1945. Of it.") == [[]]


def test_no_text_has_no_keyphrase(make_document):
    assert phrases_of(make_document, "", "Bridges. Bridges.") == [[], ["bridges"]]


def test_pairs_do_not_reach_over_sentences(make_document):
    (phrases,) = phrases_of(make_document, "Green bridge. River blue. Green bridge. River blue.")
    assert set(phrases) == {"green bridge", "river blue"}
