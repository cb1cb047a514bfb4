"""Trying a text and reviewing topics, as people do it; and the page while documents are still being read."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.python.webapp.conftest import check_accessibility

HTML = "<img src=x onerror=alert(1)>"
# Five words of the theme of ships, an emoji that takes two units of a JavaScript string, and two words of no document.
TEXT = f"😀 The sailor and the captain left the harbour. The vessel sank in a storm, {HTML} zeppelin quantum."
SHIPS = {"sailor", "captain", "harbour", "vessel", "storm"}


def try_text(page, text):
    page.get_by_label("Text to try").fill(text)
    page.get_by_role("button", name="Find topics").click()


def answer_all(page, n):
    """Answer a round by its keys; give the words that were chosen."""
    chosen = []
    for place in range(n):
        expect(page.get_by_text(f"Question {place + 1} of {n}")).to_be_visible()
        chosen.append(page.locator('.tx-quiz-word[data-key="3"] bdi').inner_text())
        page.keyboard.press("3")
    return chosen


def test_a_text_gets_its_topics_and_its_words_their_topic(in_studio):
    page = in_studio("#screen=try")
    try_text(page, TEXT)
    expect(page.locator(".tx-try-words")).to_have_text(TEXT, timeout=60_000)
    words = page.locator(".tx-try-words .tx-word")
    assert set(words.all_inner_texts()) >= SHIPS
    hues = {words.filter(has_text=word).get_attribute("data-hue") for word in SHIPS}
    assert len(hues) == 1
    first = page.locator(".tx-try-result .tx-mixture-row").first
    expect(first).to_have_attribute("data-hue", hues.pop())
    assert float(first.locator(".tx-mixture-share").inner_text().strip(">%")) > 50
    expect(page.locator(".tx-try-result .tx-chip", has_text="zeppelin")).to_be_visible()
    expect(page.locator(".tx-try-known")).to_contain_text("words known · language: English")


def test_a_text_without_a_known_word_gets_no_topic(in_studio):
    page = in_studio("#screen=try")
    try_text(page, "zeppelin quantum")
    expect(page.get_by_text("No topic", exact=True)).to_be_visible(timeout=60_000)
    expect(page.locator(".tx-try-known")).to_contain_text("0 of 2 words known")


def test_the_text_of_the_open_document_can_be_tried(in_studio):
    page = in_studio("#screen=try&doc=3")
    page.get_by_role("button", name="Use the open document").click()
    expect(page.locator(".tx-try-words")).to_have_text(page.locator(".tx-right .tx-text").inner_text(), timeout=60_000)
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_label("Text to try")).to_have_value("")
    expect(page.locator(".tx-try-words")).to_have_count(0)


def test_a_text_waits_for_the_model_to_be_loaded(in_studio):
    page = in_studio("#screen=try", tolerant=True)
    refusals = []

    def refuse_once(route):
        if refusals:
            route.continue_()
            return
        refusals.append(route.request.url)
        route.fulfill(status=503, content_type="application/json", body=json.dumps({"error": "The model is loading."}))

    page.route("**/api/try", refuse_once)
    try_text(page, TEXT)
    expect(page.locator(".tx-try-words")).to_have_text(TEXT, timeout=60_000)
    assert len(refusals) == 1


def test_what_cannot_be_read_is_reported(in_studio):
    page = in_studio("#screen=try", tolerant=True)
    page.route("**/api/try", lambda route: route.abort())
    try_text(page, TEXT)
    expect(page.get_by_text("The backend of this webapp cannot be reached.")).to_be_visible()


def test_without_a_model_the_screen_says_why(own_studio, in_studio):
    page = in_studio("#screen=try", host=own_studio(model="", text_column="text", id_column="id"))
    expect(page.get_by_text("Try a text is not available for this data")).to_be_visible()


def test_a_round_shows_nothing_before_its_end_then_everything(own_studio, in_studio):
    host = own_studio()
    page = in_studio("#screen=review", host=host)
    questions = host.call("/api/review?round=0").json()["questions"]
    n = min(10, len(questions))
    page.get_by_role("button", name=f"Start {n} questions").click()
    page.keyboard.press("1")
    page.keyboard.press("Backspace")
    expect(page.locator(".tx-quiz")).not_to_contain_text("intruder")
    chosen = answer_all(page, n)
    results = page.locator(".tx-quiz-result")
    expect(results).to_have_count(n)
    intruders = [text.removesuffix(" (intruder)") for text in page.locator(".tx-quiz-intruder").all_inner_texts()]
    right = sum(word == intruder for word, intruder in zip(chosen, intruders))
    expect(page.get_by_role("heading", name=f"You found {right} of {n} intruder")).to_be_focused()
    expect(page.get_by_text("Your answers are saved and counted below.")).to_be_visible()
    expect(page.locator(".tx-review-all .tx-panel-note")).to_contain_text(f"{n} answers from 1 person")
    stored = host.call("/api/review/results").json()["topics"]
    assert (sum(topic["asked"] for topic in stored), sum(topic["right"] for topic in stored)) == (n, right)
    with page.expect_download() as download:
        page.locator(".tx-review-all").get_by_role("button", name="SVG").click()
    drawing = download.value.path().read_text("utf-8")
    assert all(f">{topic['right']} of {topic['asked']}<" in drawing for topic in stored)


def test_a_new_round_asks_other_questions_and_has_its_own_address(in_studio):
    page = in_studio("#screen=review&round=4")
    page.get_by_role("button", name="Start").first.click()
    first = page.locator(".tx-quiz-words").inner_text()
    page.get_by_role("button", name="Stop without saving").click()
    page.evaluate("location.hash = '#screen=review&round=5'")
    page.get_by_role("button", name="Start").first.click()
    expect(page.locator(".tx-quiz-words")).not_to_have_text(first, use_inner_text=True)


def test_answers_of_an_anonymous_visitor_are_shown_and_not_stored(own_studio, in_studio):
    host = own_studio(None)
    page = in_studio("#screen=review", host=host)
    expect(page.get_by_text("You are not signed in, so your answers are not saved")).to_be_visible()
    n = min(10, len(host.call("/api/review?round=0").json()["questions"]))
    page.get_by_role("button", name=f"Start {n} questions").click()
    answer_all(page, n)
    expect(page.locator(".tx-quiz-result")).to_have_count(n)
    expect(page.get_by_text("Your answers are not saved.")).to_be_visible()
    assert host.call("/api/review/results").json()["n_answers"] == 0


def test_answers_that_could_not_be_sent_are_kept_and_sent_again(in_studio):
    page = in_studio("#screen=review&round=7", tolerant=True)
    page.route("**/api/review", lambda route: route.abort())
    begin = page.get_by_role("button", name="Start").first
    n = int(begin.inner_text().split()[1])
    begin.click()
    answer_all(page, n)
    expect(page.get_by_text("Your answers could not be sent")).to_be_visible()
    page.unroute("**/api/review")
    page.route("**/api/review", lambda route: route.fulfill(json={"results": [], "stored": False, "reason": "A test."}))
    page.get_by_role("button", name="Send again").click()
    expect(page.get_by_text("Your answers are not saved. A test.")).to_be_visible()


def test_while_documents_are_read_those_read_so_far_are_shown(in_studio, open_page, studio_host):
    """The state is made up, for a small project is read too fast to be seen half read."""
    status = studio_host.call("/api/status").json()
    page = open_page("about:blank")
    half = {**status, "state": "building", "usable": True, "version": "half", "rows_read": 240_000}
    answers = [half, half]
    page.route("**/api/status*", lambda route: route.fulfill(json=answers.pop(0) if answers else status))
    page.goto(studio_host.origin + studio_host.page_path)
    expect(page.locator(".tx-building")).to_contain_text("Reading the documents: 240,000 rows so far")
    expect(page.locator(".tx-body")).to_be_visible()
    expect(page.locator(".tx-building")).to_be_hidden()
    expect(page.locator(".tx-body")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_both_screens_have_no_serious_fault_for_readers_unlike_the_designer(in_studio, scheme):
    page = in_studio("#screen=try", color_scheme=scheme)
    try_text(page, TEXT)
    expect(page.locator(".tx-try-words")).to_be_visible(timeout=60_000)
    check_accessibility(page)
    page.evaluate("location.hash = '#screen=review&round=9'")
    page.get_by_role("button", name="Start").first.click()
    check_accessibility(page)


def test_on_a_phone_nothing_is_cut_off(in_studio):
    page = in_studio("#screen=review", width=390, height=844)
    page.get_by_role("button", name="Start").first.click()
    expect(page.locator(".tx-quiz-word")).to_have_count(6)
    assert page.locator(".tx-centre").evaluate("centre => centre.scrollWidth <= centre.clientWidth")
