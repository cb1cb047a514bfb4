"""The screens Time, Groups and Models, on a project whose shares by year and product are made to be known."""

from __future__ import annotations

import csv
import io
import re
from xml.etree import ElementTree

import pytest
from playwright.sync_api import expect

from tests.python.webapp import studio

N_YEAR = studio.N_DOCUMENTS // 3
N_TOPICS = 5
ON_FAULTS = "addEventListener('error', (event) => console.error(`fault: ${event.message}`))"
UNTIL_IT_FITS = """() => new Promise((resolve) => {
  const look = () => {
    const chart = document.querySelector(".tx-time .tx-chart");
    const room = chart.parentNode.clientWidth - chart.getBoundingClientRect().width;
    if (0 <= room && room <= 18) resolve();
    else requestAnimationFrame(look);
  };
  look();
})"""
PAINT = "/plugins/text-explorer/resource/explorer/charts/export/paint.js"


def figure(page, title):
    """Return the figure of a title."""
    return page.locator(".tx-figure-panel").filter(has=page.get_by_role("heading", name=title, exact=True))


def saved_csv(page, chart):
    """Save the table of a figure and read it."""
    with page.expect_download() as download:
        chart.get_by_role("button", name="CSV").click()
    text = download.value.path().read_text("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def theme_of(page, words):
    """Return the topic whose terms are those of a theme."""
    overview = page.evaluate("fetch(getWebAppBackendUrl('/api/overview')).then((answer) => answer.json())")
    known = set(studio.THEMES[words].split())
    return max(overview["topics"], key=lambda topic: (len(known & set(topic["top_terms"])), topic["n_documents"]))


def test_every_topic_has_a_small_chart(in_studio):
    page = in_studio("#screen=time&by=year")
    expect(page.locator(".tx-small-chart")).to_have_count(N_TOPICS)
    expect(page.locator(".tx-time .tx-subtitle")).to_contain_text(f"{studio.N_DOCUMENTS} documents by “date”")


def test_the_documents_of_each_period_are_all_reported(in_studio):
    page = in_studio("#screen=time&by=year")
    rows = saved_csv(page, figure(page, "Documents per period"))
    assert [(row["period"], int(row["documents"])) for row in rows] == [
        ("2021", N_YEAR),
        ("2022", N_YEAR),
        ("2023", N_YEAR),
    ]


def test_shares_of_a_period_sum_to_one_and_counts_to_its_documents(in_studio):
    page = in_studio("#screen=time&by=year")
    rows = saved_csv(page, figure(page, "Share per topic"))
    sums = [sum(float(value) for name, value in row.items() if name != "period") for row in rows]
    assert sums == pytest.approx([1] * 3)
    page.get_by_role("button", name="Count", exact=True).click()
    expect(page).to_have_url(re.compile("measure=count"))
    rows = saved_csv(page, figure(page, "Documents per topic"))
    sums = [sum(int(value) for name, value in row.items() if name != "period") for row in rows]
    documents = saved_csv(page, figure(page, "Documents per period"))
    assert sums == [int(row["with_a_topic"]) for row in documents]


def test_a_click_on_a_small_chart_shows_the_topic_in_large_and_first(in_studio):
    page = in_studio("#screen=time&by=year")
    last = page.locator(".tx-small-chart a").last
    name = last.get_attribute("aria-label").split(",")[0].removeprefix("Topic ")
    topic = name.split(":")[0]
    last.click()
    expect(page).to_have_url(re.compile(rf"topic={topic}\b"))
    expect(page.get_by_role("heading", name=re.compile(f"^Topic {topic}:"))).to_be_visible()
    expect(page.locator(".tx-small-chart").first).to_have_class(re.compile("chosen"))
    page.locator(".tx-small-chart a").first.click()
    expect(page.get_by_role("heading", name="Documents per period")).to_be_visible()


def test_pointing_at_a_period_shows_the_values_of_all_charts(in_studio):
    page = in_studio("#screen=time&by=year")
    page.locator(".tx-small-chart .tx-hit").nth(1).hover(position={"x": 120, "y": 60})
    expect(page.locator(".tx-panel-readout", has_text=re.compile(r"\(\d+ of \d+\)"))).to_have_count(N_TOPICS)
    expect(page.locator(".tx-readout")).to_contain_text(f"2022: {N_YEAR} documents")


def test_periods_are_marked_with_the_keyboard_and_become_the_filter(in_studio):
    page = in_studio("#screen=time&by=year")
    page.get_by_role("slider", name=re.compile("Period")).focus()
    for key in ("ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    expect(page.get_by_role("slider", name=re.compile("Period"))).to_have_attribute(
        "aria-valuetext", re.compile(f"2022: {N_YEAR} documents")
    )
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("from=2022-01-01&to=2023-12-31"))
    expect(page.locator(".tx-time .tx-subtitle")).to_contain_text(f"{2 * N_YEAR} documents")
    page.get_by_role("button", name="Show all periods").click()
    expect(page.locator(".tx-time .tx-subtitle")).to_contain_text(f"{studio.N_DOCUMENTS} documents")


