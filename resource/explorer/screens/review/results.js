/** The results of a round, and of all answers so far by topic. */

import { createFigure } from "../../charts/figure.js";
import { h, measured } from "../../lib/dom.js";
import { percent, plural } from "../../lib/format.js";
import { topicChange } from "../../store/navigation.js";
import { CHANCE, FEW_ANSWERS, topicRates, verdict } from "../../model/intrusion-rates.js";
import { drawnOnChange } from "../../store/state.js";
import { labelOf, topicBadge, viewLink } from "../../ui/topic-links.js";
import { drawBarList } from "../../panels/bar-list.js";

/**
 * Draw the results of a round.
 * @param {Object} quiz @param {Overview} overview @param {Actions} actions
 * @returns {Node[]}
 */
export function roundResults({ results, stored, reason }, overview, actions) {
  const right = results.filter((result) => result.right).length;
  return [
    h("h2", { class: "tx-panel-title", tabindex: "-1" }, `You found ${right} of ${plural(results.length, "intruder")}`),
    h(
      "p",
      { class: "tx-panel-note" },
      stored ? "Your answers are saved and counted below." : `Your answers are not saved. ${reason ?? ""}`,
    ),
    h("ol", { class: "tx-quiz-results" }, ...results.map((result) => resultItem(result, overview, actions))),
    h(
      "div",
      { class: "tx-dialog-buttons" },
      h("button", { type: "button", class: "tx-button tx-button-strong", onclick: actions.nextRound }, "New round"),
    ),
  ];
}

function resultItem({ topic, words, intruder, chosen, right }, overview, actions) {
  const word = (text) => {
    const kind = text === intruder ? "tx-quiz-intruder" : text === chosen ? "tx-quiz-wrong" : "";
    const mark = text === intruder ? " (intruder)" : text === chosen ? " (your answer)" : "";
    return h(
      "span",
      { class: `tx-chip ${kind}` },
      h("bdi", {}, text),
      mark && h("span", { class: "tx-quiz-said" }, mark),
    );
  };
  return h(
    "li",
    { class: "tx-quiz-result" },
    h(
      "p",
      {},
      h("strong", { class: right ? "tx-quiz-right" : "tx-quiz-missed" }, right ? "Found" : "Missed"),
      " ",
      viewLink(
        actions,
        topicChange(topic),
        { class: "tx-link" },
        topicBadge(topic),
        " ",
        h("bdi", {}, labelOf(overview, topic)),
      ),
    ),
    h("p", { class: "tx-quiz-chips" }, ...words.map(word)),
  );
}

/** Make the figure of all answers so far. @returns {PagePart} */
export function createReviewFigure() {
  const figure = createFigure();
  const holder = h("div", { class: "tx-review-all", hidden: true }, figure.element);
  const update = drawnOnChange(
    ({ answers, overview }) => [answers.reviewResults, overview],
    ({ answers: { reviewResults: answer }, overview }) => {
      const rates = topicRates(answer?.value?.topics ?? []);
      holder.hidden = !rates.length;
      if (rates.length) figure.update(chart(rates, answer.value, overview));
    },
  );
  return { element: holder, update };
}

function chart(rates, { n_answers: nAnswers, n_people: nPeople }, overview) {
  const rows = rates.map((rate) => [
    rate.topic,
    labelOf(overview, rate.topic),
    rate.right,
    rate.asked,
    rate.share,
    rate.low,
    rate.high,
    verdict(rate),
  ]);
  return {
    title: "How well people understand each topic",
    note: [
      `${plural(nAnswers, "answer")} from ${plural(nPeople, "person", "people")}; worst topics first.`,
      "Bar: share of intruders found; line: its 95% confidence interval (Wilson 1927).",
      `Guessing finds ${percent(CHANCE)}. Fewer than ${FEW_ANSWERS} answers say little about a topic.`,
      "Method: word intrusion, Chang et al. 2009.",
    ].join(" "),
    file: "review of topics",
    draw: () => h("ul", { class: "tx-rates" }, ...rates.map((rate) => rateRow(rate, overview))),
    picture: (width) => drawBarList(pictureOf(rates, overview), width, {}),
    table: { columns: COLUMNS, rows },
  };
}

/** Build the chart that is saved as a picture; it shows the intervals as figures. */
function pictureOf(rates, overview) {
  return {
    title: "Intruders found by topic",
    labelHead: "Topic",
    keys: [{ kind: "topic", text: "Intruders found" }],
    columns: [
      { key: "count", name: "Right", width: 60 },
      { key: "range", name: "95% interval", width: 110 },
      { key: "verdict", name: "", width: 110 },
    ],
    rows: rates.map((rate) => ({
      key: String(rate.topic),
      topic: rate.topic,
      label: labelOf(overview, rate.topic),
      title: verdict(rate),
      bars: [{ value: rate.share, kind: "topic" }],
      cells: {
        count: `${rate.right} of ${rate.asked}`,
        range: `${percent(rate.low)} – ${percent(rate.high)}`,
        verdict: verdict(rate),
      },
    })),
  };
}

const COLUMNS = [
  { name: "topic", isNumber: true },
  { name: "label" },
  { name: "right", isNumber: true },
  { name: "asked", isNumber: true },
  { name: "share", isNumber: true, show: percent },
  { name: "low", isNumber: true, show: percent },
  { name: "high", isNumber: true, show: percent },
  { name: "verdict" },
];

function rateRow(rate, overview) {
  const { topic, right, asked, share, low, high } = rate;
  const range = measured(
    measured(h("span", { class: "tx-rate-range", "aria-hidden": "true" }), "--low", low),
    "--high",
    high,
  );
  const bar = measured(h("span", { class: "tx-rate-bar", "aria-hidden": "true" }), "--length", share);
  return h(
    "li",
    { class: "tx-rate", title: `${percent(share)}, between ${percent(low)} and ${percent(high)}` },
    h("span", { class: "tx-rate-name tx-text-line" }, topicBadge(topic), h("bdi", {}, labelOf(overview, topic))),
    h("span", { class: "tx-rate-track" }, bar, range),
    h("span", { class: "tx-rate-count tx-note" }, `${right} of ${asked}`),
    h("span", { class: "tx-rate-verdict tx-note" }, verdict(rate)),
  );
}
