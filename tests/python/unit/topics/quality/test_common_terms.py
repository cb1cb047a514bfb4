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
"""Each topic has six terms of its own, then come four that all share."""
TERMS = [f"t{topic}w{number}" for topic in range(TOPICS) for number in range(OWN)] + ["quot", "xxxx", "good", "thing"]


def counted(names=TERMS, share_of_common=0.5, n_per_term=100, has_documents=(True,) * TOPICS, evenly=True):
    distr = np.full((TOPICS, len(TERMS)), 1e-9)
    for topic in range(TOPICS):
        distr[topic, topic * OWN : (topic + 1) * OWN] = (1 - share_of_common) / OWN
        distr[topic, TOPICS * OWN :] = share_of_common / 4 if evenly or topic == 0 else 1e-9
    distr /= distr.sum(axis=1, keepdims=True)
    ids = np.array([
        [*range(topic * OWN, topic * OWN + 4), *range(TOPICS * OWN, len(TERMS))] for topic in range(TOPICS)
    ])  # fmt: skip
    counts = np.full(len(TERMS), n_per_term)
    return count_common_terms(ids, np.array(has_documents), distr, np.full(TOPICS, 1 / TOPICS), counts, names).tolist()


def test_terms_in_most_topics_are_common():
    assert counted(n_per_term=1) == [4] * TOPICS


def test_terms_spread_evenly_are_common_if_they_occur_often_enough_to_judge():
    alone = (True, True, True, False)
    plain = [name if name[0] == "t" else f"{name}s" for name in TERMS]
    assert counted(plain, has_documents=alone) == [4] * TOPICS
    assert counted(plain, evenly=False, n_per_term=1, has_documents=(True, False, False, False)) == [0] * TOPICS


def test_evenness_is_not_judged_between_two_topics():
    assert counted([f"w{number}" for number in range(len(TERMS))], has_documents=(True, True, False, False)) == [0] * 4


@pytest.mark.parametrize("markup", ["RT", "href", "n't", "xxxx", "amp", "rsquo"])
def test_markup_counts_wherever_it_is(markup):
    names = [markup if name == "t0w0" else f"own{number}" for number, name in enumerate(TERMS)]
    assert counted(names, has_documents=(True, True, False, False)) == [1, 0, 0, 0]


@pytest.mark.parametrize("word", ["art", "rtl", "ampere", "iiis", "x"])
def test_words_that_only_look_like_markup_do_not(word):
    names = [word if name == "t0w0" else f"own{number}" for number, name in enumerate(TERMS)]
    assert counted(names, has_documents=(True, True, False, False)) == [0, 0, 0, 0]
