import json
from pathlib import Path

import pytest

from text_explorer.corpus.words.sentences import split_sentences

# The same text gives the same sentences with every release of the splitter.
pytestmark = pytest.mark.oldest

KINDS = json.loads((Path(__file__).parent / "sentences.json").read_text("utf-8"))


@pytest.mark.parametrize(
    "text", [pytest.param(text, id=f"{kind}-{text['language']}") for kind, texts in KINDS.items() for text in texts]
)
def test_each_kind_of_text_is_split_into_its_sentences(text):
    joined = text.get("separator", " ").join(text["sentences"])
    assert [joined[start:end] for start, end in split_sentences(joined, text["language"])] == text["sentences"]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_texts_of_several_sentences(kind):
    assert len([text for text in KINDS[kind] if len(text["sentences"]) > 1]) >= 5
