"""Ask an embedding model of the instance (LLM Mesh); whatever fails becomes the answer to the text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Optional

import dataiku

from text_explorer.dss.io.language_models.asking import offered_model
from text_explorer.errors import DataError, caught
from text_explorer.language_models.embedding.answers import Embed, EmbeddedText, read_response, reason_of

PURPOSE = "TEXT_EMBEDDING_EXTRACTION"
FAIL, TRUNCATE = "FAIL", "TRUNCATE"
"""What happens to a text that is too long for the model: it has no vector, or is cut."""
LONGEST_QUERY = 10_000


def embed_query(text: str, model_id: str, n_numbers: Optional[int] = None) -> EmbeddedText:
    """Embed one text, such as a search, by a model of the instance; raise nothing.

    One request, which may take seconds: hold no lock while it runs. A long text is cut.

    Parameters
    ----------
    text
        The text.
    model_id
        Id of the model in LLM Mesh, as the manifest of a topic model holds it (`meaning`, `embedding_model`).
    n_numbers
        Numbers that the vector must have, those of the vectors it is compared with; None for any.

    Returns
    -------
    embedded
        A `vector`, or else an `error`: no text, no LLM Mesh, a request that was refused, another length.
    """
    if not text.strip():
        return EmbeddedText(None, "There is no text to search for.")
    llm = None
    with caught() as fault:
        project = dataiku.api_client().get_default_project()
        llm = project.get_llm(model_id) if hasattr(project, "get_llm") else None
    if fault.error is not None:
        return EmbeddedText(None, reason_of(fault.error))
    if llm is None:
        return EmbeddedText(None, "This DSS has no LLM Mesh, so that texts cannot be embedded.")
    found = _embed(llm, TRUNCATE, [text[:LONGEST_QUERY]])[0]
    if found.vector is not None and n_numbers is not None and len(found.vector) != n_numbers:
        return EmbeddedText(
            None, f"The model {model_id} now sends vectors of {len(found.vector):,} numbers, not {n_numbers:,}."
        )
    return found


def open_embedding_model(llm_id: str, text_overflow: str) -> Embed:
    """Return a function that embeds texts; raise a `DataError` where there is no such model, see `offered_model`."""
    return partial(_embed, offered_model(llm_id, PURPOSE, "Embedding model"), text_overflow)


def _embed(llm: Any, text_overflow: str, texts: Sequence[str]) -> list[EmbeddedText]:
    """Embed texts in one request. Not by ``get_embeddings``, which raises where any text has failed."""
    with caught() as fault:
        query = llm.new_embeddings(text_overflow_mode=text_overflow)
        for text in texts:
            query.add_text(text)
        responses = query.execute()._raw["responses"]
        if not isinstance(responses, list) or len(responses) != len(texts):
            raise DataError("The model did not send as many vectors as it was sent texts.")
        return [read_response(response) for response in responses]
    return [EmbeddedText(None, reason_of(fault.error))] * len(texts)
