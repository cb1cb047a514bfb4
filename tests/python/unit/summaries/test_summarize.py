from dataclasses import replace

import pytest

from tests.python.unit.english_texts import english
from text_explorer.cells import text_of
from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.corpus.words.preparation import Preparation
from text_explorer.summaries.sentences.settings import METHODS, SummarySettings, TextSettings
from text_explorer.summaries.summarize import summarize_text, summarize_texts

SAME_IN_EVERY_PROCESS = """
from random import Random
from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.summaries.sentences.settings import METHODS, SummarySettings, TextSettings
from text_explorer.summaries.summarize import summarize_text
words = "river bridge harbour winter engine the of was tunnel summer road train field forest".split()
random = Random(7)
text = " ".join(" ".join(random.choices(words, k=random.randint(2, 9))).capitalize() + "." for _ in range(60))
for method in METHODS:
    settings = SummarySettings(method=method, budget=20, redundancy=0.5, bonus_words=("river", "road"))
    print(method, summarize_text(DocumentText(text, "en"), TextSettings(), settings).chosen)
"""


def summarize(cell, language="en", preparation=Preparation(), **values):  # noqa: B008 - it is frozen
    document = DocumentText(text_of(cell), language)
    return summarize_text(document, TextSettings(preparation=preparation), SummarySettings(**values))


@pytest.mark.parametrize(
    ("cell", "text", "status"),
    [
        (None, None, "empty text"),
        (float("nan"), None, "empty text"),
        ("", None, "empty text"),
        ("  \n\t ", None, "empty text"),
        ("<p> </p>", None, "empty text"),
        ("\ufeff", None, "empty text"),
        ("\u200b\n\u200b", None, "empty text"),
        ("&nbsp;", None, "empty text"),
        ("<p>&nbsp;</p>\n<p>&#160;</p>", None, "empty text"),
        (5, "5", "short"),
        ("One sentence alone.", "One sentence alone.", "short"),
        ("  Two sentences.\n\nAs they are. ", "  Two sentences.\n\nAs they are. ", "short"),
        ("👍", "👍", "short"),
        ("...", "...", "short"),
        ("<p>&nbsp;No.</p>", "<p>&nbsp;No.</p>", "short"),
        ("👍\n🎉\n👎", "👍 🎉", "no content word"),
        ("It was the. And of. To be.", "It was the. And of.", "no content word"),
        ("RIVERS FLOW. RIVERS RISE. DOGS BARK. RIVERS FLOW AND RISE.", "RIVERS FLOW. RIVERS FLOW AND RISE.", "ok"),
        ("Rivers flow east. " * 6, "Rivers flow east.", "ok"),
        ("rivers flow " * 70, "rivers flow " * 70, "short"),
        ("rivers flow " * 400, ("rivers flow " * 20).strip(), "cut to the budget"),
        ("2020. 1945. 2020.", "2020. 1945.", "ok"),
    ],
)
def test_edge_texts(cell, text, status):
    summary = summarize(cell, budget=2, min_words=0)
    assert (summary.text, summary.status) == (text, status)


@pytest.mark.parametrize(
    ("cell", "text", "status"),
    [("<p>&nbsp;</p>", "<p>&nbsp;</p>", "short"), ("&nbsp;", "&nbsp;", "short"), ("\ufeff", None, "empty text")],
)
def test_tags_and_entities_are_text_where_html_is_not_passed_over(cell, text, status):
    summary = summarize(cell, preparation=Preparation(strip_html=False))
    assert (summary.text, summary.status) == (text, status)


def test_summary_is_made_of_the_text_at_the_offsets(phone_review):
    summary = summarize(phone_review, budget=3)
    assert summary.status == "ok"
    assert summary.text == " ".join(phone_review[s.start : s.end] for s in summary.chosen)
    assert [s.start for s in summary.chosen] == sorted(s.start for s in summary.chosen)
    assert sorted(s.rank for s in summary.chosen) == [1, 2, 3]


