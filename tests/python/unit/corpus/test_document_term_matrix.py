import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from text_explorer.corpus import document_term_matrix, growing_array, word_stream
from text_explorer.corpus.document_term_matrix import bags_of_words, build_corpus
from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.corpus.words.preparation import Preparation

PLAIN = Preparation(min_documents=1)


def english(*texts):
    return [DocumentText(text, "en") for text in texts]


def corpus_of(*texts, **options):
    return build_corpus(english(*texts), Preparation(**{"min_documents": 1, **options}))[0]


def bags(corpus):
    terms = corpus.vocabulary.terms
    return [
        {terms[corpus.indices[i]]: int(corpus.data[i]) for i in range(corpus.indptr[d], corpus.indptr[d + 1])}
        for d in range(corpus.n_docs)
    ]


def test_documents_become_counts_of_terms():
    corpus = corpus_of("War and peace, war", None, "a peace treaty")
    assert bags(corpus) == [{"war": 2, "peace": 1}, {}, {"peace": 1, "treaty": 1}]
    assert corpus.vocabulary.terms == ("peace", "treaty", "war")
    assert corpus.vocabulary.document_counts.tolist() == [2, 1, 1]
    assert corpus.vocabulary.term_counts.tolist() == [2, 1, 2]
    assert corpus.doc_lengths.tolist() == [3, 0, 2]


def test_a_word_never_spans_two_documents():
    assert bags(corpus_of("gold", "en sil", "ver")) == [{"gold": 1}, {"en": 1, "sil": 1}, {"ver": 1}]


def test_term_ids_ascend_within_a_document():
    corpus = corpus_of("zinc iron gold zinc", "iron zinc")
    assert corpus.indices.tolist() == [0, 1, 2, 1, 2]
    assert corpus.data.tolist() == [1, 1, 2, 1, 1]
    assert (corpus.indices.dtype, corpus.data.dtype, corpus.indptr.dtype) == (np.int32, np.int32, np.int64)


def test_a_part_is_a_corpus_of_its_documents():
    part = corpus_of("gold", "iron zinc iron", None, "zinc", "tin").part(1, 4)
    assert bags(part) == [{"iron": 2, "zinc": 1}, {}, {"zinc": 1}]
    assert part.doc_lengths.tolist() == [3, 0, 1]


def test_documents_are_taken_in_any_order_and_repeatedly():
    corpus = corpus_of("gold", "iron zinc iron", None, "zinc", "tin")
    taken = corpus.take(np.array([3, 1, 2, 1]))
    assert bags(taken) == [{"zinc": 1}, {"iron": 2, "zinc": 1}, {}, {"iron": 2, "zinc": 1}]
    assert taken.doc_lengths.tolist() == [1, 3, 0, 3]
    assert words_in_order(taken) == [["zinc"], ["iron", "zinc", "iron"], [], ["iron", "zinc", "iron"]]
    assert bags(corpus.take(np.zeros(0, dtype=np.int64))) == []


def words_in_order(corpus):
    terms = corpus.vocabulary.terms
    ends = corpus.word_offsets.tolist()
    return [[terms[term_id] for term_id in corpus.word_order[start:end]] for start, end in zip(ends, ends[1:])]


def test_the_order_of_the_words_kept_is_kept():
    corpus = corpus_of("Zinc, the iron; gold and zinc", None, "the", "iron 1849 zinc iron")
    assert words_in_order(corpus) == [["zinc", "iron", "gold", "zinc"], [], [], ["iron", "zinc", "iron"]]
    assert corpus.word_order.dtype == np.int32
    assert corpus.word_offsets.tolist() == [0, 4, 4, 4, 7]


def test_phrases_and_stems_are_in_the_order_of_words():
    texts = ["votes in New York", "New York voting now", "a vote for New York"]
    corpus = corpus_of(*texts, phrases="bigrams", phrase_min_count=2, phrase_threshold=0.01, normal_form="stem")
    found = [[term for term in document if term in ("vote", "new york")] for document in words_in_order(corpus)]
    assert found == [["vote", "new york"], ["new york", "vote"], ["vote", "new york"]]


def test_a_part_has_the_words_of_its_documents_in_order():
    corpus = corpus_of("gold", "iron zinc iron", None, "zinc gold", "tin")
    assert words_in_order(corpus.part(1, 4)) == [["iron", "zinc", "iron"], [], ["zinc", "gold"]]
    assert words_in_order(corpus.part(1, 4).part(2, 3)) == [["zinc", "gold"]]
    assert words_in_order(corpus.part(2, 2)) == []


def test_new_texts_are_counted_without_keeping_their_order():
    corpus = corpus_of("gold silver", "gold")
    new = bags_of_words(english("silver gold"), corpus.vocabulary, PLAIN)
    assert new.word_order is None
    assert new.part(0, 1).word_order is None


def test_without_texts_the_corpus_is_empty():
    corpus = corpus_of()
    assert (corpus.n_docs, corpus.n_terms) == (0, 0)
    assert corpus_of(None, "the").doc_lengths.tolist() == [0, 0]


def test_only_known_terms_of_new_texts_are_counted():
    corpus = corpus_of("gold silver", "gold")
    assert bags(bags_of_words(english("gold gold copper", None), corpus.vocabulary, PLAIN)) == [{"gold": 2}, {}]


def test_many_identical_words_are_one_entry():
    assert corpus_of("gold " * 100_000).data.tolist() == [100_000]


