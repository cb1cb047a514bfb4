"""Topic models: fitting, quality, description, storage, edits and assignment to new documents.

Arrays of these names are the same everywhere, and described where they differ:
``topic_term_distr``, float64 of shape (n_topics, n_terms), rows sum to one;
``doc_topic_distr``, float64 of shape (n_docs, n_topics), rows sum to one, NaN for documents without a topic;
``term_counts`` and ``document_counts``, int64 of shape (n_terms,): occurrences of terms, and documents that hold them;
``doc_lengths``, int64 of shape (n_docs,): words of documents that are in the vocabulary;
``seed_counts``, int64 of shape (n_topics, n_terms): pseudo-counts of terms in topics;
``distances``, float64 of shape (n_topics, n_topics), symmetric with zeros on the diagonal.
``n_workers``, a number of threads, never changes a result.
"""
