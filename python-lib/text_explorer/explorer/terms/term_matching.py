"""How a term is looked up in the texts: by all words that were counted as it, as it stands where words have no spaces.

A term of several words, such as *new york*, is looked up as a phrase, its words with all their forms.
"""

from __future__ import annotations

import re
from itertools import islice, product

from text_explorer.explorer.documents.search import search_of
from text_explorer.explorer.index.reader import IndexReader
from text_explorer.explorer.shared.search_syntax import Search, parse_search

# Three words of many forms each would make more phrases than a reader waits for; the first ones are the shortest.
MOST_PHRASES = 200


def search_of_term(index: IndexReader, term: str) -> Search:
    """Read a term in the way this index can look it up.

    Parameters
    ----------
    index
        The index.
    term
        A term of the vocabulary or any other word.
    """
    plain = " ".join(term.replace('"', " ").split()) or term
    usual = search_of(index, f'"{plain}"')
    if usual is None or usual.match is None:
        literal = _literal(plain, words_have_spaces=_has_spaces(plain))
        return Search(literal=literal, candidates=usual.candidates if usual else None)
    forms = [forms_of(index, word) for word in plain.split(" ")]
    phrases = islice(product(*forms), MOST_PHRASES)
    return Search(match=" OR ".join(f'"{" ".join(words)}"' for words in phrases))


def forms_of(index: IndexReader, word: str) -> list[str]:
    """Return the words of the documents that were counted as a term, the term itself first."""
    found = index.connection.execute("SELECT form FROM term_forms WHERE term = ? ORDER BY length(form), form", (word,))
    return list(dict.fromkeys([word, *(row["form"] for row in found)]))


def _has_spaces(term: str) -> bool:
    """Return whether a term is in a script whose words can be looked up by themselves."""
    found = parse_search(term)
    return found is not None and found.match is not None


def _literal(term: str, *, words_have_spaces: bool) -> re.Pattern[str]:
    """Compile the pattern of a term: the words of a phrase may touch where a script has no spaces."""
    between = r"\s+" if words_have_spaces else r"\s*"
    pattern = between.join(map(re.escape, term.split(" ")))
    return re.compile(rf"(?<!\w){pattern}(?!\w)" if words_have_spaces else pattern, re.IGNORECASE)
