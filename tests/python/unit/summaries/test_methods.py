import numpy as np
import pytest

from tests.python.unit.english_texts import english
from text_explorer.summaries import methods
from text_explorer.summaries.methods import LIMITS, SUMY_COMPATIBLE_LIMITS, Limit, rank_sentences
from text_explorer.summaries.sentences.document import Document, read_document
from text_explorer.summaries.sentences.settings import METHODS, TAKE_A_QUERY, SummarySettings, TextSettings

EDGE_TEXTS = {
    "one sentence": "Just one sentence about rivers.",
    "only stop words": "It was the. And of. To be.",
    "only digits": "2020. 1945. 3.5.",
    "only emoji": "👍 👍\n🎉",
    "identical sentences": "Rivers flow to the sea. " * 6,
    "capitals": "RIVERS FLOW TO THE SEA. BRIDGES CROSS RIVERS. SHIPS SAIL.",
    "no punctuation": "rivers flow to the sea and bridges cross rivers",
    "fewer words than sentences": "River. River. River. River bridge.",
}


SAME_IN_EVERY_PROCESS = """
from random import Random
from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.summaries.sentences.settings import METHODS, TAKE_A_QUERY, SummarySettings, TextSettings
from text_explorer.summaries.summarize import summarize_text
words = "river bridge harbour winter engine the of was tunnel summer road train field forest".split()
random = Random(7)
for n_sentences in (12, 60, 300):
    sentences = (" ".join(random.choices(words, k=random.randint(2, 9))).capitalize() for _ in range(n_sentences))
    document = DocumentText(". ".join(sentences), "en")
    for method in METHODS:
        for compatible in (False, True):
            settings = SummarySettings(
                method=method, budget=7, bonus_words=("river", "road"), sumy_compatible=compatible,
                query="winter roads", position_weight=0.5,
            )
            print(method, summarize_text(document, TextSettings(), settings).chosen)
"""


def settings_for(method: str, **values) -> SummarySettings:
    return SummarySettings(method=method, bonus_words=("bridges",), **values)


@pytest.mark.parametrize("compatible", [False, True])
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", EDGE_TEXTS)
def test_every_method_returns_a_finite_score_for_every_sentence(make_document, method, name, compatible):
    document = make_document(EDGE_TEXTS[name])
    scores = rank_sentences(
        document, settings_for(method, sumy_compatible=compatible, query="rivers", position_weight=0.5)
    )
    assert scores.shape == (document.n_sentences,)
    assert np.isfinite(scores).all()


@pytest.mark.parametrize("method", METHODS)
def test_a_document_without_sentences_has_no_scores(make_document, method):
    assert rank_sentences(make_document(""), settings_for(method)).shape == (0,)


def test_kl_and_sumbasic_rate_duplicates_separately(make_document):
    document = make_document("Rivers flow. Rivers flow. Bridges stand.")
    for method in ("kl", "sumbasic"):
        assert sorted(rank_sentences(document, settings_for(method))) == [-2, -1, 0]


def test_reduction_rates_duplicates_equally(make_document):
    document = make_document("Old rivers flow slowly. Old rivers flow slowly. New bridges stand.")
    scores = rank_sentences(document, settings_for("reduction"))
    assert scores[0] == scores[1] > scores[2] == 0


def test_luhn_rates_clusters_of_frequent_words(make_document):
    document = make_document("River bridge harbour. Green apple. River bridge tunnel. Yellow pear.")
    # Two significant words side by side: 2 squared over 2.
    np.testing.assert_allclose(rank_sentences(document, settings_for("luhn")), [2, 0, 2, 0])


def test_edmundson_counts_bonus_words_for_and_stigma_words_against(make_document):
    document = make_document("Filler text. Rivers matter. Bridges matter. Tunnels matter. Filler text.")
    settings = SummarySettings(method="edmundson", bonus_words=("bridge",), stigma_words=("tunnel", "tunnels"))
    # The first and last sentences have one point for the paragraph's end and one for the first paragraph.
    np.testing.assert_allclose(rank_sentences(document, settings), [2, 1, 2, 0, 2])


def test_edmundson_prefers_ends_of_paragraphs(make_document):
    document = make_document(
        "Rivers flow. Ships sail. Birds sing.\n\nDogs bark. Cats purr.\n\nCows graze. Hens lay. Bees hum."
    )
    np.testing.assert_allclose(rank_sentences(document, settings_for("edmundson")), [2, 1, 2, 1, 1, 2, 1, 2])


def test_lead_scores_fall_within_each_text(make_document):
    document = make_document("A dog. A cat.", "A cow. A hen.")
    np.testing.assert_allclose(rank_sentences(document, settings_for("lead")), [1, 1 / 2, 1, 1 / 2])


def test_random_scores_depend_only_on_seed_and_text(make_document, made_up_text):
    text = made_up_text(10)
    first, again, other_seed = (
        rank_sentences(make_document(text), settings_for("random", seed=seed)) for seed in (1, 1, 2)
    )
    other_text = rank_sentences(make_document(text + " "), settings_for("random", seed=1))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other_seed)
    assert not np.array_equal(first, other_text)


