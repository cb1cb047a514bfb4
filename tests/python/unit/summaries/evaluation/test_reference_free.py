import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.summaries.evaluation import columns
from text_explorer.summaries.evaluation.reference_free import measure_by_text, profile_text
from text_explorer.summaries.evaluation.systems import read_summary
from text_explorer.summaries.sentences.document import read_document
from text_explorer.summaries.sentences.settings import TextSettings

# Five content words: dogs, bark (three times), cats, purr, mice.
TEXT = "Dogs bark. Dogs bark and bark. Cats purr. Mice."


def measured(summary, text=TEXT):
    document = read_document([DocumentText(text, "en")], TextSettings())
    return measure_by_text(read_summary(summary, document)[0], profile_text(document))


def test_length_is_a_fraction_of_the_text():
    found = measured("Dogs bark. Mice.")
    assert (found[columns.COMPRESSION_WORDS], found[columns.COMPRESSION_SENTENCES]) == (3 / 9, 2 / 4)


def test_coverage_counts_content_words_once_or_by_their_weight():
    found = measured("Dogs bark.")
    assert found[columns.TERM_COVERAGE] == 2 / 5
    common, rare = 1 + math.log(2), 1 + math.log(4)
    assert found[columns.TFIDF_COVERAGE] == pytest.approx(5 * common / (5 * common + 3 * rare))


def test_stems_cover_the_forms_of_a_word():
    assert measured("A dog barked at a cat.")[columns.TERM_COVERAGE] == 3 / 5


def test_a_summary_of_the_whole_text_covers_all_of_it():
    found = measured(TEXT)
    assert [found[name] for name in (columns.TERM_COVERAGE, columns.TFIDF_COVERAGE)] == [1.0, 1.0]


def test_redundancy_is_the_cosine_of_sentences():
    found = measured("Dogs bark. Cats purr.")
    assert (found[columns.REDUNDANCY_MEAN], found[columns.REDUNDANCY_MAX]) == (0.0, 0.0)
    found = measured("Dogs bark. Dogs bark. Mice.")
    assert (found[columns.REDUNDANCY_MEAN], found[columns.REDUNDANCY_MAX]) == (pytest.approx(1 / 3), 1.0)
    # Both words are equally rare: (1, 1) and (1, 2).
    assert measured("Dogs bark. Dogs bark and bark.")[columns.REDUNDANCY_MEAN] == pytest.approx(3 / math.sqrt(10))


def test_a_word_that_is_not_in_the_text_weighs_as_much_as_one_in_a_single_sentence():
    # Dogs are in two of four sentences.
    common, rare = 1 + math.log(2), 1 + math.log(4)
    found = measured("Dogs climb. Dogs swim.")
    assert found[columns.REDUNDANCY_MAX] == pytest.approx(common**2 / (common**2 + rare**2))


@pytest.mark.parametrize("summary", ["Dogs bark.", "Dogs bark. And or the.", "And so on. Of the"])
def test_one_sentence_repeats_nothing_that_could_be_measured(summary):
    found = measured(summary)
    assert math.isnan(found[columns.REDUNDANCY_MEAN])
    assert math.isnan(found[columns.REDUNDANCY_MAX])


def test_an_extract_has_no_novelty_even_if_its_sentences_are_newly_adjacent():
    found = measured("Mice. Dogs bark.")
    assert (found[columns.NOVELTY_1], found[columns.NOVELTY_2], found[columns.FRAGMENT_COVERAGE]) == (0.0, 0.0, 1.0)


def test_new_words_and_pairs_are_counted_each_time():
    found = measured("Dogs purr loudly, loudly.")
    assert found[columns.NOVELTY_1] == 2 / 4
    assert found[columns.NOVELTY_2] == 3 / 3
    assert math.isnan(measured("Dogs")[columns.NOVELTY_2])


def test_a_new_word_makes_a_new_pair_with_each_word_of_the_text():
    assert measured("Dogs climb. Bark climb. And climb. Cats climb. Purr climb.")[columns.NOVELTY_2] == 5 / 5


def test_fragments_are_the_longest_copies_from_left_to_right():
    # dogs bark | bark cats purr | (new) | mice
    found = measured("Dogs bark bark cats purr today mice")
    assert found[columns.FRAGMENT_COVERAGE] == pytest.approx(6 / 7)
    assert found[columns.FRAGMENT_DENSITY] == pytest.approx((2**2 + 3**2 + 1**2) / 7)


@pytest.mark.parametrize("text", ["And so on.", "!!!", "😀"])
def test_a_text_without_content_words_has_no_coverage(text):
    assert math.isnan(measured("Dogs bark.", text)[columns.TERM_COVERAGE])


def slow_fragments(summary, text):
    """Follow figure 3 of the paper word by word."""
    fragments, i = [], 0
    while i < len(summary):
        longest, j = [], 0
        while j < len(text):
            if summary[i] == text[j]:
                length = 0
                while i + length < len(summary) and j + length < len(text) and summary[i + length] == text[j + length]:
                    length += 1
                if length > len(longest):
                    longest = summary[i : i + length]
                j += length
            else:
                j += 1
        i += max(len(longest), 1)
        fragments.append(len(longest))
    return sum(fragments), sum(length**2 for length in fragments)


@given(st.lists(st.sampled_from("abcde"), min_size=1, max_size=12), st.lists(st.sampled_from("abcd"), max_size=20))
@settings(max_examples=100, deadline=None)
def test_fragments_are_those_of_the_paper_or_longer(summary, text):
    text = [*text, "a"]
    numbers = {letter: number for number, letter in enumerate(dict.fromkeys(text))}
    words = np.array([numbers[letter] for letter in text], dtype=np.int32)
    places = np.argsort(words, kind="stable")
    counts = np.append(np.bincount(words), 0)
    starts = np.concatenate(([0], np.cumsum(counts)))
    own = np.array([numbers.get(letter, len(numbers)) for letter in summary], dtype=np.int32)
    from text_explorer.summaries.evaluation._fragment_kernels import copied_fragments

    covered, squares = copied_fragments(own, words, places, starts)
    # The paper's search leaps over a copy it has seen, and so may miss a longer one that starts inside it.
    assert covered == slow_fragments(summary, text)[0]
    assert squares >= slow_fragments(summary, text)[1] or covered == 0
