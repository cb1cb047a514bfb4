import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rouge_score.rouge_scorer import RougeScorer

from tests.python.conftest import ROOT
from text_explorer.corpus.words.sentences import split_sentences
from text_explorer.summaries.evaluation import rouge
from text_explorer.summaries.evaluation._rouge_kernels import longest_common_subsequence, mark_subsequence
from text_explorer.summaries.evaluation.rouge import (
    ROUGE_1,
    ROUGE_2,
    ROUGE_L,
    ROUGE_LSUM,
    VARIANTS,
    Score,
    rouge_scores,
)
from text_explorer.summaries.evaluation.rouge_words import is_read_as_english, rouge_words

# English prose at hand, with headings, quotes, numbers and lists.
PARAGRAPHS = (ROOT / "LICENSE").read_text("utf-8").split("\n\n")
NAMES = dict(zip(VARIANTS, ("rouge1", "rouge2", "rougeL", "rougeLsum")))
# Few words, so that they repeat and cross; endings, so that stems are equal.
WORDS = ["the", "The", "cats", "cat's", "running", "runs", "generally", "2020", "U.S.", "state-of-the-art", "café", "a"]
TEXTS = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=0, max_size=12).map(lambda words: " ".join(words) + "."), max_size=5
)


def sentences_of(text):
    return [text[start:end] for start, end in split_sentences(text, "en")]


def ours(summary, references, *, stem=False):
    words = [rouge_words(sentences, "en", as_english=True, stem=stem) for sentences in (summary, *references)]
    return rouge_scores(words[:1], words[1:])[0]


def theirs(summary, references, *, stem=False):
    scorer = RougeScorer(list(NAMES.values()), use_stemmer=stem)
    scores = scorer.score_multi(["\n".join(reference) for reference in references], "\n".join(summary))
    return {name: Score(*scores[NAMES[name]]) for name in VARIANTS}


def assert_equal(summary, references, *, stem):
    found, expected = ours(summary, references, stem=stem), theirs(summary, references, stem=stem)
    assert found == {name: pytest.approx(score, abs=1e-12, rel=0) for name, score in expected.items()}


def test_a_score_counts_what_both_have_by_hand():
    scores = ours(["The cat sat on the mat."], [["The cat lay on a mat."]])
    assert scores[ROUGE_1] == pytest.approx((4 / 6, 4 / 6, 4 / 6))  # the cat on mat; the second "the" has no partner
    assert scores[ROUGE_2] == pytest.approx((1 / 5, 1 / 5, 1 / 5))
    assert scores[ROUGE_L] == pytest.approx((4 / 6, 4 / 6, 4 / 6))


def test_a_sentence_in_another_order_costs_rouge_l_and_not_rouge_lsum():
    scores = ours(["Dogs bark.", "Cats purr."], [["Cats purr.", "Dogs bark."]])
    assert scores[ROUGE_L].f1 == 0.5
    assert scores[ROUGE_LSUM].f1 == 1.0


@pytest.mark.parametrize("stem", [False, True])
@given(summary=TEXTS, references=st.lists(TEXTS, min_size=1, max_size=3))
@settings(max_examples=150, deadline=None)
def test_scores_equal_those_of_rouge_score_on_repeated_and_crossing_words(stem, summary, references):
    assert_equal(summary, references, stem=stem)


@pytest.mark.parametrize("stem", [False, True])
def test_scores_equal_those_of_rouge_score_on_english_prose(stem):
    assert len(PARAGRAPHS) > 30
    for number, paragraph in enumerate(PARAGRAPHS):
        others = [sentences_of(PARAGRAPHS[(number + step) % len(PARAGRAPHS)]) for step in (1, 2)]
        summary = sentences_of(paragraph)[:2] + others[0][-1:]
        assert_equal(summary, [*others, sentences_of(paragraph)], stem=stem)


@given(st.text(alphabet="aB9éİß ж.,!?'-\n\u2019\u00a0中", max_size=60))
@settings(max_examples=200, deadline=None)
def test_words_of_english_texts_are_those_of_rouge_score_wherever_sentences_end(text):
    from rouge_score.tokenize import tokenize

    words = rouge_words(sentences_of(text), "en", as_english=True, stem=False)
    assert [word for sentence in words for word in sentence] == tokenize(text, None)


