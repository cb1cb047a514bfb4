import pytest

from text_explorer.corpus.words.sentences import split_sentences


def sentences(text, language):
    return [text[start:end] for start, end in split_sentences(text, language)]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ['"Is it broken?" asked Ann.', '"Yes!" Bob replied.']),
        ("en", ['"We won."', "She smiled."]),
        ("en", ['He said, "Stop. Go home."', "She went."]),
        ("de", ["„Ist es kaputt?“, fragte Anna.", "„Ja!“, rief Bob."]),
        ("de", ["„Es ist kaputt.“", "Sie ging."]),
        ("de", ["»Komm her!« rief er.", "Sie kam."]),
        ("fr", ["« Est-ce cassé ? » demanda Anne.", "« Oui ! » répondit Luc."]),
        ("ko", ['"고장 났어요?" 라고 그가 물었다.', '"네." 하고 그녀가 답했다.']),
        ("ko", ["“고장 났어요.”라고 그가 말했다.", "그는 떠났다."]),
    ],
)
def test_a_quotation_stays_with_its_verb_of_speech(language, expected):
    assert sentences(" ".join(expected), language) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ja", ["「壊れましたか。」と彼は聞いた。", "「はい！」と彼女は答えた。"]),
        ("zh", ["“坏了吗？”他问。", "“是的。”小明说道。"]),
        ("zh", ["他说：“坏了。快走。”", "然后走了。"]),
    ],
)
def test_a_quotation_stays_with_its_verb_of_speech_without_spaces_between_words(language, expected):
    assert sentences("".join(expected), language) == expected
