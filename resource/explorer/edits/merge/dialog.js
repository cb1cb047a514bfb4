/** The dialog that merges a topic into another: choose the target, see a preview, then merge or cancel. */

import { h } from "../../lib/dom.js";
import { decimal, plural } from "../../lib/format.js";
import { mergeTargets } from "./merging.js";
import { topicOf } from "../../model/topics.js";
import { createDialog } from "../../ui/dialog.js";
import { mergePreview } from "./preview.js";
import { createTargetList } from "./targets.js";

/**
 * Create the dialog.
 * @param {Actions} actions
 * @param {{overviewNow: () => Overview, preview: (id: number, into: number, signal: AbortSignal) => Promise<any>,
 *   similarity: () => Promise<{ids: number[], similarity: number[][]}>}} means
 * @returns {{element: HTMLElement, openFor: (topic: number, target?: number | null) => void}}
 */
export function createMergeDialog(actions, { overviewNow, preview, similarity }) {
  let id = null;
  let into = null;
  const shown = createPreview({ overviewNow, preview });
  let known = null;
  const targetsOf = (typed) =>
    mergeTargets(overviewNow(), id, typed, known).map(({ topic, ...common }) => ({ topic, detail: inCommon(common) }));
  const choice = { name: "merge", label: "Topic to merge into", targetsOf, choose: (target) => choose(target) };
  const targets = createTargetList(choice);
  const merge = h("button", { type: "button", class: "tx-button tx-button-strong", onclick: () => finish() }, "Merge");
  const swap = h("button", { type: "button", class: "tx-button", onclick: () => begin(into, id) }, "Other way round");
  const dialog = createDialog({ title: "Merge", kind: "wide", onClose: shown.stop });
  const cancel = h("button", { type: "button", class: "tx-button", onclick: dialog.close }, "Cancel");
  dialog.body.append(
    h("div", { class: "tx-merge" }, targets.element, shown.element),
    h("div", { class: "tx-dialog-buttons" }, merge, swap, cancel),
  );
  const choose = (target) => {
    into = target;
    targets.mark(into);
    merge.disabled = swap.disabled = into === null;
    merge.replaceChildren(into === null ? "Merge" : `Merge topic ${id} into ${into}`);
    shown.show(id, into);
  };
  const begin = (topic, target) => {
    id = topic;
    dialog.title.replaceChildren(`Merge topic ${id}, ${topicOf(overviewNow(), id).label}, into…`);
    targets.begin();
    choose(target);
  };
  const finish = () => {
    dialog.close();
    actions.mergeWithUndo(id, into);
  };
  const openFor = (topic, target = null) => {
    begin(topic, target);
    dialog.open();
    // Without similarities, as when the backend is gone, the targets are ordered by size.
    similarity().then((found) => {
      known = found;
      targets.draw();
    }, () => undefined);
    if (target !== null) merge.focus();
  };
  return { element: dialog.element, openFor };
}

function inCommon({ shared, similarity }) {
  const terms = shared.length
    ? `${plural(shared.length, "term")} in common: ${shared.join(", ")}`
    : "no top terms in common";
  return similarity === null ? terms : `similarity ${decimal(similarity)}, ${terms}`;
}

/** The part that requests the preview of a merge, and shows it. */
function createPreview({ overviewNow, preview }) {
  const element = h("div", { class: "tx-merge-preview", "aria-live": "polite" });
  let running = null;
  const stop = () => running?.abort();
  const show = async (id, into) => {
    stop();
    running = new AbortController();
    const { signal } = running;
    const overview = overviewNow();
    const [from, to] = [topicOf(overview, id), topicOf(overview, into)];
    const draw = (answer) => element.replaceChildren(...mergePreview({ from, to, overview, answer }));
    draw({ state: "loading" });
    if (into === null) return;
    const answer = await preview(id, into, signal).then(
      (value) => ({ state: "ready", value }),
      (error) => ({ state: "failed", error: error.message }),
    );
    if (!signal.aborted) draw(answer);
  };
  return { element, show, stop };
}
