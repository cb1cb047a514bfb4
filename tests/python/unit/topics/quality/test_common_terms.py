import numpy as np
import pytest

from text_explorer.topics.quality.common_terms import count_common_terms, propose_stop_words, terms_in_most_topics


def test_terms_of_more_than_half_of_the_topics_are_found_most_frequent_first():
    assert terms_in_most_topics(["ax", "ay", "abz", "bc", "bd"]) == {"a": 3, "b": 3}
    assert terms_in_most_topics(["ab", "ab", "b", "bc"]) == {"b": 4}


def test_topics_fewer_than_three_have_no_term_in_most_of_them():
    assert terms_in_most_topics(["a", "a"]) == terms_in_most_topics([]) == {}


def test_words_in_most_topics_then_words_in_nearly_all_documents_are_proposed_with_the_reason():
    topics = [["flight", "meal"], ["flight", "seat"], ["flight", "bag"], ["crew", "seat"]]
    counts = {"flight": 95, "airline": 90, "crew": 81, "seat": 80}
    assert propose_stop_words(topics, counts, n_documents=100) == [
        ("flight", "in 3 of 4 topics"),
        ("airline", "in 90% of the documents"),
        ("crew", "in 81% of the documents"),
    ]


def test_no_phrase_is_proposed_nor_a_word_of_a_few_documents():
    assert propose_stop_words([["new york"]] * 3, {"new york": 100}, 100) == []
    assert propose_stop_words([], {"word": 19}, 19) == []
    assert propose_stop_words([], {"word": 20}, 20) == [("word", "in 100% of the documents")]


TOPICS = 4
OWN = 6
TERMS = [f"t{topic}w{number}" for topic in range(TOPICS) for number in range(OWN)] + ["shared"] * 4
"""Each topic has six terms of its own, then come four that all share."""


def counted(names=TERMS, n_each=100, has_documents=(True,) * TOPICS, evenly=True):
    """Count common terms among four of its own and the four shared ones of each topic, ``n_each`` times there."""
    counts = np.zeros((TOPICS, len(TERMS)))
    for topic in range(TOPICS):
        counts[topic, topic * OWN : (topic + 1) * OWN] = n_each
        counts[topic, TOPICS * OWN :] = n_each if evenly or topic == 0 else 0.1
    ids = [[*range(topic * OWN, topic * OWN + 4), *range(TOPICS * OWN, len(TERMS))] for topic in range(TOPICS)]
    return count_common_terms(np.array(ids), np.array(has_documents), counts, names).tolist()


PLAIN = [f"w{number}" for number in range(len(TERMS))]


def test_terms_in_most_topics_are_common_if_they_occur_there():
    assert counted(PLAIN, n_each=1) == [4] * TOPICS
    assert counted(PLAIN, n_each=1, evenly=False) == [0] * TOPICS


def test_terms_spread_evenly_are_common_if_they_occur_often_enough_to_judge():
    ids, terms = np.arange(8).reshape(4, 2), [f"w{number}" for number in range(12)]
    counts = np.zeros((4, 12))
    counts[range(4), range(0, 8, 2)] = 50  # the first of the two terms of each topic is its own, the second is of all
    for often, n_common in ((10, 1), (4, 0)):
        counts[:, 1:8:2] = often
        assert count_common_terms(ids, np.ones(4, dtype=bool), counts, terms).tolist() == [n_common] * 4


def test_evenness_is_not_judged_between_two_topics():
    assert counted(PLAIN, has_documents=(True, True, False, False)) == [0] * TOPICS


@pytest.mark.parametrize("markup", ["RT", "href", "n't", "xxxx", "amp", "rsquo"])
def test_markup_counts_wherever_it_is(markup):
    names = [markup if name == "t0w0" else f"own{number}" for number, name in enumerate(TERMS)]
    assert counted(names, has_documents=(True, True, False, False)) == [1, 0, 0, 0]


@pytest.mark.parametrize("word", ["art", "rtl", "ampere", "iiis", "x"])
def test_words_that_only_look_like_markup_do_not(word):
    names = [word if name == "t0w0" else f"own{number}" for number, name in enumerate(TERMS)]
    assert counted(names, has_documents=(True, True, False, False)) == [0, 0, 0, 0]