def test_best_sentence_is_the_one_that_speaks_of_everything(phone_review):
    assert summarize(phone_review, budget=1).text.startswith("Battery, camera and screen")


def test_order_by_rank_puts_the_first_chosen_first(phone_review):
    summary = summarize(phone_review, budget=3, order="rank")
    assert [s.rank for s in summary.chosen] == [1, 2, 3]
    assert summary.text.startswith("Battery, camera and screen")


def test_short_text_keeps_its_order_and_ranks_by_score(phone_review):
    summary = summarize(phone_review, budget=5, order="rank")
    assert (summary.text, summary.status) == (phone_review, "short")
    assert [s.sentence_index for s in summary.chosen] == [0, 1, 2, 3, 4]
    assert summary.chosen[2].rank == 1


def test_lead_chooses_the_first_sentences(phone_review):
    summary = summarize(phone_review, method="lead", budget=2)
    assert summary.text == "The battery lasts long hours. The camera takes sharp pictures."


def test_repetition_is_dropped_unless_it_is_allowed_or_the_method_looks_at_no_word():
    text = "Rivers carry ships. Rivers carry ships. Dogs bark loudly at night."
    assert summarize(text, budget=2).text == "Rivers carry ships. Dogs bark loudly at night."
    assert summarize(text, budget=2, redundancy=0.0).text == "Rivers carry ships. Rivers carry ships."
    assert summarize(text, budget=2, method="lead").text == "Rivers carry ships. Rivers carry ships."


@pytest.mark.parametrize("method", METHODS)
def test_budgets_hold_for_every_method(made_up_text, method):
    text = made_up_text(40)
    values = {"method": method, "bonus_words": ("river",)}
    assert len(summarize(text, budget=4, **values).chosen) == 4
    assert len(summarize(text, budget=10, budget_unit="percent", **values).chosen) == 4
    assert len(summarize(text, budget=60, budget_unit="words", **values).text.split()) <= 60
    assert len(summarize(text, budget=250, budget_unit="characters", **values).text) <= 250


def test_right_to_left_texts_are_summarized():
    arabic = "الكتاب جديد ومفيد. اشتريت الكتاب أمس. الطقس بارد اليوم."
    assert len(summarize(arabic, "ar", budget=2).chosen) == 2


@pytest.mark.parametrize(
    ("language", "text", "best"),
    [
        ("zh", "他在吃苹果。北京的天气很好。我喜欢北京的天气。", "北京的天气很好。"),
        ("ja", "猫が寝ています。東京の天気は良いです。東京の天気が好きです。", "東京の天気は良いです。"),
    ],
)
def test_texts_without_spaces_are_summarized_by_the_words_their_sentences_share(language, text, best):
    summary = summarize(text, language, budget=1, min_words=0)
    assert (summary.text, summary.status) == (best, "ok")


def test_the_users_stop_words_speak_for_no_sentence():
    text = "Acme makes Acme phones. Acme Acme Acme. Phones ring. Phones break."
    assert summarize(text, method="luhn", budget=1, min_words=0).text == "Acme Acme Acme."
    without = Preparation(extra_stop_words=("ACME",))
    assert "Acme Acme" not in summarize(text, preparation=without, method="luhn", budget=1, min_words=0).text


def test_html_stays_in_the_text_and_out_of_the_words():
    html = "<div><p>Rivers carry ships.</p><p>Ships cross <b>rivers</b> daily.</p><p>Dogs bark.</p></div>"
    summary = summarize(html, budget=2, min_words=0)
    assert summary.text == "Rivers carry ships. Ships cross <b>rivers</b> daily."


