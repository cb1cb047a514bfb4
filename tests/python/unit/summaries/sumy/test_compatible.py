"""The sentences that the package sumy itself chooses, from the same sentences, words, stop words and stems."""

from random import Random

import numpy as np
import pytest

from tests.python.unit.english_texts import english
from tests.python.unit.summaries.sumy_package import sumy_picks
from text_explorer.summaries.methods import rank_sentences
from text_explorer.summaries.selection import select
from text_explorer.summaries.sentences.document import read_document
from text_explorer.summaries.sentences.settings import SUMY_COMPATIBLE, SummarySettings, TextSettings
from text_explorer.summaries.summarize import summarize_texts
from text_explorer.summaries.sumy import compatible as sumy_compatible

FEW_WORDS = ["river", "rivers", "bridge", "harbour", "the", "The"]
MANY_WORDS = [
    *FEW_WORDS, *["bridges", "winter", "engine", "of", "was", "Of", "Was", "tunnel", "summer", "it", "not", "we"],
    *(f"word{number}x" for number in range(100)),
]  # fmt: skip

CONSTRUCTED = {
    "one sentence": "Just one sentence about rivers.",
    "one word each": "River. Bridge. River. Harbour. Bridges.",
    "no sentence like another": "Rivers flow. Bridges stand.",
    "only stop words": "It was the. And of. To be.",
    "only digits": "2020. 1945. 2020.",
    "identical sentences": "Rivers flow to the sea. " * 6,
    "capitals": "RIVERS FLOW TO THE SEA. BRIDGES CROSS RIVERS. SHIPS SAIL. RIVERS FLOW.",
    "same words in another order": "Old rivers flow. Rivers flow old. Flow old rivers. Bridges stand.",
    "a duplicate that comes early and late": "Rivers flow east. Ships sail. Bridges cross rivers. Rivers flow east.",
    "duplicates of the best": "Big rivers carry ships. Rivers flow. Ships sail. Big rivers carry ships. " * 3,
    "duplicates that differ by a capital": "The river rises. the river rises. The ship sails. the ship sails.",
    "stop words with a capital": "The river. The bridge. The harbour. the river the bridge. We saw The river.",
    "no punctuation": "rivers flow to the sea and bridges cross rivers",
    "a word twice": "River river river. River bridge. Bridge bridge harbour. Harbour river bridge.",
    "ten words each, one shared": "a1x b1x c1x d1x e1x f1x g1x h1x i1x j1x. a1x b2x c2x d2x e2x f2x g2x h2x i2x j2x. "
    "b1x b2x k1x l1x m1x n1x o1x p1x q1x r1x.",
}


def drawn_text(seed: int, lengths: tuple[int, ...]) -> str:
    """Draw sentences of few or many words, short or long, in some texts with duplicates."""
    random = Random(seed)
    vocabulary, longest = random.choice([FEW_WORDS, MANY_WORDS]), random.choice([2, 5, 15])
    share_of_duplicates = random.choice([0.0, 0.0, 0.3])
    sentences: list[str] = []
    for _ in range(random.choice(lengths)):
        if sentences and random.random() < share_of_duplicates:
            sentences.append(random.choice(sentences))
            continue
        sentence = " ".join(random.choices(vocabulary, k=random.randint(1, longest)))
        sentences.append((sentence.capitalize() if random.random() < 0.5 else sentence) + ".")
    return "\n".join(sentences)


def our_picks(document, settings: SummarySettings) -> list[int]:
    return sorted(select(document, rank_sentences(document, settings), settings, drop_duplicates=True))


def read(text: str):
    return read_document(english([text]), TextSettings())


@pytest.mark.parametrize("method", SUMY_COMPATIBLE)
def test_two_hundred_random_texts_have_the_sentences_of_sumy(method):
    lengths = (1, 2, 3, 4, 6, 10, 15) if method == "kl" else (1, 2, 3, 4, 6, 10, 15, 30, 50)
    for seed in range(200):
        document, budget = read(drawn_text(seed, lengths)), 1 + seed % 7
        settings = SummarySettings(method=method, budget=budget, sumy_compatible=True)
        assert our_picks(document, settings) == sumy_picks(document, method, budget), seed


@pytest.mark.parametrize("budget", [1, 2, 3, 5])
@pytest.mark.parametrize("name", CONSTRUCTED)
@pytest.mark.parametrize("method", SUMY_COMPATIBLE)
def test_constructed_texts_have_the_sentences_of_sumy(method, name, budget):
    document = read(CONSTRUCTED[name])
    settings = SummarySettings(method=method, budget=budget, sumy_compatible=True)
    assert our_picks(document, settings) == sumy_picks(document, method, budget)


@pytest.mark.parametrize("percent", [1, 20, 33, 100])
@pytest.mark.parametrize("method", SUMY_COMPATIBLE)
def test_percentages_are_those_of_sumy(made_up_text, method, percent):
    document = read(made_up_text(14))
    settings = SummarySettings(method=method, budget_unit="percent", budget=percent, sumy_compatible=True)
    assert our_picks(document, settings) == sumy_picks(document, method, f"{percent}%")


@pytest.mark.parametrize("method", ["lexrank", "textrank", "reduction"])
def test_longer_texts_have_the_sentences_of_sumy(made_up_text, method):
    for n_sentences in (96, 150):
        document = read(made_up_text(n_sentences))
        settings = SummarySettings(method=method, budget=8, sumy_compatible=True)
        assert our_picks(document, settings) == sumy_picks(document, method, 8)


