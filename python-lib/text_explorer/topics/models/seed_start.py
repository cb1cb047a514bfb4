"""Initial topics of seeded training: documents with seed terms start in the topic with the most seeds in them.

From a random start, a few seeds have no effect: documents follow the words of many others, and a seeded topic drifts
to another theme.
"""

from __future__ import annotations

from typing import Union

import numpy as np
from scipy.sparse import csr_matrix

from text_explorer.corpus.document_term_matrix import Corpus
from text_explorer.topics.models.parts.part import Part


def seeded_documents(documents: Union[Corpus, Part], seed_counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Find the documents with a seeded term, ascending, and the topic in which their terms were seeded most.

    The lower topic is taken at a tie.
    """
    counts = csr_matrix((documents.data, documents.indices, documents.indptr), (documents.n_docs, seed_counts.shape[1]))
    pulls = (counts @ csr_matrix(seed_counts.T)).tocoo()
    order = np.lexsort((pulls.col, -pulls.data, pulls.row))
    seeded, first = np.unique(pulls.row[order], return_index=True)
    return seeded.astype(np.int64), pulls.col[order][first].astype(np.int64)
