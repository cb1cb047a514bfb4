import json
import pickle
import re

import numpy as np
import pytest

from tests.python.unit.topics.small_corpora import corpus_of_counts
from text_explorer.topics.describing.representative_documents import (
    EXCERPT_CHARACTERS,
    N_BORDERLINE,
    N_REPRESENTATIVE,
    RepresentativeDocuments,
    Suitability,
    excerpt,
    words_alone,
)
from text_explorer.topics.describing.terms import score_terms


def gathered(texts, shares, suitable=None, chunk=10**6):
    shares = np.array(shares, dtype=float)
    suitable = np.ones(len(texts)) if suitable is None else np.array(suitable, dtype=float)
    examples = RepresentativeDocuments(shares.shape[1])
    for first in range(0, len(texts), chunk):
        rows = range(first, min(first + chunk, len(texts)))
        keys = [f"k{row}" for row in rows]
        examples.add(keys, texts[rows.start : rows.stop], shares[rows], suitable[rows])
    return examples


def keys(documents):
    return [document["row_key"] for document in documents]


def two_topics(*first_shares):
    return [[share, 1 - share] for share in first_shares]


def test_the_documents_of_the_largest_share_represent_a_topic_each_text_once():
    texts = ["x", "y", "y", "z", None, "w"]
    examples = gathered(texts, two_topics(0.6, 0.9, 0.9, 0.3, 0.9, 0.9))
    assert keys(examples.representative(0)) == ["k5", "k1", "k0"]  # of equal shares by the alphabet
    assert [found.get("n_similar") for found in examples.representative(0)] == [None, 1, None]
    assert json.loads(examples.representative_json(1)) == [{"row_key": "k3", "excerpt": "z", "probability": 0.7}]


def test_a_document_that_suits_better_comes_before_one_of_a_larger_share():
    examples = gathered(["long", "typical"], two_topics(1.0, 0.8), [0.2, 1.0])
    assert [(found["row_key"], found["probability"]) for found in examples.representative(0)] == [
        ("k1", 0.8),
        ("k0", 1.0),
    ]


def test_no_more_documents_are_taken_than_fit():
    examples = gathered([f"text {chr(97 + i)}" for i in range(20)], two_topics(*np.linspace(0.6, 0.99, 20)))
    assert keys(examples.representative(0)) == [f"k{19 - place}" for place in range(N_REPRESENTATIVE)]


def test_texts_with_equal_excerpts_are_one_example_the_better_one():
    same = "word " * 200
    examples = gathered([same, "other", same + "end"], two_topics(0.7, 0.8, 0.9))
    assert keys(examples.representative(0)) == ["k2", "k1"]


def test_a_borderline_document_is_listed_with_its_best_topic_and_names_the_other():
    shares = [[0.50, 0.05, 0.45], [0.40, 0.20, 0.40], [0.60, 0.0, 0.40], [0.05, 0.48, 0.47]]
    examples = gathered(["a", "b", "c", "d"], shares)
    assert examples.borderline(0) == [
        {"row_key": "k0", "excerpt": "a", "probability": 0.5, "other_topic_id": 2, "other_probability": 0.45},
        {"row_key": "k1", "excerpt": "b", "probability": 0.4, "other_topic_id": 2, "other_probability": 0.4},
    ]
    assert json.loads(examples.borderline_json(1))[0]["other_topic_id"] == 2
    assert examples.borderline(2) == []


def test_of_many_borderline_documents_those_of_the_largest_second_share_are_taken():
    examples = gathered([f"text {chr(97 + i)}" for i in range(9)], two_topics(*np.linspace(0.5, 0.55, 9)))
    assert keys(examples.borderline(0)) == ["k0", "k1", "k2"][:N_BORDERLINE]


def test_with_one_topic_nothing_is_borderline():
    examples = gathered(["a", "b"], [[1.0], [1.0]])
    assert (keys(examples.representative(0)), examples.borderline(0)) == (["k0", "k1"], [])


def test_documents_without_a_topic_are_no_examples():
    examples = gathered(["a", "b"], [[np.nan, np.nan], [0.5, 0.5]])
    assert [keys(examples.representative(topic)) for topic in (0, 1)] == [["k1"], []]
    assert gathered([], np.zeros((0, 2))).representative(0) == []


@pytest.mark.parametrize("chunk", [1, 7, 64, 500])
def test_chunks_do_not_show(chunk):
    generator = np.random.default_rng(0)
    shares = generator.dirichlet(np.ones(3), 40)[generator.integers(40, size=500)]  # many ties
    shares[::11] = np.nan
    suitable = generator.choice([0.5, 1.0], 500)
    texts = [f"text {chr(97 + number // 8)}{chr(97 + number % 8)}" for number in generator.integers(60, size=500)]
    found, expected = gathered(texts, shares, suitable, chunk), gathered(texts, shares, suitable)
    for topic in range(3):
        assert len(expected.representative(topic)) == N_REPRESENTATIVE
        assert found.representative_json(topic) == expected.representative_json(topic)
        assert found.borderline_json(topic) == expected.borderline_json(topic)


