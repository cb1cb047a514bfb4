/** The saved views as a list: open, copy a link, rename, delete. */

import { timeWords } from "../edits/pending/words.js";
import { h } from "../lib/dom.js";
import { fromHash } from "../store/view-address.js";
import { viewLink } from "../ui/topic-links.js";
import { viewForm } from "./form.js";

/**
 * Draw the list.
 * @param {{answer: any, open: {id: string, kind: string} | null}} shown `open` has the view being changed
 * @param {Actions} actions
 * @returns {Node[]}
 */
export function savedViews({ answer: { views, writable, warnings }, open }, actions) {
  return [
    h("h3", { class: "tx-small-title" }, "Saved views"),
    ...warnings.map((warning) => h("p", { class: "tx-warning" }, warning)),
    views.length
      ? h("ul", { class: "tx-views" }, ...views.map((view) => item(view, { isWritable: writable.on, open }, actions)))
      : h("p", { class: "tx-panel-note" }, "None yet. A saved view is listed here for all users of this webapp."),
  ];
}

function item(view, { isWritable, open }, actions) {
  const kind = open?.id === view.id ? open?.kind : null;
  const link = viewLink(actions, fromHash(view.address), { class: "tx-views-name tx-anywhere", dir: "auto" }, view.name);
  link.addEventListener("click", actions.close);
  return h(
    "li",
    {},
    kind === "edit" ? editForm(view, actions) : link,
    h("p", { class: "tx-detail" }, h("bdi", {}, view.author), " · ", h("time", { datetime: view.time, title: view.time }, timeWords(view.time))),
    kind !== "edit" && view.note && h("p", { class: "tx-views-note tx-small tx-anywhere", dir: "auto" }, view.note),
    !view.is_of_this_model && h("p", { class: "tx-warning" }, "Saved for an earlier model, whose topics had other numbers."),
    h("p", { class: "tx-wrap" }, ...tools(view, { isWritable, kind }, actions)),
  );
}

function tools(view, { isWritable, kind }, actions) {
  const { id, name, address } = view;
  const tool = (label, title, onclick) => h("button", { type: "button", class: "tx-link tx-small", title, "data-keep": `${label} ${id}`, onclick }, label);
  if (kind === "edit") return [];
  if (kind === "delete") {
    return [
      tool("Delete for everybody", `Delete “${name}”`, () => actions.remove(id)),
      tool("Keep", `Keep “${name}”`, () => actions.begin(null)),
    ];
  }
  return [
    tool("Copy link", `Copy a link to “${name}”`, () => actions.copyLink(address)),
    isWritable && tool("Rename", `Change name and note of “${name}”`, () => actions.begin({ id, kind: "edit" })),
    isWritable && tool("Delete", `Delete “${name}”`, () => actions.begin({ id, kind: "delete" })),
  ].filter(Boolean);
}

function editForm(view, actions) {
  const form = viewForm("Apply", (parts) => actions.change(view.id, parts), () => actions.begin(null));
  form.fill(view);
  return form.element;
}
