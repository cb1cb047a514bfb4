/** The dialog that merges a topic into another: choose the other one, see what would come of it, then do it or not. */

import { h } from "../dom.js?v=0.1.0";
import { mergeTargets } from "../merging.js?v=0.1.0";
import { topicOf } from "../topics.js?v=0.1.0";
import { createDialog } from "./edit-dialog.js?v=0.1.0";
import { createTargetList } from "./merge-targets.js?v=0.1.0";
import { mergePreview } from "./merge-preview.js?v=0.1.0";

/**
 * Make the dialog.
 * @param {Object} actions
 * @param {{overviewNow: function(): Object, preview: function(Array<number>, number, AbortSignal): Promise<Object>}} means
 * @returns {{element: HTMLElement, openFor: function(number, ?number=): void}}
 */
export function createMergeDialog(actions, { overviewNow, preview }) {
  let id = null;
  let into = null;
  let running = null;
  const targets = createTargetList({ targetsOf: (typed) => mergeTargets(overviewNow(), id, typed), choose: (target) => choose(target) });
  const shown = h("div", { class: "tx-merge-preview", "aria-live": "polite" });
  const merge = h("button", { type: "button", class: "tx-button tx-button-strong", onclick: () => finish() }, "Merge");
  const swap = h("button", { type: "button", class: "tx-button", onclick: () => turnRound() }, "Other way round");
  const dialog = createDialog({ title: "Merge", kind: "wide", onClose: () => running?.abort() });
  const cancel = h("button", { type: "button", class: "tx-button", onclick: dialog.close }, "Cancel");
  const buttons = h("div", { class: "tx-dialog-buttons" }, merge, swap, cancel);
  dialog.body.append(h("div", { class: "tx-merge" }, targets.element, shown), buttons);
  const choose = async (target) => {
    into = target;
    running?.abort();
    running = new AbortController();
    const { signal } = running;
    targets.mark(into);
    const overview = overviewNow();
    const draw = (answer) => {
      const [from, to] = [topicOf(overview, id), topicOf(overview, into)];
      merge.disabled = swap.disabled = into === null;
      merge.replaceChildren(into === null ? "Merge" : `Merge topic ${id} into ${into}`);
      shown.replaceChildren(...mergePreview({ from, to, overview, answer }));
    };
    draw({ state: into === null ? "none" : "loading" });
    if (into === null) return;
    const answer = await preview([id, into], into, signal).then(
      (value) => ({ state: "ready", value }),
      (error) => ({ state: "failed", error: error.message }),
    );
    if (!signal.aborted) draw(answer);
  };
  const begin = (topic, target) => {
    id = topic;
    const { label } = topicOf(overviewNow(), id);
    dialog.title.replaceChildren(`Merge topic ${id}, ${label}, into …`);
    targets.begin();
    return choose(target);
  };
  const turnRound = () => begin(into, id);
  const finish = () => {
    dialog.close();
    actions.mergeAndTell(id, into);
  };
  const openFor = (topic, target = null) => {
    begin(topic, target);
    dialog.open();
    if (target !== null) merge.focus();
  };
  return { element: dialog.element, openFor };
}
