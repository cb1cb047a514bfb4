/** The topics of a term as bars, largest first; the table has all topics and figures. */

import { drawing, s } from "../../lib/svg.js";
import { fittedText } from "../../charts/text.js";
import { count, factor, finePercent, percent } from "../../lib/format.js";
import { topicChange } from "../../store/navigation.js";
import { hueOf } from "../../lib/palette.js";
import { topicOf } from "../../model/topics.js";
import { chartLink, labelOf } from "../../ui/topic-links.js";

const MANY = 12; // bars; smaller shares are in the table
const ROW = 30; // pixels from bar to bar
const BAR = 12;
const NUMBER = 52; // room for "100.0%"
const NARROW = 460; // below this width, labels are above the bars
const LABEL = 210;
const SWATCH = 10;
const ID = 40; // where a label begins, after swatch and id

/**
 * Draw the bars.
 * @param {Object} term as answered by the backend
 * @param {Overview} overview
 * @param {number} width in pixels
 * @param {Actions} actions
 * @returns {SVGElement}
 */
export function drawTermBars(term, overview, width, actions) {
  const shown = term.topics.filter(({ topic }) => !topicOf(overview, topic)?.hidden).slice(0, MANY);
  const isNarrow = width < NARROW;
  const row = isNarrow ? ROW + 10 : ROW;
  const rows = shown.map((entry, i) => drawRow({ entry, top: i * row, width, isNarrow }, overview, actions));
  const left = term.topics.length - shown.length;
  const more = `${left} smaller or hidden ${left === 1 ? "topic" : "topics"} in the table`;
  const rest = left > 0 && s("text", { x: 0, y: shown.length * row + 14 }, more);
  const title = `Topics of the term ${term.term}: ${shown.map(({ topic, share }) => `${labelOf(overview, topic)} ${percent(share)}`).join("; ")}`;
  const height = shown.length * row + (left > 0 ? 22 : 0);
  return drawing({ width, height, title, isInteractive: true }, ...rows, rest);
}

function drawRow({ entry, top, width, isNarrow }, overview, actions) {
  const { topic, share, probability, lift, rank } = entry;
  const label = labelOf(overview, topic);
  const start = isNarrow ? 0 : LABEL;
  const room = width - start - NUMBER;
  const middle = isNarrow ? top + 26 : top + ROW / 2;
  const description =
    `Topic ${topic}, ${label}: ${percent(share)} of the term's occurrences. ` +
    `It makes up ${finePercent(probability)} of the topic's words: rank ${count(rank)}, lift ${factor(lift)}.`;
  const textY = isNarrow ? top + 12 : middle;
  return chartLink(
    actions,
    topicChange(topic),
    { class: "tx-term-bar", "data-hue": hueOf(topic), "aria-label": description },
    s("title", {}, description),
    s("rect", { class: "tx-row-ground", x: 0, y: top, width, height: isNarrow ? ROW + 8 : ROW - 2, rx: 4 }),
    s("rect", { class: "tx-fill", x: 0, y: textY - SWATCH / 2, width: SWATCH, height: SWATCH, rx: 2 }),
    s("text", { x: SWATCH + 6, y: textY, "dominant-baseline": "central" }, String(topic)),
    fittedText(label, (isNarrow ? width : LABEL) - ID - 12, { class: "tx-mark-label", x: ID, y: textY, "dominant-baseline": "central" }),
    s("rect", { class: "tx-fill", x: start, y: middle - BAR / 2, width: Math.max(1, share * room), height: BAR, rx: 2 }),
    s("text", { class: "tx-mark-label", x: start + Math.max(1, share * room) + 6, y: middle, "dominant-baseline": "central" }, percent(share)),
  );
}
