"""Builders of small texts whose summaries are known by construction."""

from __future__ import annotations

import os
import subprocess
import sys
from random import Random

import pytest

from tests.python.conftest import ROOT
from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.summaries.sentences.document import Document, read_document
from text_explorer.summaries.sentences.settings import TextSettings


@pytest.fixture
def make_document():
    """Build a document of one text in English, or of several."""

    def make(*texts: str, language: str = "en", line_breaks_end_sentences: bool = True) -> Document:
        documents = [DocumentText(text, language) for text in texts]
        return read_document(documents, TextSettings(line_breaks_end_sentences))

    return make


@pytest.fixture(scope="session")
def made_up_text():
    """Draw a text: sentences of frequent and rare words, some of them repeated, one word long or without content."""

    def draw(n_sentences: int, seed: int = 0) -> str:
        random = Random(seed)
        frequent = ["river", "bridge", "harbour", "winter", "engine", "the", "of", "was"]
        sentences: list[str] = []
        for number in range(n_sentences):
            if sentences and number % 11 == 0:
                sentences.append(random.choice(sentences))
                continue
            length = 1 if number % 13 == 0 else random.randint(2, 20)
            rare = [f"word{random.randint(0, 3 * n_sentences)}x" for _ in range(length // 3)]
            words = [*random.choices(frequent, k=length - len(rare)), *rare]
            random.shuffle(words)
            sentences.append(" ".join(words).capitalize() + ".")
        return " ".join(sentences)

    return draw


@pytest.fixture
def phone_review() -> str:
    """Return a review whose third sentence has words in common with all others but the last."""
    return (
        "The battery lasts long hours. The camera takes sharp pictures. "
        "Battery, camera and screen make sharp pictures for long hours on a bright display. "
        "The screen has a bright display. My cousin lives in Lisbon."
    )


@pytest.fixture
def print_with_hash_seed():
    """Run a program in its own process, with a hash seed that orders sets, and return its output."""

    def run(seed: int, program: str) -> str:
        library = ROOT / "python-lib"
        environment = {**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONPATH": str(library)}
        command = [sys.executable, "-c", program]
        return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout

    return run