def test_periods_are_marked_by_dragging(in_studio):
    page = in_studio("#screen=time&by=year")
    box = page.locator(".tx-hit-range").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.1, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 20, steps=4)
    expect(page.locator(".tx-brush")).to_be_visible()
    page.mouse.up()
    expect(page).to_have_url(re.compile("from=2021-01-01&to=2022-12-31"))


def test_a_drag_that_is_given_up_sets_no_filter(in_studio):
    page = in_studio("#screen=time&by=year")
    page.get_by_role("slider", name=re.compile("Period")).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Escape")
    expect(page.locator(".tx-brush")).to_be_hidden()
    assert "from=" not in page.url


def test_topics_come_in_the_order_of_their_peaks(in_studio):
    page = in_studio("#screen=time&by=year")
    page.get_by_role("button", name="By peak").click()
    peaks = [
        re.search(r"peak: (\d{4})", text).group(1) for text in page.locator(".tx-panel-readout").all_text_contents()
    ]
    assert peaks == sorted(peaks)
    assert len(set(peaks)) > 1


def test_days_without_documents_are_an_empty_state_that_leads_out(in_studio):
    page = in_studio("#screen=time&from=1999-01-01&to=1999-12-31")
    expect(page.get_by_text("Nothing to show over time")).to_be_visible()
    page.get_by_role("main").get_by_role("button", name="Clear filters").click()
    expect(page.locator(".tx-small-chart")).to_have_count(N_TOPICS)


def test_a_theme_of_one_product_alone_stands_out_in_its_group(in_studio):
    page = in_studio("#screen=groups")
    ships = theme_of(page, "ships")
    rows = [row for row in saved_csv(page, figure(page, "Topics by product")) if row["topic"] == str(ships["id"])]
    found = {row["group"]: row for row in rows}
    assert int(found["A"]["documents"]) > 5 * int(found["B"]["documents"])
    assert float(found["A"]["log2_lift"]) > 1 > -1 > float(found["C"]["log2_lift"])
    assert sum(int(row["documents"]) for row in rows) == ships["n_documents"]


def test_a_cell_shows_its_figures_and_leads_to_its_documents(in_studio):
    page = in_studio("#screen=groups")
    ships = theme_of(page, "ships")
    cell = page.get_by_role("link", name=re.compile(rf"^{ships['id']} .* × A: "))
    cell.hover()
    told = page.locator(".tx-matrix-told").inner_text()
    figures = r"× A: (\d+) documents of \d+ \([\d.]+%\); overall [\d.]+%, so [\d.]+ expected: [\d.]+× more"
    n = int(re.search(figures, told).group(1))
    cell.click()
    expect(page).to_have_url(re.compile(rf"screen=documents&topic={ships['id']}&g=0%3AA"))
    address = f"/api/documents?topic={ships['id']}&g=0:A"
    counts = page.evaluate("(path) => fetch(getWebAppBackendUrl(path)).then((answer) => answer.json())", address)
    assert counts["total"] == n


def test_arrow_keys_walk_the_heat_map(in_studio):
    page = in_studio("#screen=groups")
    cells = page.locator(".tx-matrix-cell")
    cells.first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    n_columns = page.locator(".tx-matrix thead th").count()
    expect(cells.nth(n_columns + 1)).to_be_focused()
    expect(page.locator(".tx-matrix-told")).to_contain_text("expected")
    assert page.locator('.tx-matrix-cell[tabindex="0"]').count() == 1
    # With Alt they are the browser's: the way back.
    reached = page.evaluate("document.activeElement.dataset.keep")
    page.evaluate("addEventListener('keydown', (event) => (window.wasTaken = event.defaultPrevented))")
    page.keyboard.press("Alt+ArrowRight")
    assert page.evaluate("[document.activeElement.dataset.keep, window.wasTaken]") == [reached, False]


def test_cells_of_few_documents_are_hatched(in_studio):
    page = in_studio("#screen=groups&column=1")
    rows = saved_csv(page, figure(page, "Topics by country"))
    few = [row for row in rows if int(row["documents"]) < 20 and float(row["expected"]) < 20]
    assert 0 < len(few) < len(rows)
    expect(page.locator('.tx-matrix-cell[data-few="true"]')).to_have_count(len(few))


def test_a_value_that_is_a_formula_is_none_in_the_saved_table(in_studio):
    page = in_studio("#screen=groups&column=1")
    groups = {row["group"] for row in saved_csv(page, figure(page, "Topics by country"))}
    assert {"'=1+1", "France", "Ελλάδα", "no value"} <= groups


def test_choosing_a_column_keeps_it_in_the_address(in_studio):
    page = in_studio("#screen=groups")
    page.get_by_role("combobox", name="Column", exact=True).select_option("country")
    expect(page).to_have_url(re.compile("column=1"))
    expect(page.get_by_role("heading", name="Topics by country")).to_be_visible()