@pytest.mark.parametrize("seed", range(4))
def test_neither_the_order_of_documents_nor_the_parts_they_are_collected_in_show(seed):
    generator = np.random.default_rng(7)
    shares = generator.dirichlet(np.ones(3), 20)[generator.integers(20, size=400)]  # many ties
    numbers = generator.integers(60, size=400)
    texts = [f"Text {chr(97 + n // 8)}{chr(97 + n % 8)}{'!' * (row % 3)}" for row, n in enumerate(numbers)]
    row_keys = [f"{row}" for row in range(400)]
    whole, parts = RepresentativeDocuments(3), RepresentativeDocuments(3)
    whole.add(row_keys, texts, shares, np.ones(400))
    for rows in np.array_split(np.random.default_rng(seed).permutation(400), 7):
        part = RepresentativeDocuments(3)
        part.add([row_keys[i] for i in rows], [texts[i] for i in rows], shares[rows], np.ones(len(rows)))
        parts.merge(part.cut())
    assert any("n_similar" in found for topic in range(3) for found in whole.representative(topic))
    for topic in range(3):
        assert len(whole.representative(topic)) == N_REPRESENTATIVE
        assert parts.representative_json(topic) == whole.representative_json(topic)
        assert parts.borderline_json(topic) == whole.borderline_json(topic)


def test_documents_that_are_cut_keep_their_excerpts_and_nothing_else_of_their_texts():
    text = "word " * 999 + "the bank has gold and a coin " + "word " * 999
    examples = RepresentativeDocuments(1, [frozenset({0, 1})], places_of_words(["bank", "gold"]))
    examples.add(["x"], [text], np.ones((1, 1)), np.ones(1))
    cut = examples.cut()
    assert cut.representative_json(0) == examples.representative_json(0)
    assert "bank has gold" in cut.representative(0)[0]["excerpt"]
    assert len(pickle.dumps(cut)) < 2 * EXCERPT_CHARACTERS + 1_000 < len(text)


def test_the_words_of_a_text_that_comes_a_thousand_times_are_read_once(monkeypatch):
    from text_explorer.topics.describing import representative_documents

    read = []
    monkeypatch.setattr(representative_documents, "words_alone", lambda text: read.append(text) or text)
    gathered(["same"] * 1000 + ["other"], two_topics(*[0.6] * 1000, 0.9))
    assert sorted(read) == ["other", "same"]


@pytest.mark.parametrize("chunk", [1, 3, 100])
def test_texts_equal_up_to_links_numbers_mentions_and_case_are_one_example_with_their_number(chunk):
    copies = [f"RT @user{i}: Line {i} opens on Monday! https://t.example/{i}x" for i in range(40)]
    examples = gathered([*copies, "Line closes", "LINE CLOSES."], two_topics(*[0.9] * 40, 0.8, 0.7), chunk=chunk)
    found = examples.representative(0)
    assert [(each["row_key"], each.get("n_similar")) for each in found] == [("k0", 39), ("k40", None)]


def test_copies_are_counted_though_better_documents_come_between_them():
    texts = [word * 3 for word in "abcdefghijklmnopq"] + ["copy"]
    shares = [*np.linspace(0.6, 0.99, len(texts) - 1), 0.98]
    texts, shares = ["copy", *texts, "Copy 1"], [0.98, *shares, 0.98]
    assert [each.get("n_similar") for each in gathered(texts, two_topics(*shares), chunk=1).representative(0)] == [
        None, 2, None, None, None
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ticket 1,000 was CLOSED.", "ticket was closed"),
        ("see www.site.org/a?b=1 or ask@site.org, @me", "see or"),
        ("2024", "2024"),
        ("RT @ann: Ferries stopped http://t.example/x", "ferries stopped"),
        ("RT: ferries stopped", "ferries stopped"),
        ("\u00a0Ferries&nbsp;stopped…\n\n", "ferries stopped"),
        ("M&uuml;ller &amp; caf\\u00e9_x000D_", "müller café"),
        ("Müller, CAFÉ 🎉", "müller café"),
        ("rain then sun", "rain then sun"),
        ("sun then rain", "sun then rain"),
    ],
)
def test_the_words_alone_have_no_links_numbers_mentions_signs_and_case(text, words):
    assert words_alone(text) == words


def scores_of(corpus, distr):
    distr = np.array(distr)
    return score_terms(distr, np.full(len(distr), corpus.doc_lengths.sum() / len(distr)), corpus)


def test_documents_of_the_median_length_suit_best_and_as_far_below_as_above():
    corpus = corpus_of_counts([[4, 0], [8, 0], [16, 0], [0, 8], [0, 8], [0, 0]])
    shares = np.array([[1.0, 0.0]] * 3 + [[0.0, 1.0]] * 2 + [[np.nan] * 2])
    suitable = Suitability(corpus, scores_of(corpus, [[0.9, 0.1], [0.1, 0.9]])).of(corpus, shares)
    assert suitable[0] == pytest.approx(suitable[2])
    assert suitable[0] / suitable[1] == pytest.approx(np.exp(-(np.log(2) ** 2)))
    assert suitable[5] == 0


