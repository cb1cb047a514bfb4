import numpy as np
import pytest

from tests.python.unit.english_texts import english
from tests.python.unit.topics.small_corpora import corpus_of, corpus_of_counts
from text_explorer.corpus.document_term_matrix import build_corpus
from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.corpus.words.preparation import Preparation
from text_explorer.errors import SettingsError
from text_explorer.topics.models.gibbs_lda import fit_gibbs_lda
from text_explorer.topics.seeds.seed_terms import (
    FoundSeed,
    Seed,
    SeededTopic,
    find_seeds,
    read_seeds,
    seed_counts,
)


def topic(name, *terms):
    return SeededTopic(name, tuple(Seed(term, 1.0) for term in terms))


def found_terms(texts, terms, languages=("en",), **preparation):
    prepared = Preparation(**{"max_document_share": 1.0, "min_documents": 1, **preparation})
    corpus, _ = build_corpus(texts, prepared)
    found = find_seeds([topic("t", *terms)], corpus.vocabulary, prepared, languages)
    return [None if each.term_id is None else corpus.vocabulary.terms[each.term_id] for each in found]


def test_rows_become_topics_in_the_order_in_which_they_come_first():
    rows = [("War", "army", None), (" Money ", "gold", "2"), ("War", "navy", 0.5), ("Money", " silver  coin ", "")]
    assert read_seeds(rows, 2) == (
        SeededTopic("War", (Seed("army", 1.0), Seed("navy", 0.5))),
        SeededTopic("Money", (Seed("gold", 2.0), Seed("silver coin", 1.0))),
    )


def test_empty_rows_are_passed_over_and_a_repeated_term_has_its_largest_weight():
    rows = [(None, "", np.nan), ("War", "army", 3), ("War", "army", 2), ("War", "army", None)]
    assert read_seeds(rows, 1) == (SeededTopic("War", (Seed("army", 3.0),)),)
    assert read_seeds([], 1) == ()


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ((None, "army", 1), "Row 1 of the seed terms has no topic name: add one, or delete the row."),
        (("War", "  ", 1), "Row 1 of the seed terms has no term: add one, or delete the row."),
        (("War", "army", "much"), "The weight in row 1 .* above 0 and at most 100, or empty. Got 'much'."),
        (("War", "army", 0), "Got '0'."),
        (("War", "army", -1), "Got '-1'."),
        (("War", "army", "inf"), "Got 'inf'."),
        (("War", "army", "nan"), "Got 'nan'."),
        (("War", "army", 100.5), "Got '100.5'."),
    ],
)
def test_a_bad_row_is_refused(row, fault):
    with pytest.raises(SettingsError, match=fault):
        read_seeds([row], 5)


def test_more_seeded_topics_than_topics_are_refused():
    with pytest.raises(SettingsError, match=r"name 3 topics, but 'Number of topics' is 2\. Raise it to at least 3, or"):
        read_seeds([(name, "army", 1) for name in "abc"], 2)


def test_all_faults_are_listed_up_to_a_limit():
    rows = [(None, None, "x"), ("a", "army", 1), ("b", "gold", 1)]
    with pytest.raises(SettingsError) as raised:
        read_seeds(rows, 1)
    assert len(raised.value.faults) == 4
    with pytest.raises(SettingsError) as raised:
        read_seeds([("a", None, 1)] * 500, 1)
    assert (len(raised.value.faults), raised.value.faults[-1]) == (
        21,
        "The seed terms have 480 more faults like these.",
    )


def test_seeds_are_found_as_words_of_texts_are():
    texts = english(["The voters voted", "Café in Paris"])
    assert found_terms(texts, ["VOTED", "cafe", "peace", "the", "Paris"]) == ["voted", None, None, None, "paris"]
    assert found_terms(texts, ["cafe"], fold_accents=True) == ["cafe"]
    assert found_terms(texts, ["voting"], normal_form="stem") == ["voted"]
    assert found_terms(english(["many mice"]), ["mouse"], normal_form="lemma") == ["mouse"]
    assert found_terms(texts, ["paris"], lower_case=False) == [None]


def test_a_seed_of_several_words_is_a_phrase_or_unknown():
    texts = english(["social security", "bird", "gold"] * 8 + ["social bird", "security gold"])
    assert found_terms(texts, ["social security"]) == [None]
    assert found_terms(texts, ["Social Security"], phrases="bigrams", phrase_threshold=0.1) == ["social security"]


def test_a_seed_is_taken_for_the_first_language_in_which_it_is_known():
    texts = [DocumentText("Die Kinder gehen in die Schule", "de"), DocumentText("People die young", "en")]
    assert found_terms(texts, ["die", "kinder"], ("de", "en")) == ["die", "kinder"]
    assert found_terms(texts, ["die", "kinder"], ("de",)) == [None, "kinder"]


def test_a_corpus_without_terms_knows_no_seed_and_no_seeds_are_no_fault():
    empty = corpus_of([None])
    found = find_seeds([topic("t", "gold")], empty.vocabulary, Preparation(), ["en"])
    assert [each.term_id for each in found] == [None]
    assert find_seeds([], empty.vocabulary, Preparation(), ["en"]) == []
    assert seed_counts(found, empty, 3).shape == (3, 0)


def test_a_seed_counts_as_one_in_a_hundred_of_a_topics_words_but_no_more_than_it_occurs():
    corpus = corpus_of_counts([[990, 5, 1000, 5]])
    found = [FoundSeed(0, Seed("a", 1.0), 0), FoundSeed(0, Seed("b", 2.0), 1), FoundSeed(1, Seed("c", 3.0), 2)]
    found += [FoundSeed(1, Seed("d", 0.01), 3), FoundSeed(1, Seed("e", 1.0), None), FoundSeed(1, Seed("f", 2.0), 2)]
    assert seed_counts(found, corpus, 2).tolist() == [[10, 10, 0, 0], [0, 0, 30, 1]]


def test_seeded_topics_take_up_their_theme(themed_corpus, theme_of_term):
    topics = [topic("School", "teacher", "pupil"), topic("War", "army")]
    found = find_seeds(topics, themed_corpus.vocabulary, Preparation(max_document_share=1.0), ["en"])
    counts = seed_counts(found, themed_corpus, 3)
    terms = themed_corpus.vocabulary.terms
    for seed in range(3):
        distr = fit_gibbs_lda(themed_corpus, 3, n_iterations=60, seed=seed, seed_counts=counts).topic_term_distr
        best = [{theme_of_term[terms[term]] for term in np.argsort(-row)[:6]} for row in distr[:2]]
        assert best == [{"school"}, {"war"}]
