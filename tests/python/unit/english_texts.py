"""Texts as the library takes them, each with its language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Optional

from text_explorer.corpus.language.document_languages import DocumentText


def english(texts: Iterable[Optional[str]]) -> list[DocumentText]:
    """Say of texts that they are in English."""
    return [DocumentText(text, "en") for text in texts]
