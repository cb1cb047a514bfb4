/** Keyword in context: lines of the documents that contain a term, aligned on it; each links to its document. */

import { toCsv } from "../../charts/chart-csv.js";
import { saveCsv } from "../../charts/export/save.js";
import { h } from "../../lib/dom.js";
import { redraw } from "../../lib/focus.js";
import { count, plural } from "../../lib/format.js";
import { isFiltered } from "../../store/needed-answers.js";
import { drawnOnChange } from "../../store/state.js";
import { createPager } from "../../ui/pager.js";
import { emptyNotice, labelOf, topicBadge, viewLink } from "../../ui/topic-links.js";

/** Make the lines. @type {CreatePart} */
export function createKwic(actions) {
  const found = h("p", { class: "tx-panel-note", role: "status" });
  const save = h("button", { type: "button", class: "tx-link", title: "Save the lines of this page", hidden: true }, "Save as CSV");
  const list = h("ol", { class: "tx-documents tx-kwic" });
  const pager = createPager("lines", (lines) => actions.go({ lines }));
  const head = h("div", { class: "tx-documents-head" }, h("div", {}, h("h3", { class: "tx-panel-title" }, "In context"), found), save);
  const element = h("section", { class: "tx-kwic-section" }, head, list, pager.element);
  const drawLines = drawnOnChange(
    ({ answers, overview, view }) => [answers.kwic, answers.term, overview, isFiltered(view), view.topic],
    ({ answers: { kwic, term }, overview, view }) => {
      list.classList.toggle("tx-stale", kwic?.state === "loading");
      if (kwic?.state === "failed") list.replaceChildren(h("li", {}, emptyNotice(kwic.error)));
      if (kwic?.state !== "ready") return;
      const { lines, total } = kwic.value;
      const counted = isFiltered(view) || view.topic !== null ? null : term?.value?.document_count;
      found.replaceChildren(`${plural(total, "document")} with the term, one line each`, ...whyOther(total, counted ?? total));
      redraw(list, ...(lines.length ? lines.map((line) => h("li", {}, drawLine(line, overview, actions))) : [nothing()]));
      save.hidden = lines.length === 0;
      save.onclick = () => saveCsv(`${view.term} in context`, linesCsv(lines));
      pager.update(kwic.value);
    },
  );
  const markOpen = drawnOnChange(({ answers, view }) => [answers.kwic, view.doc], ({ view }) => markLine(list, view.doc));
  const update = (state) => {
    drawLines(state);
    markOpen(state);
  };
  return { element, update };
}

/** Explain why the model counts other documents than the search finds. */
function whyOther(total, counted) {
  if (counted === total) return [];
  const why = "It does not count words inside compounds or phrases that are terms of their own, lines that repeat in many documents, and documents that were not used in training.";
  return [h("span", { title: why }, `The model counts ${count(counted)}: not within other terms or repeated lines.`)];
}

function nothing() {
  return h("li", {}, emptyNotice("No occurrences", h("p", {}, "No document that matches the filters contains this term.")));
}

function markLine(list, row) {
  for (const line of list.querySelectorAll(".tx-kwic-line")) {
    if (line.dataset.row === String(row)) line.setAttribute("aria-current", "true");
    else line.removeAttribute("aria-current");
  }
}

/** Draw a line with the text before the term aligned to it, in the writing direction of the line itself. */
function drawLine({ row, key, title, topic, left, match, right, n = 1 }, overview, actions) {
  return viewLink(
    actions,
    { doc: row, at: null, pane: "document" },
    { class: "tx-card tx-kwic-line", "data-row": row },
    h(
      "span",
      { class: "tx-kwic-source tx-detail tx-text-line" },
      topic === null ? h("span", { class: "tx-quiet" }, "no topic") : h("span", { title: labelOf(overview, topic) }, topicBadge(topic)),
      h("span", { class: "tx-clip" }, title ?? key),
      n > 1 && h("span", { class: "tx-quiet", title: `${n} times in this document` }, `×${n}`),
    ),
    h(
      "span",
      { class: "tx-kwic-text", dir: direction(left + match + right) },
      h("span", { class: "tx-kwic-left" }, h("span", {}, left)),
      h("span", { class: "tx-kwic-right" }, h("mark", { class: "tx-mark tx-mark-match" }, match), right),
    ),
  );
}

/** Return the direction of the first letter, as `dir="auto"` would, but the same for both halves. */
function direction(text) {
  const first = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]|\p{L}/u.exec(text);
  return first && /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(first[0]) ? "rtl" : "ltr";
}

function linesCsv(lines) {
  return toCsv(["id", "topic_id", "left", "match", "right"], lines.map(({ key, topic, left, match, right }) => [key, topic, left, match, right]));
}