def test_of_several_references_the_best_counts_for_each_measure_by_itself():
    words_alike, order_alike = [["b", "a", "d", "c"]], [["a", "b", "x", "y", "z"]]
    scores = rouge_scores([[["a", "b", "c", "d"]]], [words_alike, order_alike])[0]
    assert scores[ROUGE_1] == Score(1.0, 1.0, 1.0)
    assert scores[ROUGE_2] == pytest.approx((1 / 3, 1 / 4, 2 / 7))


@pytest.mark.parametrize("summary", [[], [[]], [["only"]], [["x", "y"]]])
def test_a_summary_without_anything_in_common_scores_zero(summary):
    assert rouge_scores([summary], [[["a", "b"]], []])[0] == dict.fromkeys(VARIANTS, Score(0.0, 0.0, 0.0))


@pytest.mark.parametrize(
    ("language", "summary", "reference", "common"),
    [
        ("ru", ["Новый телефон держит заряд."], ["Телефон долго держит заряд."], 3 / 4),
        ("ru", ["новые телефоны"], ["новый телефон"], 1.0),  # by their stems
        ("zh", ["北京的天气很好。"], ["北京的天气不好。"], None),
        ("ja", ["東京は晴れです。"], ["東京は雨です。"], None),
        ("th", ["ฉันรักภาษาไทย"], ["ฉันรักภาษาไทย"], 1.0),
        ("de", ["Die Kinder!"], ["Das Kind."], 1 / 2),
        ("ar", ["الطقس جميل اليوم"], ["الطقس جميل اليوم"], 1.0),
    ],
)
def test_no_script_scores_zero_where_words_are_shared(language, summary, reference, common):
    summary, reference = (rouge_words(text, language, as_english=False, stem=True) for text in (summary, reference))
    f1 = rouge_scores([summary], [reference])[0][ROUGE_1].f1
    assert 0.0 < f1 <= 1.0
    assert common is None or f1 == pytest.approx(common)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The café opened in 2020.", True),
        ("en", "Beyoncé — «ж»", True),
        ("en", "", True),
        ("en", "Новый телефон 2020 OK", False),
        ("en", "北京的天气很好", False),
        ("fr", "The cafe", False),
    ],
)
def test_english_is_read_as_rouge_score_reads_it_unless_its_letters_are_others(language, text, expected):
    assert is_read_as_english([text], language) is expected


def slow_subsequence(first, second):
    lengths = np.zeros((len(first) + 1, len(second) + 1), dtype=int)
    for i, word in enumerate(first):
        for j, other in enumerate(second):
            alike = lengths[i, j] + 1 if word == other else 0
            lengths[i + 1, j + 1] = max(alike, lengths[i, j + 1], lengths[i + 1, j])
    return lengths[-1, -1]


@given(st.lists(st.integers(0, 4), max_size=20), st.lists(st.integers(0, 4), max_size=20))
@settings(max_examples=100, deadline=None)
def test_subsequences_are_as_long_as_the_slow_way_finds(first, second):
    first, second = (np.array(words, dtype=np.int32) for words in (first, second))
    longest = slow_subsequence(first, second)
    assert longest_common_subsequence(first, second) == longest
    covered = np.zeros(len(first), dtype=bool)
    scratch = np.empty(len(second) + 1, dtype=np.int32), np.full((20, 3), 255, dtype=np.uint8)
    mark_subsequence(first, second, *scratch, covered)
    assert covered.sum() == longest


def test_a_text_of_one_endless_sentence_is_read_to_its_limit_within_seconds(monkeypatch):
    monkeypatch.setattr(rouge, "MAX_WORDS", 1_000)
    endless = [[str(number % 700) for number in range(5_000)]]
    assert rouge_scores([endless], [endless])[0] == dict.fromkeys(VARIANTS, Score(1.0, 1.0, 1.0))
    # What stands behind the limit is not there.
    assert rouge_scores([[["x"] * 1_000, ["y"]]], [[["y"]]])[0][ROUGE_1].f1 == 0.0