@pytest.mark.parametrize("method", SUMY_COMPATIBLE)
def test_options_that_sumy_lacks_do_not_change_the_choice(made_up_text, method):
    document = read(made_up_text(30) + " Agreed. Agreed.")
    plain = SummarySettings(method=method, budget=6, sumy_compatible=True)
    with_all = SummarySettings(
        method=method, budget=6, sumy_compatible=True, redundancy=1.0, min_words=9, query="winter", position_weight=1.0
    )
    assert our_picks(document, with_all) == our_picks(document, plain) == sumy_picks(document, method, 6)


def test_sentences_with_the_same_text_are_rated_as_by_sumy():
    # sumy rates by text: all copies of a sentence share one rating, which Reduction adds up.
    document = read("Old rivers flow. Ships sail. Old rivers flow. Rivers rise.")
    ours, of_sumy = (
        rank_sentences(document, SummarySettings(method="reduction", sumy_compatible=compatible))
        for compatible in (False, True)
    )
    np.testing.assert_allclose(ours[0], ours[2])
    np.testing.assert_allclose(of_sumy, [ours[0] + ours[2], 0, ours[0] + ours[2], ours[3]])


def test_a_capital_makes_a_stop_word_count_for_kl_as_in_sumy():
    text = "The river. The river. The ship. Coal burns."
    assert our_picks(read(text), SummarySettings(method="kl", budget=1, sumy_compatible=True)) == sumy_picks(
        read(text), "kl", 1
    )
    from text_explorer.summaries.ranking.kl import kl_words
    from text_explorer.summaries.sumy.kl import kl_words_as_sumy

    assert kl_words_as_sumy(read(text)).probabilities["the"] == 3 / 8
    assert "the" not in kl_words(read(text)).probabilities


def test_ratings_of_kl_stop_at_the_budget(made_up_text):
    document = read(made_up_text(10))
    all_rated, two = (
        rank_sentences(document, SummarySettings(method="kl", budget=budget, sumy_compatible=True))
        for budget in (10, 2)
    )
    assert sorted(all_rated)[-2:] == [-1, 0]
    np.testing.assert_array_equal(two, np.maximum(all_rated, -2))


def test_equal_ratings_in_a_long_text_go_to_the_earlier_sentence():
    text = "Old rivers flow. Rivers flow old! Flow old rivers. Bridges stand. " * 30
    document = read(text)
    assert document.n_sentences > sumy_compatible.EXACT_SENTENCES
    for method in ("lexrank", "textrank"):
        settings = SummarySettings(method=method, budget=2, sumy_compatible=True)
        assert our_picks(document, settings) == [0, 1]


@pytest.mark.parametrize("method", ["textrank", "reduction"])
def test_without_the_matrix_of_all_links_the_choice_is_the_same(made_up_text, monkeypatch, method):
    document = read(made_up_text(200))
    settings = SummarySettings(method=method, budget=20, sumy_compatible=True)
    dense = our_picks(document, settings)
    monkeypatch.setattr(sumy_compatible, "DENSE_SENTENCES", 0)
    assert our_picks(document, settings) == dense


@pytest.mark.parametrize(("unit", "budget"), [("words", 20), ("characters", 100), ("words", 1)])
@pytest.mark.parametrize("method", SUMY_COMPATIBLE)
def test_budgets_sumy_lacks_are_filled_by_rating(made_up_text, method, unit, budget):
    document = read(made_up_text(30))
    settings = SummarySettings(method=method, budget_unit=unit, budget=budget, sumy_compatible=True)
    scores = rank_sentences(document, settings)
    chosen = select(document, scores, settings, drop_duplicates=False)
    assert chosen == sorted(chosen, key=lambda index: (-scores[index], index))
    cost = sum(
        document.sentences[index].n_words if unit == "words" else len(document.text_of(index)) + 1 for index in chosen
    )
    assert len(chosen) >= 1
    assert cost <= budget + (unit == "characters") or len(chosen) == 1


@pytest.mark.parametrize("method", SUMY_COMPATIBLE)
def test_a_group_is_one_text_to_sumy(method):
    texts = ["Rivers carry ships. Dogs bark.", "Rivers carry ships. Ships carry coal and sand."]
    settings = SummarySettings(method=method, budget=2, sumy_compatible=True)
    summary = summarize_texts(english(texts), TextSettings(), settings)
    assert [sentence.sentence_index for sentence in summary.chosen] == sumy_picks(summary.document, method, 2)


@pytest.mark.parametrize("method", ["luhn", "sumbasic", "centroid", "lsa", "lead", "random"])
def test_the_setting_means_nothing_to_other_methods(made_up_text, method):
    document = read(made_up_text(12))
    with_it, without = (SummarySettings(method=method, sumy_compatible=value) for value in (True, False))
    assert our_picks(document, with_it) == our_picks(document, without)


def test_kl_stops_where_all_sentences_are_repeated(monkeypatch):
    from text_explorer.summaries.sumy import kl as sumy_kl

    sentences = [f"Word{number}x flows to sea{number % 5}y." for number in range(40)]
    document = read(" ".join([*sentences, *reversed(sentences)]))
    settings = SummarySettings(method="kl", budget=3, sumy_compatible=True)
    assert our_picks(document, settings) == sumy_picks(document, "kl", 3)
    monkeypatch.setattr(sumy_kl, "MAX_CHOSEN", 5)
    assert sorted(set(rank_sentences(document, settings))) == [-5]


def test_kl_takes_the_earlier_of_equal_sentences_when_it_has_summed_enough(monkeypatch):
    from text_explorer.summaries.sumy import kl as sumy_kl

    monkeypatch.setattr(sumy_kl, "MAX_SUMMED", 0)
    document = read(" ".join(f"Aa{number}x bb{number}y." for number in range(9)))
    settings = SummarySettings(method="kl", budget=3, sumy_compatible=True)
    assert our_picks(document, settings) == [0, 1, 2]
