/** A finding: its sentence, chart, quotes and comments, how it was found, and what readers may do with it. */

import { createFigure } from "../../charts/figure.js";
import { timeWords } from "../../edits/pending/words.js";
import { h, iconButton } from "../../lib/dom.js";
import { redraw } from "../../lib/focus.js";
import { plural } from "../../lib/format.js";
import { hueOf } from "../../lib/palette.js";
import { topicChange } from "../../store/navigation.js";
import { withPopover } from "../../ui/popover.js";
import { comparisonOfFinding } from "../../store/sides.js";
import { DEFAULT_VIEW } from "../../store/view-address.js";
import { labelOf, viewLink } from "../../ui/topic-links.js";
import { findingChart } from "./charts.js";
import { intervalInWords, KINDS, sentenceParts, sentenceText, viewOfFinding } from "./findings.js";
import { quotesOf } from "./quotes.js";

/**
 * @typedef {Object} FindingState
 * @property {any} finding
 * @property {Overview} overview
 * @property {import("./findings.js").StoryEdits["comments"]} comments of the finding
 * @property {boolean} isFirst
 * @property {boolean} isLast
 */

/**
 * Make the card of a finding.
 * @param {Actions} actions
 * @param {{edit: (change: object) => void, move: (id: string, step: number) => void,
 *   openComment: (id: string, sentence: string) => void} | null} editing null for a card that stays as it is
 * @returns {{element: HTMLElement, update: (state: FindingState) => void}}
 */
export function createFinding(actions, editing) {
  const title = h("h2", { class: "tx-finding-title" });
  const link = h("span", { class: "tx-finding-link" });
  const why = whyButton();
  const figure = createFigure({ level: 3 });
  const menu = editing && createTools(editing, figure.tools);
  const sentence = h("p", { class: "tx-finding-sentence" });
  const quotes = h("ol", { class: "tx-quotes" });
  const body = h("div", { class: "tx-finding-body" }, figure.element, quotes);
  const comments = h("ul", { class: "tx-finding-comments" });
  const head = h("div", { class: "tx-finding-head" }, title, link, why.element, menu?.element ?? figure.tools);
  const element = h("article", { class: "tx-finding tx-figure-panel" }, head, sentence, body, comments);
  const update = (state) => {
    const { finding, overview } = state;
    const { chart, kind, topics } = finding;
    element.dataset.finding = finding.id;
    element.dataset.hue = hueOf(topics[0] ?? null);
    title.replaceChildren(KINDS[kind].title);
    redraw(link, ...linksOf(finding, overview, actions));
    why.update(finding);
    menu?.update(state);
    redraw(sentence, ...sentenceNodes(finding, overview, actions));
    figure.element.hidden = !chart;
    if (chart) figure.update(findingChart(finding, overview, actions));
    quotes.hidden = !finding.quotes.length;
    redraw(quotes, ...quotesOf(finding, overview, actions));
    drawComments(comments, state, editing);
  };
  return { element, update };
}

/** Link the view behind a finding and, where it sets two sides against each other, their comparison. */
function linksOf(finding, overview, actions) {
  const compared = comparisonOfFinding(DEFAULT_VIEW, finding);
  return [
    viewLink(actions, viewOfFinding(finding.view), { class: "tx-link" }, KINDS[finding.kind].link),
    compared && overview.capabilities?.compare?.on !== false && viewLink(actions, compared, { class: "tx-link" }, "Compare"),
  ].filter(Boolean);
}

/** @param {any} finding @param {Overview} overview @returns {string} */
export const plainSentence = ({ parts }, overview) => sentenceText(parts, (topic) => labelOf(overview, topic));

/** @returns {any[]} texts and links */
function sentenceNodes({ parts }, overview, actions) {
  return sentenceParts(parts).map((part) => {
    if (typeof part === "string") return part;
    const properties = { class: "tx-finding-topic", "data-hue": hueOf(part.topic) };
    return viewLink(actions, topicChange(part.topic), properties, h("bdi", {}, labelOf(overview, part.topic)));
  });
}

/** The button that explains how a finding was found. */
function whyButton() {
  const text = h("div", {});
  const button = h("button", { type: "button", class: "tx-explained tx-small", title: "How this was found" }, "Why?");
  const update = (finding) => text.replaceChildren(...whyLines(finding));
  return { element: withPopover(button, text), update };
}

/** @param {any} found a finding, or what cannot be said @returns {HTMLElement[]} */
function whyLines(found) {
  const interval = intervalInWords(found);
  return [
    h("p", {}, found.rule),
    interval && h("p", { class: "tx-above-2" }, `${interval}.`),
    h("p", { class: "tx-above-2" }, `n = ${plural(found.n, found.kind === "quality" ? "topic" : "document")}`),
  ].filter(Boolean);
}

/** Draw what cannot be said, with its reason. @param {any} unsaid @returns {HTMLElement} */
export function unsaidItem(unsaid) {
  const why = whyButton();
  why.update(unsaid);
  return h("li", { class: "tx-unsaid" }, h("p", {}, unsaid.sentence), why.element);
}

/** The menu of a finding: order, hiding, comment, and the tools of its chart. */
function createTools({ edit, move, openComment }, chartTools) {
  let last = null;
  const item = (label, run) => {
    const press = () => {
      box.hidePopover();
      run(last.finding);
    };
    return h("button", { type: "button", class: "tx-tab", onclick: press }, label);
  };
  const up = item("Move up", ({ id }) => move(id, -1));
  const down = item("Move down", ({ id }) => move(id, 1));
  const items = [
    up,
    down,
    item("Comment…", (finding) => openComment(finding.id, plainSentence(finding, last.overview))),
    item("Hide", ({ id }) => edit({ finding: id, hidden: true })),
  ];
  const button = h("button", { type: "button", class: "tx-button tx-button-icon tx-finding-menu" }, h("span", { "aria-hidden": "true" }, "⋯"));
  const list = h("ul", { class: "tx-menu" }, ...items.map((each) => h("li", {}, each)));
  const element = withPopover(button, list, chartTools);
  const box = /** @type {HTMLElement} */ (button.popoverTargetElement);
  box.classList.add("tx-menu-box");
  const update = (state) => {
    last = state;
    button.setAttribute("aria-label", `Change the finding “${KINDS[state.finding.kind].title}”`);
    up.disabled = state.isFirst;
    down.disabled = state.isLast;
    chartTools.hidden = !state.finding.chart;
  };
  return { element, update };
}

function drawComments(element, { comments, finding, overview }, editing) {
  element.hidden = !comments.length;
  const now = plainSentence(finding, overview);
  redraw(element, ...comments.map((comment) => commentItem(comment, now, editing)));
}

function commentItem({ id, text, about, author, time }, now, editing) {
  const isOfAnother = about !== "" && about !== now;
  return h(
    "li",
    { class: "tx-comment" },
    h("p", { class: "tx-comment-text", dir: "auto" }, text),
    h("span", { class: "tx-detail" }, [author, timeWords(time)].filter(Boolean).join(", ")),
    isOfAnother && h("span", { class: "tx-detail", dir: "auto" }, `Written about: ${about}`),
    editing && iconButton("close", "Delete this comment", () => editing.edit({ delete: id })),
  );
}
