"""Initial topics of seeded training: documents with seed terms start in the topic with the most seeds in them.

From a random start, a few seeds have no effect: documents follow the words of many others, and a seeded topic drifts
to another theme.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix

from text_explorer.corpus.document_term_matrix import Corpus


def seeded_documents(corpus: Corpus, seed_counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Find the documents with a seeded term, ascending, and the topic in which their terms were seeded most.

    The lower topic is taken at a tie.
    """
    shape = (corpus.n_docs, corpus.n_terms)
    pulls = (csr_matrix((corpus.data, corpus.indices, corpus.indptr), shape) @ csr_matrix(seed_counts.T)).tocoo()
    order = np.lexsort((pulls.col, -pulls.data, pulls.row))
    documents, first = np.unique(pulls.row[order], return_index=True)
    return documents.astype(np.int64), pulls.col[order][first].astype(np.int64)
