"""Documents of a real small project: filtered, listed, saved, read, with their words by topic."""

from __future__ import annotations

import csv
import re

import pytest
from playwright.sync_api import expect

from tests.python.webapp import studio
from tests.python.webapp.conftest import check_accessibility

DOCUMENTS = studio.documents()
ALL = f"{len(DOCUMENTS)} documents"


def n_with(**cells):
    """Count the documents whose cells are among those given."""
    return sum(all(row[name] in values for name, values in cells.items()) for row in DOCUMENTS)


def expect_found(page, n):
    expect(page.locator(".tx-found")).to_have_text(ALL if n == len(DOCUMENTS) else f"{n} of {ALL}")


def open_section(page, name):
    """Open a section of the filter dialog and give it."""
    page.get_by_role("button", name="Add filter").click()
    section = page.locator(".tx-filter-section", has=page.locator("summary", has_text=re.compile(f"^{name}")))
    section.locator("summary").click()
    return section


def chips(page):
    return page.locator(".tx-filter")


def test_values_of_one_column_are_joined_by_or_and_columns_by_and(in_studio):
    page = in_studio("#screen=documents")
    expect_found(page, len(DOCUMENTS))
    section = open_section(page, "product")
    section.get_by_role("checkbox", name=re.compile("^A")).check()
    expect_found(page, n_with(product=["A"]))
    section.get_by_role("checkbox", name=re.compile("^C")).check()
    expect_found(page, n_with(product=["A", "C"]))
    page.locator(".tx-filter-section", has_text="country").locator("summary").click()
    page.get_by_role("checkbox", name="Japan").check()
    expect_found(page, n_with(product=["A", "C"], country=["Japan"]))
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("button", name="Add filter")).to_be_focused()
    expect(chips(page)).to_have_text(["productA", "productC", "countryJapan"])
    assert page.url.endswith("g=0%3AA&g=0%3AC&g=1%3AJapan")


def test_a_filter_is_taken_away_alone_or_with_all_others(in_studio):
    page = in_studio("#screen=documents&g=0:A&g=1:Japan&q=harbour")
    page.get_by_role("button", name="Remove the filter product: A").click()
    expect(chips(page)).to_have_text(["Search“harbour”", "countryJapan"])
    page.get_by_role("button", name="Clear all").click()
    expect(chips(page)).to_have_count(0)
    expect_found(page, len(DOCUMENTS))
    expect(page.get_by_role("button", name="Add filter")).to_be_focused()
    page.go_back()
    expect(chips(page)).to_have_text(["Search“harbour”", "countryJapan"])


def test_documents_without_a_value_and_values_like_formulas_can_be_chosen(in_studio):
    page = in_studio("#screen=documents")
    section = open_section(page, "country")
    section.get_by_role("checkbox", name="=1+1").check()
    expect_found(page, n_with(country=["=1+1"]))
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.goto(page.url.split("#")[0] + "#screen=documents&g=1:")
    expect(chips(page)).to_have_text(["countryno value"])
    expect_found(page, n_with(country=[""]))


def test_typing_shortens_a_long_list_of_values_and_a_rare_value_can_be_typed(in_studio, open_page, studio_host):
    def many_values(route):
        answer = route.fetch().json()
        country = answer["overview"]["groups"][1]
        country["values"] = [{"value": f"land {n}", "n": 9} for n in range(50)]
        country["n_values"] = 90
        route.fulfill(json=answer)

    page = open_page("about:blank")
    page.route("**/api/status?with=overview", many_values)
    page.goto(studio_host.origin + studio_host.page_path + "#screen=documents")
    section = open_section(page, "country")
    expect(section.locator("li:visible")).to_have_count(50)
    section.get_by_role("searchbox").fill("Länd 4")
    expect(section.locator("li:visible")).to_have_count(11)
    section.get_by_role("searchbox").fill("Japan")
    expect(section.locator("li:visible")).to_have_count(0)
    section.get_by_role("button", name="Filter by “Japan”").click()
    expect_found(page, n_with(country=["Japan"]))
    section.get_by_role("searchbox").fill("")
    section.get_by_role("checkbox", name="Japan").click()
    expect_found(page, len(DOCUMENTS))