def test_suitability_is_the_cosine_of_class_based_tf_idf_each_term_counted_once():
    corpus = corpus_of_counts([[4, 0, 4], [0, 0, 8], [8, 0, 0], [0, 8, 0]])
    distr = np.array([[0.7, 0.05, 0.25], [0.05, 0.7, 0.25]])
    rarity = np.log(1 + 16 / corpus.vocabulary.term_counts)
    weights = distr[0] * rarity / np.linalg.norm(distr[0] * rarity)
    suitable = Suitability(corpus, scores_of(corpus, distr)).of(corpus, np.array([[0.9, 0.1]] * 3 + [[0.1, 0.9]]))
    both = (rarity[0] * weights[0] + rarity[2] * weights[2]) / np.hypot(rarity[0], rarity[2])
    assert suitable[:3] == pytest.approx([both, weights[2], weights[0]])


def test_neither_a_repeated_rare_word_nor_a_list_of_odd_words_represents_a_topic():
    rng = np.random.default_rng(0)
    plain = np.zeros((40, 23), dtype=int)
    for row in plain:
        row[rng.choice(10, 6, replace=False)] = 1
    repeated, odd, without = (np.zeros(23, dtype=int) for _ in range(3))
    repeated[22] = 6
    odd[10:16] = 1
    without[16:22] = 1
    counts = np.vstack([plain, repeated, odd, without])
    corpus = corpus_of_counts(counts)
    distr = (counts.sum(axis=0) + 0.1)[None] / (counts.sum(axis=0) + 0.1).sum()
    suitable = Suitability(corpus, scores_of(corpus, distr)).of(corpus, np.ones((43, 1)))
    assert suitable[:40].min() > 2 * suitable[40:].max()


def test_documents_without_a_term_that_is_shown_of_the_topic_are_no_examples():
    corpus = corpus_of_counts([*np.eye(21, dtype=int)[:20].tolist()] * 3 + [[0] * 20 + [1]])
    distr = (np.arange(21, 0, -1.0) ** 2)[None] / (np.arange(21, 0, -1.0) ** 2).sum()
    scores = scores_of(corpus, distr)
    suitable = Suitability(corpus, scores).of(corpus, np.ones((61, 1)))
    terms = corpus.indices.tolist()
    assert [bool(each) for each in suitable] == [term in scores.shown[0] for term in terms]
    assert not suitable[60]
    assert gathered([f"text {chr(97 + row)}" for row in range(3)], [[1.0]] * 3, [0.5, 0.0, 1.0]).representative(0) == [
        {"row_key": "k2", "excerpt": "text c", "probability": 1.0},
        {"row_key": "k0", "excerpt": "text a", "probability": 1.0},
    ]


def test_a_corpus_without_words_has_no_suitable_document():
    empty = corpus_of_counts(np.zeros((2, 0), dtype=int))
    assert Suitability(empty, scores_of(empty, np.zeros((3, 0)))).of(empty, np.full((2, 3), np.nan)).tolist() == [0, 0]


def test_an_excerpt_is_one_line_cut_at_a_space():
    assert excerpt("two\n lines") == "two lines"
    long = excerpt("word " * 200)
    assert len(long) <= EXCERPT_CHARACTERS
    assert long.endswith("word…")


def places_of_words(wanted):
    def places(text):
        return [(found.start(), found.end(), wanted.index(found[0])) for found in re.finditer("|".join(wanted), text)]

    return places


def test_an_excerpt_is_cut_where_most_terms_of_the_topic_are():
    places = places_of_words(["bank", "gold", "coin"])
    far = "word " * 150 + "the bank has gold and a coin " + "word " * 150
    cut = excerpt(far, places(far))
    assert cut.startswith("…word")
    assert "bank has gold and a coin" in cut
    assert cut.endswith("word…")
    assert len(cut) <= EXCERPT_CHARACTERS
    first = "bank gold coin " + "word " * 150 + "coin bank gold"
    assert excerpt(first, places(first)).startswith("bank gold coin word")


@pytest.mark.parametrize("before", range(0, 700, 23))
def test_wherever_its_one_term_is_a_text_shows_it(before):
    text = ("ab cdefg hij " * 60)[:before] + " gold " + "ab cdefg hij " * 30
    assert " gold " in f" {excerpt(text, places_of_words(['gold'])(text))} "


def test_examples_show_the_terms_of_their_own_topic():
    text = "bank " * 80 + "gold " * 80
    shown = [frozenset({0}), frozenset({1})]
    examples = RepresentativeDocuments(2, shown, places_of_words(["bank", "gold"]))
    examples.add(["x", "y"], [text, text], np.array([[0.9, 0.1], [0.1, 0.9]]), np.ones(2))
    assert "gold" not in examples.representative(0)[0]["excerpt"]
    assert "gold" in examples.representative(1)[0]["excerpt"]
