import pytest

from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.summaries.joining import join_sentences
from text_explorer.summaries.sentences.settings import SummarySettings, TextSettings
from text_explorer.summaries.summarize import summarize_text, summarize_texts


@pytest.mark.parametrize("sentences", [
    ["彼は東京に住んでいる。", "雨が降る。", "「寒いですね」と言った。"],
    ["ラーメン", "ヌードル"],
    ["すごい！", "iPhoneを買った。", "2024年の冬です。"],
    ["値段は100円(税込)", "とても安いです"],
    ["他在吃苹果。", "北京的天气很好！", "“我喜欢。”"],
    ["วันนี้อากาศดี", "เราไปตลาด", "ซื้อของมากมาย"],
    ["これは最初の文です。", "これは次の文です。"],
    ["雨です（強い）。", "「傘」がない…", "帰ろう！？"],
    ["他买了iPhone 15。", "价格是5000元。"],
    ["海が上がった。[3]", "魚は元気だ。"],
    ["ราคา 50 บาท", "ถูกมาก 555", "ดีใจ"],
    ["雨です。😀", "傘がない。"],
])  # fmt: skip
def test_sentences_of_scripts_without_spaces_are_joined_without_one(sentences):
    assert join_sentences(sentences) == "".join(sentences)


@pytest.mark.parametrize("sentences", [
    ["Rivers rise.", "Dogs bark."],
    ["비가 온다.", "바람이 분다."],
    ["Идёт дождь.", "Ветер дует."],
    ["बारिश हो रही है।", "हवा चल रही है।"],
    ["I said 雨.", "Dogs bark."],
    ["Dogs bark.", "雨が降る。"],
    ["It costs 5.", "It is 7 (cheap)."],
    ["12", "34"],
    ["김 씨가 왔다.", "1. 비가 온다."],
    ["Great! 😀", "I love it."],
    ["It rose.[3]", "Fish swim."],
    ["Only one."],
    [],
])  # fmt: skip
def test_all_other_sentences_are_joined_by_a_space(sentences):
    assert join_sentences(sentences) == " ".join(sentences)


def test_a_text_in_several_scripts_has_a_space_only_where_one_is_written():
    assert join_sentences(["雨が降る。", "Dogs bark.", "犬", "猫", "Cats."]) == "雨が降る。Dogs bark. 犬猫 Cats."


@pytest.mark.parametrize("order", ["position", "rank"])
def test_a_summary_in_japanese_holds_the_sentences_at_its_offsets_and_nothing_else(order):
    text = "北京の天気は良い。犬が吠える。私は北京の天気が好きだ。北京の夏の天気は暑い。"
    settings = SummarySettings(budget=2, min_words=0, order=order)
    for summary in (
        summarize_text(DocumentText(text, "ja"), TextSettings(), settings),
        summarize_texts([DocumentText(text, "ja")], TextSettings(), settings),
    ):
        pieces = [text[sentence.start : sentence.end] for sentence in summary.chosen]
        assert len(pieces) == 2
        assert summary.text == "".join(pieces)