def test_days_are_chosen_in_any_order_and_both_ends_count(in_studio):
    page = in_studio("#screen=documents")
    section = open_section(page, "Date")
    section.get_by_label("From").fill("2022-12-31")
    section.get_by_label("To").fill("2022-01-01")
    expect_found(page, sum(row["date"].startswith("2022") for row in DOCUMENTS))
    expect(section.get_by_label("From")).to_have_value("2022-01-01")
    page.keyboard.press("Escape")
    expect(chips(page)).to_have_text(["Date2022-01-01 to 2022-12-31"])


def test_a_range_of_shares_is_named_as_the_engine_names_it(in_studio):
    page = in_studio("#screen=documents")
    section = open_section(page, "Proportion")
    section.get_by_label("At least").fill("50")
    section.get_by_label("At most").fill("80")
    section.get_by_label("At most").press("Tab")
    page.keyboard.press("Escape")
    expect(chips(page)).to_have_text(["Proportion50.0% to 80.0%"])
    shares = page.locator(".tx-card-number")
    expect(shares.first).to_be_visible()
    assert all(50 <= float(share.rstrip("%")) <= 80 for share in shares.all_text_contents())


def test_a_status_can_be_chosen_where_there_are_several(explorer):
    page = explorer("#screen=documents")
    page.get_by_role("button", name="Add filter").click()
    page.locator(".tx-filter-section summary", has_text="Status").click()
    page.get_by_role("checkbox", name="empty text").check()
    expect(page.locator(".tx-found")).to_have_text("1 of 67 documents")
    page.keyboard.press("Escape")
    expect(page.locator(".tx-card-status")).to_have_text(["empty text"])


def test_keys_in_the_dialog_do_nothing_behind_it(in_studio):
    page = in_studio("#screen=documents&doc=3")
    expect(page.locator(".tx-text")).to_be_visible()
    page.get_by_role("button", name="Add filter").click()
    page.keyboard.press("j")
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator(".tx-text")).to_be_visible()
    assert page.url.endswith("#screen=documents&doc=3")


def test_filters_stay_on_the_way_through_the_screens(in_studio):
    page = in_studio("#screen=documents&g=0:A")
    tabs = page.get_by_role("navigation", name="Screens")
    tabs.get_by_role("link", name="Terms").click()
    expect(chips(page)).to_have_text(["productA"])
    tabs.get_by_role("link", name="Topics").click()
    expect_found(page, n_with(product=["A"]))
    page.goto(page.url.split("#")[0] + "#screen=review&g=0:A")
    expect(chips(page).first).to_be_hidden()


def test_the_topic_is_a_filter_that_can_be_taken_away(in_studio):
    page = in_studio("#screen=documents&topic=1")
    expect(chips(page)).to_have_count(1)
    expect(chips(page)).to_contain_text("Topic1: ")
    page.get_by_role("button", name=re.compile("Remove the filter Topic")).click()
    expect_found(page, len(DOCUMENTS))


def test_documents_come_in_the_order_chosen_and_as_many_on_a_page(in_studio):
    page = in_studio("#screen=documents")
    page.get_by_label("Order", exact=True).select_option("newest first")
    newest = max(row["date"] for row in DOCUMENTS)[:10]
    expect(page.locator("time.tx-card-fact").first).to_have_text(newest)
    page.get_by_label("Per page").select_option("50")
    expect(page.locator(".tx-card")).to_have_count(50)
    expect(page.locator(".tx-pager-place")).to_have_text("1–50 of 360")
    page.get_by_label("Order", exact=True).select_option("lowest proportion first")
    shares = page.locator(".tx-card-number")
    expect(page.locator("time.tx-card-fact").first).not_to_have_text(newest)
    values = [float(share.rstrip("%")) for share in shares.all_text_contents()]
    assert values == sorted(values)


