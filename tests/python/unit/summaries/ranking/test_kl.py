import math
from collections import Counter

import numpy as np
import pytest

from text_explorer.summaries.ranking import kl as kl_ranking
from text_explorer.summaries.ranking.kl import Divergences, KLWords, kl, kl_words, word_probabilities


def divergence(words: KLWords, summary: list[int], index: int) -> float:
    """Sum the divergence word by word, as in the formula."""
    joint = Counter(words.content[index])
    for chosen in summary:
        joint.update(words.whole[chosen])
    n_words = sum(joint.values())
    p = words.probabilities
    return sum(p[word] * math.log(p[word] / (count / n_words)) for word, count in joint.items() if word in p)


def test_first_sentence_is_that_of_the_smallest_divergence(make_document):
    # Probabilities: river 3/6, bridge 2/6, ship 1/6. The distribution of the second sentence is nearest.
    document = make_document("River bridge. River river. Bridge ship.")
    words = kl_words(document)
    assert words.probabilities == {"river": 3 / 6, "bridge": 2 / 6, "ship": 1 / 6}
    expected = [
        1 / 2 * math.log(1.0) + 1 / 3 * math.log(2 / 3),
        1 / 2 * math.log(1 / 2),
        1 / 3 * math.log(2 / 3) + 1 / 6 * math.log(1 / 3),
    ]
    np.testing.assert_allclose(Divergences(words).all(), expected)
    assert kl(document).argmax() == 1


@pytest.mark.parametrize("seed", range(5))
def test_divergences_stay_right_as_the_summary_grows(make_document, made_up_text, seed):
    document = make_document(made_up_text(40, seed) + " The of was.")
    words = kl_words(document)
    divergences, summary = Divergences(words), []
    computed, expected = [], []
    for index in np.random.default_rng(seed).permutation(41).tolist():
        computed.append(divergences.all())
        expected.append([np.inf if i in summary else divergence(words, summary, i) for i in range(41)])
        divergences.choose(index)
        summary.append(index)
    assert len(expected) == 41
    np.testing.assert_allclose(computed, expected, atol=1e-12)


def test_scores_count_down_from_zero_in_the_order_of_choice(make_document, made_up_text):
    document = make_document(made_up_text(30))
    words, summary = kl_words(document), []
    scores = kl(document)
    assert sorted(scores) == list(range(-29, 1))
    for _ in range(30):
        left = [other for other in range(30) if other not in summary]
        summary.append(min(left, key=lambda other: round(divergence(words, summary, other), 10)))
    assert np.argsort(-scores).tolist() == summary


def test_equal_divergences_go_to_the_earlier_sentence(make_document):
    document = make_document("Harbour winter. Winter harbour. Harbour winter.")
    np.testing.assert_array_equal(kl(document), [0, -1, -2])


def test_sentences_after_the_first_max_ranked_get_the_lowest_score(make_document, made_up_text, monkeypatch):
    document = make_document(made_up_text(20))
    all_ranked = kl(document)
    monkeypatch.setattr(kl_ranking, "MAX_RANKED", 4)
    np.testing.assert_array_equal(kl(document), np.maximum(all_ranked, -4))


def test_each_text_of_a_group_uses_the_stop_words_of_its_language(make_document):
    from text_explorer.corpus.language.document_languages import DocumentText
    from text_explorer.summaries.sentences.document import read_document
    from text_explorer.summaries.sentences.settings import TextSettings

    texts = [DocumentText("The river and the bridge.", "en"), DocumentText("Der Fluss und die Stadt.", "de")]
    assert kl_words(read_document(texts, TextSettings())).content == [["river", "bridge"], ["fluss", "stadt"]]


def test_a_document_without_content_words_is_ranked_by_position(make_document):
    np.testing.assert_array_equal(kl(make_document("The of. It was. And the.")), [0, -1, -2])


def test_word_probabilities_no_words_are_none():
    assert word_probabilities([]) == {}