@pytest.mark.parametrize("method", sorted(set(METHODS) - {"lead", "random"}))
def test_position_weight_multiplies_the_scores_of_all_methods_that_look_at_words(make_document, phone_review, method):
    document = make_document(phone_review, phone_review)
    plain, weighed = (rank_sentences(document, settings_for(method, position_weight=w)) for w in (0.0, 0.5))
    factors = 1 + 0.5 / np.sqrt([1, 2, 3, 4, 5] * 2)
    np.testing.assert_allclose(weighed, (plain - min(plain.min(), 0)) * factors, rtol=1e-12)


@pytest.mark.parametrize("method", ["lead", "random"])
def test_position_weight_leaves_the_baselines_alone(make_document, phone_review, method):
    document = make_document(phone_review)
    plain, weighed = (rank_sentences(document, settings_for(method, position_weight=w)) for w in (0.0, 0.5))
    np.testing.assert_array_equal(weighed, plain)


@pytest.mark.parametrize("method", TAKE_A_QUERY)
def test_a_query_ranks_sentences_with_its_words_first(make_document, phone_review, method):
    document = make_document(phone_review)
    assert rank_sentences(document, settings_for(method)).argmax() == 2
    assert rank_sentences(document, settings_for(method, query="cousins in Lisbon")).argmax() == 4
    assert set(rank_sentences(document, settings_for(method, query="displays")).argsort()[-2:]) == {2, 3}


@pytest.mark.parametrize("method", METHODS)
def test_a_query_without_a_word_of_the_text_changes_nothing(make_document, phone_review, method):
    document = make_document(phone_review)
    plain, asked = (rank_sentences(document, settings_for(method, query=query)) for query in ("", "the zebra"))
    np.testing.assert_array_equal(asked, plain)


@pytest.mark.parametrize("method", sorted(set(METHODS) - set(TAKE_A_QUERY)))
def test_other_methods_take_no_query(make_document, phone_review, method):
    document = make_document(phone_review)
    plain, asked = (rank_sentences(document, settings_for(method, query=query)) for query in ("", "Lisbon"))
    np.testing.assert_array_equal(asked, plain)


@pytest.mark.parametrize("limit", [Limit(3, 1000), Limit(1000, 20)])
@pytest.mark.parametrize("method", sorted(LIMITS))
def test_above_its_limit_a_method_ranks_the_sentences_nearest_to_the_centroid(
    make_document, phone_review, method, limit, monkeypatch
):
    monkeypatch.setitem(LIMITS, method, limit)
    scores = rank_sentences(make_document(phone_review), settings_for(method))
    assert scores.shape == (5,)
    # The sentence that is like no other is farthest from the centroid.
    assert scores[4] == scores.min()


def test_above_its_limit_a_method_still_favours_the_first_sentences(make_document, monkeypatch):
    monkeypatch.setitem(LIMITS, "lsa", Limit(2, 1000))
    document = make_document("Dogs bark. Rivers carry ships. Rivers carry ships.")
    scores = rank_sentences(document, settings_for("lsa", position_weight=1.0))
    assert scores[1] > scores[2] == scores[0]


def test_lexrank_as_sumy_ranks_the_sentences_nearest_to_the_centroid(make_document, phone_review, monkeypatch):
    monkeypatch.setitem(SUMY_COMPATIBLE_LIMITS, "lexrank", Limit(3, 1000))
    scores = rank_sentences(make_document(phone_review), settings_for("lexrank", sumy_compatible=True))
    assert scores[4] == scores.min()
    assert scores[2] > scores[4]


def test_choices_do_not_depend_on_the_hash_seed(print_with_hash_seed):
    outputs = [print_with_hash_seed(seed, SAME_IN_EVERY_PROCESS) for seed in (1, 2)]
    assert outputs[0] == outputs[1]
    assert len(outputs[0].splitlines()) == 6 * len(METHODS)


def test_each_method_has_a_ranker():
    assert set(METHODS) == set(methods._METHODS)


@pytest.fixture(scope="module")
def long_document(made_up_text) -> Document:
    text = made_up_text(16_000)
    assert len(text) > 1_000_000
    return read_document(english([text]), TextSettings())


@pytest.mark.parametrize("compatible", [False, True])
@pytest.mark.parametrize("method", METHODS)
def test_no_method_freezes_on_a_text_of_a_megabyte(long_document, method, compatible):
    scores = rank_sentences(long_document, settings_for(method, sumy_compatible=compatible))
    assert scores.shape == (long_document.n_sentences,)


@pytest.fixture(scope="module")
def long_winded_document(made_up_text) -> Document:
    text = "\n".join(made_up_text(100, seed).replace(".", "") for seed in range(200))
    return read_document(english([text]), TextSettings())


@pytest.mark.parametrize("method", METHODS)
def test_no_method_freezes_on_sentences_of_a_thousand_words(long_winded_document, method):
    assert long_winded_document.n_sentences == 200
    assert rank_sentences(long_winded_document, settings_for(method)).shape == (200,)
