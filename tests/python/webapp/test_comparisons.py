"""The screens Compare, What changed and Drivers, on a project whose shares by year and product are known."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.python.webapp import studio
from tests.python.webapp.conftest import check_accessibility
from tests.python.webapp.test_charts import figure, saved_csv, theme_of


def words_of(page, letter):
    """Return the distinctive words of a side."""
    side = figure(page, "Distinctive words").locator(".tx-words-side").nth("AB".index(letter))
    return side.locator(".tx-word-row a").all_text_contents()


def test_a_group_is_compared_with_all_others_from_its_filter(in_studio):
    page = in_studio("#screen=documents&g=0:A")
    page.get_by_role("button", name="Compare product: A with all others").click()
    expect(page.get_by_role("heading", name="Topics: A (A) and all others (B)")).to_be_visible()
    expect(page.locator(".tx-filter")).to_have_count(0)
    ships = theme_of(page, "ships")
    rows = {row["topic"]: row for row in saved_csv(page, figure(page, "Topics: A (A) and all others (B)"))}
    of_ships = rows[str(ships["id"])]
    assert of_ships["differs"] == "yes"
    assert float(of_ships["high"]) < 0
    assert int(of_ships["documents_a"]) > 5 * int(of_ships["documents_b"])
    of_others = set(studio.THEMES["fruit"].split() + studio.THEMES["law"].split())
    assert {"harbour", "sailor"} <= set(words_of(page, "A")) - of_others
    assert set(words_of(page, "B")) <= of_others
    check_accessibility(page)
    page.get_by_role("link", name="harbour", exact=True).click()
    expect(page).to_have_url(re.compile(r"screen=terms&g=0%3AA&term=harbour"))


def test_sides_are_chosen_swapped_and_kept_in_the_address(in_studio):
    page = in_studio("#screen=compare")
    page.get_by_role("combobox", name="Side A", exact=True).select_option("Dates")
    page.get_by_role("combobox", name="Value of side A").select_option("2021")
    page.get_by_role("combobox", name="Side B", exact=True).select_option("Dates")
    expect(page.get_by_role("heading", name="Topics: 2021 (A) and 2023 (B)")).to_be_visible()
    fruit, rows = theme_of(page, "fruit"), saved_csv(page, figure(page, "Topics: 2021 (A) and 2023 (B)"))
    shares = {row["topic"]: (float(row["share_a"]), float(row["share_b"])) for row in rows}
    assert shares[str(fruit["id"])][0] > 0.3
    assert shares[str(fruit["id"])][1] < 0.1
    page.get_by_role("button", name="Swap").click()
    expect(page.get_by_role("heading", name="Topics: 2023 (A) and 2021 (B)")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Topics: 2023 (A) and 2021 (B)")).to_be_visible()
    page.get_by_role("combobox", name="Side B", exact=True).select_option("Search")
    page.get_by_role("searchbox", name="Search of side B").fill("harbour")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Topics: 2023 (A) and “harbour” (B)")).to_be_visible()


def test_the_last_period_and_the_other_model_are_compared_with_this_one(in_studio):
    page = in_studio("#screen=changes&since=2022-01-01", color_scheme="dark")
    fruit = theme_of(page, "fruit")
    topics = page.locator(".tx-figure-panel", has=page.get_by_role("heading", name=re.compile("^Topics: 2021")))
    changed = {row["topic"]: row["change"] for row in saved_csv(page, topics)}
    assert changed[str(fruit["id"])] in ("shrunk", "vanished")
    lost = figure(page, "Distinctive words").locator(".tx-words-side").first.locator(".tx-word-row a")
    assert set(lost.all_text_contents()) >= {"orange", "apple", "lemon"}
    check_accessibility(page)
    page.get_by_role("button", name="Other model").click()
    moved = saved_csv(page, figure(page, "Documents that moved"))
    assert sum(int(row["documents"]) for row in moved) == studio.N_DOCUMENTS


def test_the_mean_of_a_number_is_shown_by_topic_or_the_reason_why_not(explorer, in_studio):
    page = explorer("#screen=drivers")
    expect(page.get_by_role("heading", name="Mean of stars by topic")).to_be_visible()
    rows = saved_csv(page, figure(page, "Mean of stars by topic"))
    assert sum(int(row["documents"]) for row in rows) > studio.WORDS_OF_A_TEXT
    check_accessibility(page)
    expect(in_studio("#screen=drivers").get_by_text("The documents have no numeric column")).to_be_visible()
