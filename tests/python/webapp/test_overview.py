"""All topics and one: the list, the bars, the map, the matrix, every panel of a topic, and what can be taken home."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

import pytest
from playwright.sync_api import expect

from tests.python.unit.explorer.memory_source import SCRIPT_LABEL
from tests.python.webapp import studio
from tests.python.webapp.conftest import check_accessibility

DOCUMENTS = studio.documents()
ANSWER = """(path) => {
    const address = window.getWebAppBackendUrl ?? window.parent.getWebAppBackendUrl;
    return fetch(address(`/api/${path}`)).then((answer) => answer.json());
}"""


def ask(page, path):
    """Ask the backend as the page does."""
    return page.evaluate(ANSWER, path)


def topic_of_theme(page, theme):
    """Find the topic that speaks most of a theme whose words are known."""
    words = set(studio.THEMES[theme].split())
    topics = ask(page, "overview")["topics"]
    return max(topics, key=lambda topic: (len(words & set(topic["top_terms"])), topic["share"]))


@pytest.fixture
def with_changed(open_page, studio_host):
    """Open the real project at a hash with an answer of the backend changed on its way."""

    def open_changed(path, change, fragment="#screen=overview"):
        page = open_page("about:blank")

        def answer(route):
            response = route.fetch()
            body = response.json()
            # The overview comes with the status, in the first request of the page, once there is one.
            changed = body["overview"] if "with=overview" in route.request.url else body
            if changed is not None:
                change(changed)
            route.fulfill(response=response, json=body)

        page.route(f"**/api/{path}", answer)
        if path == "overview":
            page.route("**/api/status?with=overview", answer)
        page.goto(studio_host.origin + studio_host.page_path + fragment)
        page.locator(".tx-body").wait_for()
        return page

    return open_changed


def labels_of(page):
    return page.locator("[role=option][data-hue] .tx-topic-label").all_inner_texts()


def test_topics_are_listed_largest_first_or_as_one_chooses(in_studio):
    page = in_studio()
    topics = ask(page, "overview")["topics"]
    by_share = sorted(topics, key=lambda topic: (-topic["share"], topic["id"]))
    assert labels_of(page) == [topic["label"] for topic in by_share]
    page.get_by_label("Order of the topics").select_option("by name")
    assert labels_of(page) == sorted(labels_of(page))
    assert page.url.endswith("#order=name")
    expect(page.locator(".tx-prevalence .tx-bar-label")).to_have_text(labels_of(page))


def test_keys_walk_in_the_order_of_the_list(in_studio):
    page = in_studio("#order=name")
    first, second = labels_of(page)[:2]
    page.keyboard.press("j")
    expect(page.locator("h1:visible")).to_contain_text(first)
    page.keyboard.press("j")
    expect(page.locator("h1:visible")).to_contain_text(second)


def test_filters_bring_their_own_counts_and_the_list_says_so(in_studio):
    page = in_studio("#g=0%3AA")
    themes = Counter(row["theme"] for row in DOCUMENTS if row["product"] == "A")
    n = themes.total()
    expect(page.locator(".tx-column-note")).to_have_text(f"{n} of {len(DOCUMENTS)} documents match the filters")
    expect(page.locator("[role=option][data-value=all] .tx-topic-share")).to_have_text(str(n))
    ((most_frequent, _),) = themes.most_common(1)
    largest = topic_of_theme(page, most_frequent)
    expect(page.locator("[role=option][data-hue] .tx-topic-label").first).to_have_text(largest["label"])
    note = page.locator(".tx-prevalence .tx-panel-note")
    expect(note).to_contain_text(f"among the {n} documents that match the filters")


def hide(overview):
    overview["topics"][1]["hidden"] = True


def test_hidden_topics_are_folded_away_and_reported(with_changed):
    page = with_changed("overview", hide)
    fold = page.get_by_role("button", name="1 hidden")
    expect(page.locator("[role=option][data-value='1']")).to_have_count(0)
    expect(page.locator(".tx-figures")).to_contain_text("1 hidden")
    fold.click()
    expect(page.locator("[role=option][data-value='1']")).to_be_visible()
    page.get_by_role("button", name="Collapse 1 hidden").click()
    expect(page.locator("[role=option][data-value='1']")).to_have_count(0)


def test_a_hidden_topic_that_is_chosen_is_in_the_list(with_changed):
    page = with_changed("overview", hide, "#topic=1")
    expect(page.locator("[role=option][data-value='1']")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_text("Hidden: left out of lists and charts")).to_be_visible()


def merge(overview):
    overview["topics"][2]["belongs_to"] = 0


def test_a_merged_topic_is_left_out_and_leads_to_its_target(with_changed):
    page = with_changed("overview", merge, "#topic=2")
    expect(page.locator("[role=option][data-value='2']")).to_have_count(0)
    expect(page.locator("[role=option][data-value='0']")).to_have_attribute("aria-selected", "true")
    page.get_by_text("Merged into").get_by_role("link").click()
    expect(page.locator(".tx-edit-merged li")).to_contain_text("2")


def test_readers_who_cannot_edit_still_see_what_was_merged(with_changed):
    def merge_for_readers(overview):
        merge(overview)
        overview["capabilities"]["edit"] = {"on": False, "reason": "There is no model folder."}

    page = with_changed("overview", merge_for_readers, "#topic=0")
    expect(page.locator(".tx-topic-merged").get_by_role("link")).to_contain_text("2")


def test_a_topic_in_doubt_has_a_flag_that_says_why(with_changed):
    def doubt(overview):
        overview["topics"][0]["remarks"] = ["It is spread over all documents."]
        overview["topics"][0]["coherence_npmi"] = -0.25

    page = with_changed("overview", doubt, "#topic=0")
    flag = page.locator("[role=option][data-value='0'] .tx-flag")
    expect(flag).to_contain_text("Warning: It is spread over all documents.")
    expect(page.locator(".tx-flag")).to_have_count(1)
    expect(page.locator(".tx-topic-warning")).to_contain_text(["It is spread over all documents.", "NPMI −0.25"])


def test_a_figure_explains_itself_and_esc_closes_only_that(in_studio):
    page = in_studio("#topic=0")
    page.get_by_role("button", name="NPMI", exact=True).click()
    box = page.locator(".tx-popover:visible")
    expect(box).to_contain_text("p: share of windows of 10 words")
    expect(box).to_contain_text(f"the {len(DOCUMENTS)} training texts")
    page.keyboard.press("Escape")
    expect(box).to_have_count(0)
    expect(page.get_by_role("button", name="NPMI", exact=True)).to_be_focused()
    assert "topic=0" in page.url


def test_the_map_says_how_far_off_it_is_and_its_circles_open_topics(in_studio):
    page = in_studio("#shape=map")
    expect(page.locator(".tx-map-topic")).to_have_count(5)
    stress = ask(page, "overview")["quality"]["map_stress"]
    note = page.locator(".tx-panel-note:visible").first
    expect(note).to_contain_text(f": {stress:.2f}")
    expect(note).to_contain_text("overlapping circles have no meaning")
    page.locator(".tx-map-topic").nth(2).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".tx-terms")).to_be_visible()


def test_areas_of_circles_are_shares(in_studio):
    page = in_studio("#shape=map")
    page.locator(".tx-map-circle").first.wait_for()
    circles = page.locator(".tx-map-topic").evaluate_all(
        """(nodes) => nodes.map((node) =>
            [node.querySelector('.tx-map-id').textContent, node.querySelector('.tx-map-circle').r.baseVal.value])"""
    )
    shares = {str(topic["id"]): topic["share"] for topic in ask(page, "overview")["topics"]}
    ratios = [radius**2 / shares[topic] for topic, radius in circles]
    assert ratios == pytest.approx([ratios[0]] * len(shares), rel=1e-3)


def test_the_map_can_be_coloured_by_super_topic(with_changed):
    def group(overview):
        for topic in overview["topics"]:
            topic.update(parent=topic["id"] % 2, parent_label=f"group {topic['id'] % 2}")

    page = with_changed("overview", group, "#shape=map")
    page.get_by_label("Colour by").select_option("super-topic")
    hues = page.locator(".tx-map-topic").evaluate_all("(nodes) => nodes.map((node) => node.dataset.hue)")
    assert sorted(hues) == ["0", "0", "0", "1", "1"]


def test_the_matrix_names_both_topics_and_its_table_lists_every_pair(in_studio):
    page = in_studio("#shape=matrix")
    expect(page.locator(".tx-similarity .tx-row")).to_have_count(5)
    topics = ask(page, "overview")["topics"]
    answer = ask(page, "similarity")
    a, b = answer["order"][:2]
    likeness = answer["similarity"][answer["ids"].index(a)][answer["ids"].index(b)]
    title = page.locator(".tx-similarity .tx-cell title").first
    expect(title).to_have_text(f"{a} {topics[a]['label']} – {b} {topics[b]['label']}: {likeness:.3f}")
    page.locator(".tx-similarity").get_by_role("button", name="Table").click()
    expect(page.locator(".tx-similarity tbody tr")).to_have_count(10)


def test_back_comes_from_the_map_to_the_bars(in_studio):
    page = in_studio()
    page.get_by_role("button", name="Map").click()
    expect(page.locator(".tx-map")).to_be_visible()
    page.go_back()
    expect(page.locator(".tx-prevalence .tx-row").first).to_be_visible()
    expect(page.get_by_role("button", name="Bars")).to_have_attribute("aria-pressed", "true")


def save(page, panel, name):
    """Press a button of a figure and read the file it saves."""
    with page.expect_download() as download:
        panel.get_by_role("button", name=name, exact=True).click()
    return download.value.suggested_filename, download.value.path().read_bytes()


def test_bars_can_be_saved_as_table_drawing_and_picture(in_studio):
    page = in_studio()
    panel = page.locator(".tx-prevalence")
    panel.locator(".tx-row").first.wait_for()
    name, table = save(page, panel, "CSV")
    assert name == "topics.csv"
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"))))
    topics = ask(page, "overview")["topics"]
    assert {row["label"]: int(row["documents"]) for row in rows} == {
        topic["label"]: topic["n_documents"] for topic in topics
    }
    drawing = save(page, panel, "SVG")[1].decode("utf-8")
    assert drawing.startswith("<svg")
    assert topics[0]["label"].split(",")[0] in drawing
    assert save(page, panel, "PNG")[1].startswith(b"\x89PNG")


def test_a_salient_term_leads_to_its_place_in_the_texts(in_studio):
    page = in_studio()
    first = page.locator(".tx-salient .tx-row").first
    term = first.locator(".tx-bar-label").text_content()
    best = ask(page, "terms?sort=saliency")["terms"][0]
    assert term == best["term"]
    first.click()
    assert re.search(rf"#screen=terms&term={term}$", page.url)


def test_the_bars_of_terms_show_more_figures_on_demand(in_studio):
    page = in_studio("#topic=0")
    heads = page.locator(".tx-terms .tx-bar-head")
    expect(heads).to_contain_text("Lift")
    expect(heads).not_to_contain_text("FREX")
    page.get_by_role("button", name="Columns").click()
    page.get_by_role("checkbox", name=re.compile("^FREX")).check()
    expect(heads).to_contain_text("FREX")
    term = max(ask(page, "topics/0")["terms"], key=lambda term: term["probability"])
    row = page.locator(f".tx-terms [data-key='{term['term']}']")
    expect(row.locator(".tx-bar-cell")).to_contain_text([f"{term['frex']:.2f}"])


def test_a_term_of_a_topic_leads_to_its_place_in_the_texts(in_studio):
    page = in_studio("#topic=0")
    row = page.locator(".tx-terms .tx-row").first
    term = row.get_attribute("data-key")
    row.focus()
    page.keyboard.press("Enter")
    assert f"screen=terms&topic=0&term={term}" in page.url


def test_a_topic_over_time_has_the_shares_of_its_documents(in_studio):
    page = in_studio()
    fruit = topic_of_theme(page, "fruit")
    page.goto(f"{page.url.split('#')[0]}#topic={fruit['id']}")
    panel = page.locator(".tx-trend-panel")
    panel.get_by_role("button", name="Table").click()
    cells = panel.locator("tbody tr").evaluate_all(
        "(rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent))"
    )
    by_year = {
        year: [row for row in cells if row[0].startswith(year) or row[0].endswith(year)]
        for year in ("2021", "2022", "2023")
    }
    counts = {year: sum(int(row[2]) for row in rows) for year, rows in by_year.items()}
    n_fruit = sum(row["theme"] == "fruit" for row in DOCUMENTS)
    assert counts["2021"] >= 0.8 * n_fruit
    assert counts["2022"] + counts["2023"] == 0


def test_a_topic_shows_the_groups_it_is_frequent_in(in_studio):
    page = in_studio()
    ships = topic_of_theme(page, "ships")
    page.goto(f"{page.url.split('#')[0]}#topic={ships['id']}")
    first = page.locator(".tx-groups-panel .tx-row").first
    expect(first.locator(".tx-bar-label")).to_have_text("A")
    first.click()
    assert re.search(rf"screen=documents&topic={ships['id']}&g=0%3AA", page.url)


def test_borderline_documents_name_the_other_topic(with_changed):
    def between(topic):
        document = {"row": 3, "key": "d003", "excerpt": "Between two", "probability": 0.45, "other": 2}
        topic["borderline"] = [{**document, "other_probability": 0.41}]

    page = with_changed("topics/0", between, "#topic=0")
    panel = page.locator(".tx-borderline-panel")
    expect(panel.locator(".tx-rival-share")).to_have_text(["45.0%", "41.0%"])
    panel.locator("a.tx-quote").click()
    expect(page.locator(".tx-reader-key:visible")).to_have_text("d003")


def test_related_topics_go_both_ways_from_zero(with_changed):
    def relate(topic):
        topic["related"] = [{"topic": 2, "correlation": 0.4}, {"topic": 3, "correlation": -0.2}]

    page = with_changed("topics/0", relate, "#topic=0")
    bars = page.locator(".tx-related-panel .tx-row")
    expect(bars.locator(".tx-bar-cell")).to_have_text(["0.40", "−0.20"])
    positive, negative = (bars.locator(f".tx-bar-{kind}").bounding_box() for kind in ("plain", "against"))
    assert positive["x"] == pytest.approx(negative["x"] + negative["width"], abs=2)
    assert positive["width"] == pytest.approx(2 * negative["width"], rel=0.05)


def test_a_topic_of_nothing_but_its_number_still_shows(with_changed):
    def strip(topic):
        for name in ("terms", "representatives", "borderline", "related", "groups", "merged"):
            topic[name] = []
        for name in ("summary", "coherence_npmi", "coherence_cv", "exclusivity", "effective_documents", "review"):
            topic[name] = None

    page = with_changed("topics/0", strip, "#topic=0")
    expect(page.get_by_role("heading", name="Terms")).to_be_visible()
    for name in ("typical", "borderline", "related", "groups"):
        expect(page.locator(f".tx-{name}-panel")).to_be_hidden()
    expect(page.locator(".tx-summary-panel")).to_contain_text("The group summaries do not include this topic.")


@pytest.mark.parametrize("fragment", ["#shape=map", "#shape=matrix", "#screen=overview"])
def test_labels_full_of_markup_stay_text_in_charts(explorer, fragment):
    page = explorer(fragment)
    page.locator(".tx-shapes .tx-chart:visible, .tx-empty:visible").first.wait_for()
    expect(page.locator(".tx-topic-label", has_text=SCRIPT_LABEL)).to_be_visible()
    assert page.locator(".tx img, .tx b, .tx script").count() == 0


@pytest.mark.parametrize("shape", ["map", "matrix"])
@pytest.mark.parametrize("width", [390, 1440])
def test_map_and_matrix_have_no_serious_fault_and_stay_in_the_page(in_studio, shape, width):
    page = in_studio(f"#shape={shape}", width=width)
    page.locator(".tx-shapes .tx-chart:visible").wait_for()
    page.wait_for_load_state("networkidle")
    check_accessibility(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
