"""Words that depend on a number."""

import pytest

from text_explorer.wording import plural


@pytest.mark.parametrize(
    ("n", "nouns", "expected"),
    [
        (1, ("topic",), "1 topic"),
        (0, ("topic",), "0 topics"),
        (1234, ("topic",), "1,234 topics"),
        (1, ("person", "people"), "1 person"),
        (2, ("person", "people"), "2 people"),
    ],
)
def test_a_noun_agrees_with_its_number(n, nouns, expected):
    assert plural(n, *nouns) == expected