def test_several_texts_have_one_summary_with_sources():
    texts = ["Battery life is great. My dog barks.", "Great battery life!", "The battery life is short."]
    summary = summarize_texts(english(texts), TextSettings(), SummarySettings(budget=2, min_words=0))
    assert [texts[s.source][s.start : s.end] for s in summary.chosen] == summary.text.replace("! ", "!\n").replace(
        ". ", ".\n"
    ).split("\n")
    assert summary.status == "ok"


def test_near_duplicates_of_several_texts_are_taken_once():
    texts = [
        "Rivers carry big ships.",
        "The rivers carry big ships!",
        "Rivers carried a big ship.",
        "Dogs bark loudly.",
    ]
    summary = summarize_texts(english(texts), TextSettings(), SummarySettings(budget=3, redundancy=0.0))
    assert [s.source for s in summary.chosen] == [0, 3]


def test_no_texts_have_no_summary():
    assert summarize_texts([], TextSettings(), SummarySettings()).status == "empty text"


def test_summaries_do_not_depend_on_the_hash_seed(print_with_hash_seed):
    outputs = [print_with_hash_seed(seed, SAME_IN_EVERY_PROCESS) for seed in (1, 2)]
    assert outputs[0] == outputs[1]
    assert len(outputs[0].splitlines()) == len(METHODS)


TALK = """AGENT: Thank you for calling Acme support, my name is Kim, how can I help you today?
CUSTOMER: My dishwasher leaks water on the kitchen floor since Monday morning after breakfast.
AGENT: OK.
CUSTOMER: The rubber seal of the dishwasher door is torn on the left side near the hinge.
CUSTOMER: The seal!
AGENT: I can send you a new rubber seal from our shop for free before next Friday.
CUSTOMER: My sister lives in Lisbon, works on large ships and travels across the ocean every summer."""
TRANSCRIPT = SummarySettings("sumbasic", budget=1, min_words=4, redundancy=0.0)


def summarize_talk(**values):
    return summarize_text(DocumentText(TALK, "en"), TextSettings(), replace(TRANSCRIPT, **values))


@pytest.mark.parametrize(("question", "line"), [
    ("What is wrong with the rubber seal?", 3), ("Where does water leak?", 1), ("Who has a sister in Lisbon?", 6),
])  # fmt: skip
def test_a_question_about_a_transcript_is_answered_by_a_long_sentence_about_it(question, line):
    assert summarize_talk(query=question).text == TALK.split("\n")[line]


def test_with_a_question_a_transcript_is_summarized_by_biased_lexrank():
    with_query = {"budget": 3, "query": "rubber seal"}
    as_lexrank = summarize_talk(method="lexrank", min_words=8, redundancy=0.3, **with_query)
    assert summarize_talk(**with_query).chosen == as_lexrank.chosen
    assert as_lexrank.chosen != summarize_talk(budget=3).chosen


def test_a_transcript_with_no_word_of_the_question_is_summarized_as_usual():
    assert summarize_talk(query="Where is the invoice?").chosen == summarize_talk().chosen
    assert summarize_talk(query="the").chosen == summarize_talk().chosen


def test_headings_and_parts_of_sentences_are_chosen_only_without_whole_sentences():
    whole = "The new bridge over the river opens in May."
    parts = "New bridge over the river Main\nlanes of the new bridge over the river\nThe river and the bridge of Lisbon"
    settings = SummarySettings(budget=2)
    summary = summarize_text(DocumentText(f"{parts}\n{whole}\n{parts}", "en"), TextSettings(), settings)
    assert (summary.text, summary.status) == (whole, "ok")
    assert len(summarize_text(DocumentText(parts, "en"), TextSettings(), settings).chosen) == 2


def test_a_short_mail_is_shown_without_its_header_and_quotation():
    mail = "Subject: The pump\nFrom: Ann Lee\n\nThe pump failed again.\n\nOn 2 May, Bob wrote:\n> Does the pump run?\n"
    summary = summarize_text(DocumentText(mail, "en"), TextSettings(), SummarySettings())
    assert (summary.text, summary.status) == ("The pump failed again.", "short")
