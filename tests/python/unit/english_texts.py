"""Documents in English for tests."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Optional

from text_explorer.corpus.language.document_languages import DocumentText


def english(texts: Iterable[Optional[str]]) -> list[DocumentText]:
    """Return texts as documents in English."""
    return [DocumentText(text, "en") for text in texts]