def test_the_numbers_compared_have_a_dot_for_each_seed(in_studio):
    page = in_studio("#screen=models")
    sweep = figure(page, "Numbers of topics compared")
    rows = saved_csv(page, sweep)
    assert [row["topics"] for row in rows] == ["3", "3", "4", "4", "5", "5"]
    assert len({row["seed"] for row in rows}) == 2
    measured = sum(row[name] != "" for row in rows for name in ("npmi", "c_v", "stability", "diversity", "perplexity"))
    assert measured >= 24
    expect(sweep.locator(".tx-candidate-seed")).to_have_count(measured)


def test_the_suggestion_is_reported_with_its_reason_and_confidence(in_studio):
    page = in_studio("#screen=models")
    expect(
        page.get_by_role("heading", name=re.compile(r"^Suggested: \d topics, LDA \(Gibbs sampling\)$"))
    ).to_be_visible()
    expect(page.locator(".tx-confidence")).to_contain_text(re.compile("^(High|Medium|Low) confidence: "))
    expect(page.locator(".tx-models-reason")).to_contain_text("score")


def test_two_models_are_matched_and_their_documents_counted(in_studio):
    page = in_studio("#screen=models")
    pairs = page.locator(".tx-pairs tbody tr")
    expect(pairs.first).to_contain_text("%")
    rows = saved_csv(page, figure(page, "Documents by topic in both models"))
    assert sum(int(row["documents"]) for row in rows) == studio.N_DOCUMENTS
    assert pairs.count() + page.locator(".tx-left-over-list .tx-link").count() == N_TOPICS


def test_without_a_comparison_and_a_second_model_the_page_says_what_to_run(serve, studio_home, in_studio):
    left_out = ("comparison", "suggestion", "other_document_topics", "other_topics", "other_topic_terms")
    roles = {role: name for role, name in studio.ROLES.items() if role not in left_out}
    page = in_studio("#screen=models", host=serve("--user", studio.USER, home=studio_home, **roles))
    expect(page.get_by_text("Compare numbers of topics").first).to_be_visible()
    expect(page.get_by_text("Discover topics").first).to_be_visible()
    expect(page.locator(".tx-centre .tx-chart:visible")).to_have_count(0)


SCREENS = {
    "time": "#screen=time",
    "time of a topic": "#screen=time&topic=0&by=month",
    "groups": "#screen=groups",
    "models": "#screen=models",
}


@pytest.mark.parametrize("fragment", SCREENS.values(), ids=SCREENS)
def test_nothing_is_cut_off_on_a_narrow_screen(in_studio, fragment):
    page = in_studio(fragment, width=390, height=844)
    page.locator(".tx-chart:visible, .tx-matrix:visible").first.wait_for()
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390
    assert page.locator(".tx-centre").evaluate("(element) => element.scrollWidth - element.clientWidth") <= 0


def test_charts_follow_the_width_of_the_window_without_a_fault(in_studio):
    page = in_studio("#screen=time&by=year", init_script=ON_FAULTS)
    page.locator(".tx-time .tx-chart").first.wait_for()
    for width in (1440, 1000, 600, 1300):
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(UNTIL_IT_FITS)


def test_a_saved_drawing_stands_alone(in_studio):
    page = in_studio("#screen=groups&column=1")
    chart = figure(page, "Topics by country")
    with page.expect_download() as download:
        chart.get_by_role("button", name="SVG").click()
    assert download.value.suggested_filename == "topics-by-country.svg"
    root = ElementTree.fromstring(download.value.path().read_text("utf-8"))
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "Topics by country" in texts
    assert any(text.startswith("Ελλάδα") for text in texts)
    assert not [element for element in root.iter() if "class" in element.attrib or "href" in element.attrib]
    fills = {element.get("fill") for element in root.iter("{http://www.w3.org/2000/svg}rect")}
    assert not [fill for fill in fills if fill and "var(" in fill]
    assert len(fills) > 4


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_painted_picture_has_the_colours_of_the_page(in_studio, source_host, scheme):
    """The page's own bars, bands and paper, looked up in the middle of each."""
    page = in_studio("#screen=time&by=year&measure=count", host=source_host, color_scheme=scheme)
    page.locator(".tx-band").first.wait_for()
    wrong = page.evaluate(
        """async (paint) => {
          const svg = document.querySelector(".tx-time .tx-chart");
          const canvas = (await import(paint)).paint(svg, 2);
          const [frame, context] = [svg.getBoundingClientRect(), canvas.getContext("2d")];
          const colourAt = (x, y) => [...context.getImageData(2 * x, 2 * y, 1, 1).data].slice(0, 3).join(", ");
          const bars = [...svg.querySelectorAll(".tx-band")].map((bar) => {
            const { left, top, width, height } = bar.getBoundingClientRect();
            const found = colourAt(left + width / 2 - frame.left, top + height / 2 + 3 - frame.top);
            return [`rgb(${found})`, getComputedStyle(bar).fill];
          });
          const paper = [`rgb(${colourAt(1, 1)})`, getComputedStyle(svg.closest(".tx-figure-panel")).backgroundColor];
          return { n: bars.length, wrong: [...bars, paper].filter(([found, wanted]) => found !== wanted) };
        }""",
        PAINT,
    )
    assert wrong["n"] >= 2
    assert wrong["wrong"] == []
