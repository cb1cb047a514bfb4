/** The sections of the filter dialog: values of a column, dates, a range of topic probabilities, the topic, the status. */

import { h } from "../lib/dom.js";
import { capital, changedGroups, filterChange, rising, typedShare, valueName } from "../store/filters.js";
import { count, plural } from "../lib/format.js";
import { shownTopics } from "../model/topics.js";
import { createChoices } from "./choices.js";

/**
 * @typedef {Object} Section
 * @property {HTMLElement} element
 * @property {(state: State) => void} update by the state of the page
 */

/** Create a section that opens by its heading, which shows what is chosen in it. */
function section(name, draw, chosen) {
  const state = h("span", { class: "tx-filter-chosen tx-detail" });
  const heading = h("summary", {}, h("span", { class: "tx-filter-kind", dir: "auto" }, name), state);
  const body = h("div", { class: "tx-filter-body" });
  const element = h("details", { class: "tx-filter-section", name: "tx-filter" }, heading, body);
  const filled = draw();
  body.append(...filled.elements);
  const update = (now) => {
    state.textContent = chosen(now);
    filled.update(now);
  };
  return { element, update };
}

/**
 * Filter by values of a group column; several values are joined by "or".
 * @param {{index: number, name: string, n_values: number, values: {value: string, n: number}[]}} group
 * @param {Actions} actions
 * @returns {Section}
 */
export function groupSection(group, actions) {
  const chosenIn = ({ view }) => view.groups.filter(({ column }) => column === group.index).map(({ value }) => value);
  let groups = [];
  const choose = (value, on) => actions.go(filterChange({ groups: changedGroups(groups, group.index, value, on) }));
  const draw = () => {
    const choices = createChoices({
      label: `Values of ${group.name}`,
      choices: group.values.map(({ value, n }) => ({ value, name: valueName(value), n })),
      nFurther: Math.max(0, group.n_values - group.values.length),
      choose,
    });
    const update = (now) => {
      groups = now.view.groups;
      choices.update(chosenIn(now));
    };
    return { elements: [choices.element], update };
  };
  const chosen = (now) => {
    const n = chosenIn(now).length;
    return n ? `${n} selected` : plural(group.n_values, "value");
  };
  return section(group.name, draw, chosen);
}

/**
 * Filter by topic.
 * @param {Overview} overview @param {Actions} actions
 * @returns {Section}
 */
export function topicSection(overview, actions) {
  const without = overview.counts.documents - overview.counts.assigned;
  const topics = shownTopics(overview).map(({ id, label, n_documents: n }) => ({ value: String(id), name: `${id}: ${label}`, n }));
  if (without > 0) topics.push({ value: "none", name: "Without a topic", n: without });
  const choose = (value, on) => actions.go(filterChange({ topic: on ? (value === "none" ? value : Number(value)) : null }));
  const draw = () => {
    const choices = createChoices({ label: "Topic", choices: topics, nFurther: 0, choose });
    const update = ({ view }) => choices.update(view.topic === null ? [] : [String(view.topic)]);
    return { elements: [choices.element], update };
  };
  return section("Topic", draw, ({ view }) => (view.topic === null ? "all" : "1 selected"));
}

/**
 * Filter by status.
 * @param {Overview} overview @param {Actions} actions
 * @returns {Section}
 */
export function statusSection({ statuses }, actions) {
  const choose = (value, on) => actions.go(filterChange({ status: on ? value : null }));
  const draw = () => {
    const choices = createChoices({
      label: "Status of the document",
      choices: statuses.map(({ status, n }) => ({ value: status, name: status, n })),
      nFurther: 0,
      choose,
    });
    return { elements: [choices.element], update: ({ view }) => choices.update(view.status === null ? [] : [view.status]) };
  };
  return section("Status", draw, ({ view }) => view.status ?? "all");
}

/**
 * Filter by first and last day.
 * @param {{first: string, last: string, n_undated: number}} periods of the data
 * @param {Actions} actions
 * @returns {Section}
 */
export function dateSection({ first, last, n_undated: nUndated }, actions) {
  const limits = { min: day(first), max: day(last) };
  const draw = () => {
    const inputs = ["From", "To"].map((name) => ({ name, input: h("input", { type: "date", class: "tx-input", ...limits }) }));
    const [from, to] = inputs.map(({ input }) => input);
    const send = () => {
      const ends = rising(from.value || null, to.value || null);
      actions.go(filterChange({ from: ends[0], to: ends[1] }));
    };
    const update = ({ view }) => fill([[from, view.from ?? ""], [to, view.to ?? ""]]);
    const range = limits.min && limits.max ? `Documents date from ${limits.min} to ${limits.max}.` : "";
    const undated = nUndated ? ` ${plural(nUndated, "document")} without a date ${nUndated === 1 ? "is" : "are"} excluded.` : "";
    return { elements: [pair(inputs, send), h("p", { class: "tx-panel-note" }, range + undated)], update };
  };
  return section("Date", draw, ({ view }) => (view.from || view.to ? "selected" : "all"));
}

/** The answer may be a timestamp; a date field takes only the day. */
function day(text) {
  return /^\d{4}-\d\d-\d\d/.test(text ?? "") ? text.slice(0, 10) : null;
}

/**
 * Filter by a range of the probability of the main topic, under the engine's name for it.
 * @param {{probability_name: string, probability_explanation: string}} engine
 * @param {Actions} actions
 * @returns {Section}
 */
export function shareSection({ probability_name: name, probability_explanation: why }, actions) {
  const draw = () => {
    const properties = { type: "number", class: "tx-input", min: "0", max: "100", step: "any", inputmode: "decimal" };
    const inputs = ["At least", "At most"].map((label) => ({ name: label, unit: "%", input: h("input", properties) }));
    const [least, most] = inputs.map(({ input }) => input);
    const send = () => {
      const [min, max] = rising(typedShare(least.value), typedShare(most.value));
      actions.go(filterChange({ min, max }));
    };
    const update = ({ view }) => fill([[least, typed(view.min)], [most, typed(view.max)]]);
    return { elements: [pair(inputs, send), h("p", { class: "tx-panel-note" }, `Value of the document's main topic. ${why}`)], update };
  };
  return section(capital(name), draw, ({ view }) => (view.min !== null || view.max !== null ? "selected" : "all"));
}

const typed = (share) => (share === null ? "" : count(Math.round(share * 10000) / 100));

/** Update fields, except one that is being typed in: it is newer than the view. */
function fill(fields) {
  for (const [input, value] of fields) if (input !== document.activeElement || input.value === "") input.value = value;
}

function pair(inputs, send) {
  const labels = inputs.map(({ name, unit, input }) => {
    input.addEventListener("change", send);
    return h("label", { class: "tx-labelled tx-line-up tx-soft tx-small" }, h("span", {}, name), input, unit && h("span", {}, unit));
  });
  return h("div", { class: "tx-labelled-row" }, ...labels);
}
