/** The panel of views: a link to the one that is shown, and those saved with the model, for everybody. */

import { h } from "../lib/dom.js";
import { redraw } from "../lib/focus.js";
import { createDialog } from "../ui/dialog.js";
import { viewForm } from "./form.js";
import { savedViews } from "./list.js";
import { suggestedName } from "./suggested-name.js";

/**
 * Make the panel.
 * @param {Actions} actions
 * @param {{api: Api, stateNow: () => State}} means
 * @returns {{element: HTMLElement, open: () => void}}
 */
export function createViewsPanel(actions, { api, stateNow }) {
  const dialog = createDialog({ title: "Views", kind: "side" });
  const [link, saving, list] = ["link", "saving", "list"].map((name) => h("section", { class: `tx-views-${name}` }));
  dialog.body.append(link, saving, list);
  /** @type {{answer: any, error: string | null, open: {id: string, kind: "edit" | "delete"} | null}} */
  let shown = { answer: null, error: null, open: null };
  const show = (changes) => {
    shown = { ...shown, ...changes };
    // There is no overview while the data are being read again.
    const views = stateNow().overview?.capabilities?.views;
    const reason = views?.on === false ? views.reason : shown.answer?.writable.reason;
    redraw(saving, ...savingPart(reason, shown));
    redraw(list, ...(shown.answer ? savedViews(shown, { ...actions, ...changing, close: dialog.close }) : []));
  };
  const settle = (asked) =>
    asked.then(
      (answer) => show({ answer, error: null, open: null }),
      (error) => show({ error: error.message }),
    );
  const post = (body) => settle(api.post("views", body));
  const changing = {
    begin: (open) => show({ open }),
    change: (id, parts) => post({ id, ...parts }),
    remove: (id) => post({ id, deleted: true }),
  };
  const form = viewForm("Save this view", ({ name, note }) => post({ name, note, address: actions.hashOf({}) }));
  const savingPart = (reason, { answer, error }) => [
    h("h3", { class: "tx-small-title" }, "Save for everybody"),
    reason && h("p", { class: "tx-panel-note" }, reason),
    !reason && answer && form.element,
    error && h("p", { class: "tx-warning", role: "alert" }, error),
    !reason && !answer && !error && h("p", { class: "tx-quiet" }, "Loading the views…"),
  ].filter(Boolean);
  const open = () => {
    const state = stateNow();
    const { overview } = state;
    if (!overview) return;
    link.replaceChildren(...linkPart(actions));
    form.fill({ name: suggestedName(state), note: "" });
    show({ answer: null, error: null, open: null });
    dialog.open();
    if (overview.capabilities?.views?.on !== false) settle(api.get("views"));
  };
  return { element: dialog.element, open };
}

function linkPart(actions) {
  const field = h("input", { class: "tx-field", readonly: true, "aria-label": "Link to this view", value: actions.linkTo(actions.hashOf({})) });
  field.addEventListener("focus", () => field.select());
  return [
    h("h3", { class: "tx-small-title" }, "This view"),
    h("div", { class: "tx-views-row" }, field, h("button", { type: "button", class: "tx-button", onclick: () => actions.copyLink() }, "Copy link")),
    h("p", { class: "tx-panel-note" }, "It opens the same screen, topic, filters and document for all who can open this webapp. Edits that are not saved yet are not part of it."),
  ];
}
