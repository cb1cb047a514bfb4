/** The "Drivers" screen: the mean of a numeric column by topic, and what moved it between two periods. */

import { createFigure } from "../../charts/figure.js";
import { h } from "../../lib/dom.js";
import { count, plural } from "../../lib/format.js";
import { sinceInWords } from "../../lib/spans.js";
import { clearedFilters } from "../../store/filters.js";
import { drawnWithChoices } from "../../store/state.js";
import { createSelect } from "../../ui/controls.js";
import { emptyNotice } from "../../ui/topic-links.js";
import { changeFigure } from "./change.js";
import { meansFigure } from "./means.js";
import { inUnits } from "./rows.js";

/** Make the screen. @type {CreatePart} */
export function createDrivers(actions) {
  const parts = createParts(actions);
  const { update } = drawnWithChoices(
    { all: false },
    ({ answers, overview, view }) => [answers.drivers, overview, view],
    (state, own) => drawScreen(parts, state, { ...own, actions }),
  );
  return { element: parts.element, update };
}

function createParts(actions) {
  const subtitle = h("p", { class: "tx-subtitle" });
  const column = createSelect("Number", (value) => actions.go({ number: Number(value) }));
  const since = createSelect("Change since", (value) => actions.go({ since: value }));
  const toolbar = h("div", { class: "tx-toolbar tx-wrap" }, column.element, since.element);
  const notice = h("div");
  const [means, moved] = [createFigure(), createFigure()];
  const unsaid = h("p", { class: "tx-panel-note tx-above-4" });
  const figures = h("div", {}, means.element, moved.element, unsaid);
  const head = h("div", { class: "tx-head" }, h("h1", { class: "tx-title" }, "Drivers"), subtitle);
  const element = h("div", { class: "tx-screen tx-compared" }, head, toolbar, notice, figures);
  return { element, subtitle, column, since, notice, means, moved, unsaid, figures };
}

function drawScreen(parts, state, { local, change, actions }) {
  const { answers: { drivers }, overview, view } = state;
  const answer = drivers?.value ?? null;
  const isEmpty = !answer || answer.n === 0;
  parts.figures.classList.toggle("tx-stale", drivers?.state === "loading");
  parts.figures.hidden = isEmpty;
  parts.notice.replaceChildren(...(isEmpty ? notices(drivers, view, actions) : []));
  drawControls(parts, answer, view);
  parts.subtitle.replaceChildren(isEmpty ? "" : meanInWords(answer));
  if (isEmpty) return;
  parts.means.update(meansFigure(answer, { all: local.all, change }, overview, actions));
  parts.moved.element.hidden = answer.change === null;
  if (answer.change) parts.moved.update(changeFigure(answer, overview, actions));
  parts.unsaid.replaceChildren(answer.unsaid.map(({ sentence }) => sentence).join(" "));
}

function drawControls({ column, since }, answer, view) {
  column.element.hidden = (answer?.columns.length ?? 0) < 2;
  column.update((answer?.columns ?? []).map(({ index, name }) => [String(index), name]), String(answer?.column ?? view.number));
  const choices = (answer?.choices ?? []).map((choice) => [choice.since, `${sinceInWords(choice)} (${plural(choice.n, "document")})`]);
  since.element.hidden = choices.length === 0;
  const isListed = choices.some(([day]) => day === answer.since);
  since.update(isListed || !answer?.since ? choices : [[answer.since, answer.since], ...choices], answer?.since ?? "");
}

function meanInWords(answer) {
  const { name, n, n_missing: missing, mean, low, high } = answer;
  const write = inUnits(answer);
  const interval = Number.isFinite(low) ? `, 95% interval ${write(low)} to ${write(high)}` : "";
  const without = missing ? `; ${count(missing)} without a number are left out` : "";
  return `Mean of “${name}”: ${write(mean)}${interval}, ${plural(n, "document")}${without}`;
}

function notices(drivers, view, actions) {
  if (!drivers || drivers.state === "loading") return [h("p", { class: "tx-loading" }, "Computing means…")];
  if (drivers.state === "failed") return [emptyNotice("Drivers could not be loaded", h("p", {}, drivers.error))];
  const clear = h("button", { type: "button", class: "tx-button", onclick: () => actions.go(clearedFilters(view)) }, "Clear filters");
  return [emptyNotice(`No documents with a number in “${drivers.value.name}” match the filters`, clear)];
}