def test_a_document_of_five_megabytes_is_read():
    corpus = corpus_of("gold silver copper " * 263_158)
    assert bags(corpus) == [{"gold": 263_158, "silver": 263_158, "copper": 263_158}]


@pytest.mark.parametrize("normal_form", ["none", "stem", "lemma"])
@pytest.mark.parametrize("phrases", ["none", "bigrams"])
def test_the_texts_of_a_corpus_have_the_same_terms_as_new_texts(normal_form, phrases):
    texts = english(*["New York votes", "voting in New York", "the vote of New York", "York mice, a mouse"] * 2)
    preparation = Preparation(
        min_documents=1, max_document_share=1.0, normal_form=normal_form, phrases=phrases, phrase_min_count=2,
        phrase_threshold=0.01,
    )  # fmt: skip
    corpus, _ = build_corpus(texts, preparation)
    again = bags_of_words(texts, corpus.vocabulary, preparation)
    assert bags(again) == bags(corpus)
    assert ("new york" in corpus.vocabulary.terms) == (phrases == "bigrams")


WORDS = st.sampled_from(
    [
        "gold",
        "Gold",
        "silver",
        "the",
        "New York",
        "vote",
        "votes",
        "U.S.",
        "1945",
        "😀",
        "e\u0301t\u00e9",
        "v&ocirc;te",
        "US",
        "C++",
        "xx",
        "sil-\nver",
        "new-\nyork",
        "gold\\nSilver",
        "do n't",
        "&lt;b&gt;",
        "R&amp;D",
        "vote's",
    ]
)
DOCUMENTS = st.lists(
    st.tuples(
        st.one_of(st.none(), st.text(max_size=20), st.lists(WORDS, max_size=8).map(" ".join)),
        st.sampled_from(["en", "fr", "zh"]),
    ).map(lambda pair: DocumentText(*pair)),
    max_size=12,
)


@given(DOCUMENTS, st.integers(1, 40), st.integers(1, 3), st.sampled_from(["none", "bigrams"]))
@settings(max_examples=60, deadline=None)
def test_batches_and_threads_do_not_change_the_corpus(documents, size, n_workers, phrases):
    preparation = Preparation(min_documents=1, phrases=phrases, phrase_min_count=1, normal_form="stem")
    whole, statistics = build_corpus(documents, preparation, n_workers=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(word_stream, "BATCH_CHARACTERS", size)
        patch.setattr(document_term_matrix, "WORDS_AT_ONCE", size)
        patch.setattr(growing_array, "MAPPED_FROM_BYTES", 8 * size)
        pieces, pieces_statistics = build_corpus(documents, preparation, n_workers=n_workers)
    assert pieces_statistics == statistics
    assert pieces.vocabulary.terms == whole.vocabulary.terms
    assert pieces.vocabulary.names_of_stems == whole.vocabulary.names_of_stems
    for name in ("indptr", "indices", "data", "word_order"):
        assert getattr(pieces, name).tobytes() == getattr(whole, name).tobytes()
    for name in ("document_counts", "term_counts"):
        assert getattr(pieces.vocabulary, name).tobytes() == getattr(whole.vocabulary, name).tobytes()


@given(DOCUMENTS)
@settings(max_examples=100, deadline=None)
def test_the_counts_of_a_corpus_add_up(documents):
    corpus, statistics = build_corpus(documents, PLAIN)
    assert corpus.n_docs == statistics.n_docs == len(documents)
    assert corpus.data.sum() == corpus.vocabulary.term_counts.sum() == statistics.n_words_kept
    assert np.bincount(corpus.word_order, minlength=corpus.n_terms).tolist() == corpus.vocabulary.term_counts.tolist()
    assert [len(words) for words in words_in_order(corpus)] == corpus.doc_lengths.tolist()
    assert np.bincount(corpus.indices, minlength=corpus.n_terms).tolist() == corpus.vocabulary.document_counts.tolist()
    assert statistics.n_words == statistics.n_words_kept + sum(statistics.n_words_left_out.values())


def test_words_left_out_are_counted_by_reason(caplog):
    texts = [f"currency word{i:02}x" for i in range(19)]
    _, statistics = build_corpus(english("currency 1849 the a b " + "x" * 101, *texts), Preparation(min_documents=1))
    assert statistics.n_words_left_out == {
        "stop word": 3, "own stop word": 0, "number": 1, "too short": 0, "too long": 1,
        "one letter repeated": 0,
        "too rare": 0, "too common": 20, "beyond the largest vocabulary": 0,
    }  # fmt: skip
    assert statistics.common_terms == [("currency", 20)]
    assert (statistics.n_docs, statistics.n_words, statistics.n_words_kept, statistics.n_terms) == (20, 44, 19, 19)


def test_texts_in_the_script_of_another_language_cause_a_warning(caplog):
    build_corpus(english("我喜欢北京的天气"), PLAIN)
    assert "select it in 'Language'" in caplog.text


def test_a_large_corpus_is_mapped_to_files(monkeypatch):
    monkeypatch.setattr(growing_array, "MAPPED_FROM_BYTES", 1)
    corpus = corpus_of("gold silver", "gold")
    assert isinstance(corpus.indices, np.memmap)
    assert isinstance(corpus.word_order, np.memmap)
    assert bags(corpus) == [{"gold": 1, "silver": 1}, {"gold": 1}]