def test_a_card_shows_key_date_groups_and_topics(in_studio):
    row = next(number for number, row in enumerate(DOCUMENTS[:25]) if row["country"] == "Japan")
    page = in_studio("#screen=documents")
    card = page.locator(f'.tx-card[data-row="{row}"]')
    expect(card.locator(".tx-card-key")).to_have_text(DOCUMENTS[row]["id"])
    facts = [DOCUMENTS[row]["date"][:10], DOCUMENTS[row]["product"], "Japan"]
    expect(card.locator(".tx-card-fact")).to_have_text(facts)
    expect(card.locator(".tx-badge")).to_have_count(1)
    expect(card.locator(".tx-strip-part").first).to_be_attached()


def test_all_documents_found_are_saved_without_a_formula(in_studio):
    page = in_studio("#screen=documents&g=1:%3D1%2B1")
    expect_found(page, n_with(country=["=1+1"]))
    with page.expect_download() as download:
        page.get_by_role("link", name="Save as CSV").click()
    with open(download.value.path(), encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert len(rows) == n_with(country=["=1+1"]) > 25
    assert {row["country"] for row in rows} == {"'=1+1"}


def test_arrows_walk_along_the_documents_and_enter_opens_one(in_studio):
    page = in_studio("#screen=documents")
    cards = page.locator(".tx-card")
    cards.first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(cards.nth(2)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.locator(".tx-reader-key")).to_have_text("d001")
    page.keyboard.press("Escape")
    expect(cards.nth(1)).to_be_focused()
    page.keyboard.press("End")
    expect(cards.nth(24)).to_be_focused()


def test_a_closed_document_gives_the_keyboard_back_to_the_list_in_sight(in_studio):
    page = in_studio("#topic=0")
    row = page.locator(".tx-documents-section:visible .tx-card").first.get_attribute("data-row")
    page.goto(f"{page.url.split('#')[0]}#screen=documents&topic=0")
    card = page.locator(f'.tx-documents-screen .tx-card[data-row="{row}"]')
    card.press("Enter")
    expect(page.locator(".tx-text")).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_be_focused()


def test_the_next_document_is_one_step_away_and_over_the_end_of_the_page(in_studio):
    page = in_studio("#screen=documents&doc=23")
    following = page.get_by_role("button", name="Next document in the list")
    following.click()
    expect(page.locator(".tx-reader-key")).to_have_text("d024")
    expect(page.locator(".tx-reader-place")).to_have_text("25 of 360")
    following.click()
    expect(page.locator(".tx-reader-key")).to_have_text("d025")
    expect(page.locator(".tx-pager-place")).to_have_text("26–50 of 360")
    page.get_by_role("button", name="Previous document in the list").click()
    expect(page.locator(".tx-reader-key")).to_have_text("d024")
    expect(page.locator(".tx-pager-place")).to_have_text("1–25 of 360")


def test_a_link_is_copied_or_shown_to_be_copied(in_studio):
    page = in_studio("#screen=documents&doc=3", permissions=["clipboard-read", "clipboard-write"])
    copy = page.get_by_role("button", name="Copy a link to this document")
    copy.click()
    expect(page.get_by_text("Link copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('forbidden')) }")
    copy.click()
    expect(page.get_by_label("Link to this document")).to_have_value(page.url)


def word(page, text):
    return page.locator(".tx-word", has_text=re.compile(f"^{text}$", re.IGNORECASE)).first


def test_every_known_word_has_the_colour_of_its_topic(in_studio):
    page = in_studio("#screen=documents&doc=0")
    words = page.locator(".tx-text .tx-word")
    expect(words).to_have_count(studio.WORDS_OF_A_TEXT)
    expect(page.get_by_text("14 of 14 words known to the model")).to_be_visible()
    assert page.locator(".tx-text").inner_text() == DOCUMENTS[0]["text"]
    page.get_by_role("switch", name="Colour words by topic").click()
    expect(words.first).to_have_css("text-decoration-line", "none")
    page.get_by_role("switch", name="Colour words by topic").click()
    expect(words.first).to_have_css("text-decoration-line", "underline")


def test_words_stay_apart_from_the_sentences_of_the_summary(in_studio):
    page = in_studio("#screen=documents&doc=0")
    expect(page.locator(".tx-text .tx-mark-summary.tx-word").first).to_be_visible()
    sentence = "".join(page.locator(".tx-text .tx-mark-summary").all_text_contents())
    assert sentence in [f"{part}." for part in DOCUMENTS[0]["text"].rstrip(".").split(". ")]


def test_one_topic_can_be_coloured_alone(in_studio):
    page = in_studio("#screen=documents&doc=0")
    chip = page.locator(".tx-word-topic").first
    topic = chip.get_attribute("data-topic")
    chip.hover()
    expect(page.locator(f'.tx-word[data-topic="{topic}"]').first).to_have_class(re.compile("tx-word-lit"))
    chip.click()
    others = page.locator(f'.tx-word:not([data-topic="{topic}"])')
    assert page.locator(".tx-word-off").count() == others.count() < studio.WORDS_OF_A_TEXT
    chip.click()
    expect(page.locator(".tx-word-off")).to_have_count(0)


def test_a_word_leads_to_all_about_its_term(in_studio):
    page = in_studio("#screen=documents&doc=0")
    first = page.locator(".tx-text .tx-word").first
    term = first.inner_text().lower()
    first.click()
    card = page.get_by_role("dialog", name=f"The word “{term}”")
    expect(card).to_contain_text(re.compile(r"\d+ occurrences in \d+ documents"))
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(page.locator(".tx-text")).to_be_visible()
    first.click()
    card.get_by_role("link", name="More about this term").click()
    expect(page.locator(".tx-term-title")).to_have_text(term)
    expect(page.locator(".tx-text .tx-mark-term").first).to_have_text(re.compile(term, re.IGNORECASE))


def test_words_can_be_reached_by_the_keyboard(in_studio):
    page = in_studio("#screen=documents&doc=0")
    summary = page.locator(".tx-word-list summary")
    summary.wait_for()  # until the model is loaded, nothing is there to press
    summary.press("Enter")
    button = page.locator(".tx-word-terms button").first
    button.press("Enter")
    card = page.locator(".tx-word-card")
    expect(card).to_be_focused()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()


def test_without_a_model_folder_it_is_said_why_words_are_not_coloured(serve, studio_home, open_page):
    roles = {name: role for name, role in studio.ROLES.items() if name != "model"}
    host = serve(home=studio_home, text_column="text", id_column="id", **roles)
    page = open_page(f"{host.origin}{host.page_path}#screen=documents&doc=0")
    expect(page.get_by_text("Words are not coloured by topic.")).to_be_visible()
    expect(page.get_by_role("switch", name="Colour words by topic")).to_be_hidden()
    expect(page.locator(".tx-text .tx-word")).to_have_count(0)


def test_a_model_that_is_still_being_loaded_leaves_the_document_to_be_read(open_page, studio_host):
    refused = []

    def refuse_once(route):
        if refused:
            route.continue_()
        else:
            refused.append(route.request.url)
            route.fulfill(status=503, json={"error": "The model is being loaded."})

    page = open_page("about:blank", tolerant=True)
    page.route("**/words", refuse_once)
    page.goto(f"{studio_host.origin}{studio_host.page_path}#screen=documents&doc=0")
    expect(page.locator(".tx-text")).to_be_visible()
    expect(page.locator(".tx-text .tx-word").first).to_be_visible(timeout=20_000)
    assert len(refused) == 1


def test_markup_in_groups_and_addresses_stays_text(open_page, studio_host):
    def hostile(route):
        answer = route.fetch().json()
        values = [{"value": "<img src=x onerror=alert(1)>", "n": 3}]
        answer["overview"]["groups"][0].update(name="<b>group</b>", values=values)
        route.fulfill(json=answer)

    page = open_page("about:blank")
    page.route("**/api/status?with=overview", hostile)
    address = f"{studio_host.origin}{studio_host.page_path}#screen=documents"
    page.goto(f"{address}&g=0:%3Cscript%3Ealert(1)%3C/script%3E&status=%3Cb%3Eok%3C/b%3E")
    expect(chips(page)).to_have_text(["<b>group</b><script>alert(1)</script>", "Status<b>ok</b>"])
    page.get_by_role("button", name="Add filter").click()
    page.locator(".tx-filter-section summary", has_text="<b>group</b>").click()
    expect(page.locator(".tx-value-name").first).to_have_text("<script>alert(1)</script>")
    assert page.locator(".tx img, .tx b, .tx script").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_opens_over_the_page_has_no_serious_fault_for_anybody(in_studio, scheme):
    page = in_studio("#screen=documents&doc=0", color_scheme=scheme)
    page.locator(".tx-word-list summary").click()
    page.locator(".tx-text .tx-word").first.click()
    expect(page.locator(".tx-word-card")).to_contain_text("occurrences in")
    check_accessibility(page)
    page.keyboard.press("Escape")
    open_section(page, "country")
    check_accessibility(page)


VIEWS = (
    "#screen=documents&g=0:A&q=harbour&doc=0",
    "#screen=documents&doc=0&pane=document",
    "#screen=terms",
    "#screen=terms&term=harbour",
)


@pytest.mark.parametrize("width", [320, 390, 1024])
@pytest.mark.parametrize("fragment", VIEWS)
def test_nothing_of_documents_and_terms_is_cut_off_or_too_small(in_studio, width, fragment):
    page = in_studio(fragment, width=width, height=844)
    page.wait_for_load_state("networkidle")
    faults = page.evaluate(
        """() => [...document.querySelectorAll(".tx-body *, .tx-filter-place *")]
            .filter((node) => node.checkVisibility() && !node.closest(".tx-sr-only, .tx-kwic-text"))
            .map((node) => [node, node.getBoundingClientRect()])
            .filter(([node, box]) => box.right > innerWidth + 0.5
              || (node.matches("button, a, input:not([type=checkbox]), select, summary")
                && (box.height < 23.5 || box.width < 23.5)))
            .map(([node, box]) => `${node.outerHTML.slice(0, 80)} ${box.width} ${box.height} ${box.right}`)"""
    )
    assert faults == []


def test_the_dialog_fits_a_phone(in_studio):
    page = in_studio("#screen=documents", width=390, height=844)
    section = open_section(page, "country")
    expect(section.get_by_role("checkbox", name="Japan")).to_be_in_viewport()
    box = page.locator("dialog[open]").bounding_box()
    assert (box["x"], box["width"]) == (0, 390)
    assert box["y"] + box["height"] == pytest.approx(844, abs=1)


def test_any_value_survives_the_way_through_the_address(in_studio):
    """What a filter writes into the address is read back as it was: no value is cut or changed on the way."""
    value = 'a:b&c=d "é" \\ 😀'
    page = in_studio("#screen=documents")
    page.evaluate("(value) => { location.hash = `screen=documents&g=0:${encodeURIComponent(value)}` }", value)
    expect(page.locator(".tx-filter-value")).to_have_text(value)
    with page.expect_response(re.compile("api/documents[?]")) as response:
        page.get_by_label("Order", exact=True).select_option("oldest first")
    assert "g=0%3Aa%3Ab%26c%3Dd" in response.value.url
