"""The package sumy in the way its users call it, with a tokenizer of our own: its own needs a download."""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from typing import Any, Callable, Optional

from nltk.tokenize.destructive import NLTKWordTokenizer
from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.nlp.stemmers import Stemmer
from sumy.parsers.plaintext import PlaintextParser
from sumy.summarizers.kl import KLSummarizer
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.lsa import LsaSummarizer
from sumy.summarizers.luhn import LuhnSummarizer
from sumy.summarizers.reduction import ReductionSummarizer
from sumy.summarizers.sum_basic import SumBasicSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer
from sumy.utils import get_stop_words

CLASSES = {
    "lexrank": LexRankSummarizer,
    "textrank": TextRankSummarizer,
    "lsa": LsaSummarizer,
    "luhn": LuhnSummarizer,
    "sumbasic": SumBasicSummarizer,
    "kl": KLSummarizer,
    "reduction": ReductionSummarizer,
}


class PlainTokenizer:
    """Sentences end at full stops, question and exclamation marks; words are letters and digits."""

    language = "english"

    @staticmethod
    def to_sentences(text: str) -> tuple[str, ...]:
        """Cut a paragraph into sentences."""
        return tuple(re.split(r"(?<=[.!?])\s+", text.strip()))

    @staticmethod
    def to_words(sentence: str) -> tuple[str, ...]:
        """Find the words of a sentence."""
        return tuple(re.findall(r"\w+", sentence))


class NltkWords(PlainTokenizer):
    """The words sumy's own tokenizer finds: NLTK's, those that consist of letters, hyphens and apostrophes."""

    _words = NLTKWordTokenizer()
    _of_letters = re.compile(r"^[^\W\d_](?:[^\W\d_]|['-])*$")

    @classmethod
    def to_words(cls, sentence: str) -> tuple[str, ...]:
        """Find the words of a sentence."""
        return tuple(word for word in cls._words.tokenize(sentence) if cls._of_letters.match(word))


def summarizer(method: str, stem: Optional[Callable[[str], str]] = None, language: str = "english") -> Any:
    """Build a summarizer with sumy's stop words, and sumy's stemmer unless another is given."""
    built = CLASSES[method](stem or Stemmer(language))
    built.stop_words = get_stop_words(language)
    return built


def summary_of(text: str, method: str, count: int) -> list[str]:
    """Summarize a text by the lines that the README of sumy shows."""
    parser = PlaintextParser.from_string(text, NltkWords())
    return [str(sentence) for sentence in summarizer(method)(parser.document, count)]


def model(sentences: Sequence[str]) -> ObjectDocumentModel:
    """Make sumy's model of sentences; their words are found already."""
    cut = [Sentence(sentence, PlainTokenizer()) for sentence in sentences]
    for sentence in cut:
        assert sentence.words is not None
    return ObjectDocumentModel([Paragraph(cut)])


def picks(document: ObjectDocumentModel, built: Any, count: int) -> list[int]:
    """Return the indices of the chosen sentences."""
    indices = {id(sentence): index for index, sentence in enumerate(document.sentences)}
    with warnings.catch_warnings():
        # LSA warns of texts of few words; LexRank divides by zero where no sentence is like another.
        warnings.simplefilter("ignore")
        return [indices[id(sentence)] for sentence in built(document, count)]
