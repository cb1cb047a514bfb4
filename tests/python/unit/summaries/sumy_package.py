"""The package sumy as its users call it, on given sentences and words."""

from __future__ import annotations

import re
import warnings

from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.summarizers.kl import KLSummarizer
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.reduction import ReductionSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer

from text_explorer.corpus.language.stems import stemmer
from text_explorer.corpus.language.stop_words import listed_stop_words
from text_explorer.summaries.sentences.document import Document
from text_explorer.summaries.sumy.edmundson import _rating, document_model

CLASSES = {
    "lexrank": LexRankSummarizer,
    "textrank": TextRankSummarizer,
    "reduction": ReductionSummarizer,
    "kl": KLSummarizer,
}


class PlainTokenizer:
    """Words of letters and digits, in their original case."""

    language = "english"

    @staticmethod
    def to_words(sentence: str) -> tuple[str, ...]:
        return tuple(re.findall(r"\w+", sentence))


def sumy_ratings(document: Document, summarizer_class: type) -> list[float]:
    """Return the ratings of a summarizer of sumy, one per sentence."""
    summarizer = _rating(summarizer_class)(stemmer("en"))
    summarizer.stop_words = listed_stop_words("en")
    return summarizer(document_model(document), None)


def sumy_picks(document: Document, method: str, count, language: str = "en") -> list[int]:
    """Return the indices of the sentences sumy chooses."""
    sentences = [Sentence(document.text_of(index), PlainTokenizer()) for index in range(document.n_sentences)]
    words = [tuple(word.lower() for word in sentence.words) for sentence in sentences]
    assert words == [sentence.words for sentence in document.sentences]
    summarizer = CLASSES[method](stemmer(language))
    summarizer.stop_words = listed_stop_words(language)
    with warnings.catch_warnings():
        # LexRank divides zero by zero where no two sentences are similar.
        warnings.simplefilter("ignore", RuntimeWarning)
        chosen = summarizer(ObjectDocumentModel([Paragraph(sentences)]), count)
    indices = {id(sentence): index for index, sentence in enumerate(sentences)}
    return [indices[id(sentence)] for sentence in chosen]
