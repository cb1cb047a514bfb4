/** All keys of the page. */

import { h } from "../lib/dom.js";
import { createDialog } from "./dialog.js";

const KEYS = [
  [
    "Go about",
    [
      [["j", "k"], "next, previous topic"],
      [["/"], "search the documents"],
      [["Esc"], "step back: close what is open, end the search, leave the topic"],
      [["Tab"], "next control; the list of topics is one stop"],
      [["↑", "↓", "Enter"], "walk through the list of topics and choose"],
      [["←", "→"], "on the slider: from common to distinctive terms"],
    ],
  ],
  [
    "Edit the chosen topic",
    [
      [["e"], "rename; Enter keeps the name, Esc leaves it"],
      [["m"], "merge into another one, with a preview"],
      [["h"], "hide, or show again"],
      [["z"], "undo"],
      [["Shift", "z"], "redo"],
    ],
  ],
  [
    "Review",
    [
      [["1", "…", "6"], "choose the word that does not belong"],
      [["Backspace"], "back to the question before"],
    ],
  ],
  ["Anywhere", [[["?"], "this list"]]],
];

/**
 * Make the dialog.
 * @returns {{element: HTMLElement, open: function(): void}}
 */
export function createHelpDialog() {
  const dialog = createDialog({ title: "Keys", kind: "small" });
  dialog.body.append(...KEYS.map(([title, keys]) => section(title, keys)));
  dialog.body.append(
    h(
      "p",
      { class: "tx-panel-note" },
      "With the mouse: press a topic's title twice to rename it; drag a topic of the list onto another to merge them.",
    ),
  );
  return { element: dialog.element, open: dialog.open };
}

function section(title, keys) {
  const item = ([names, what]) =>
    h(
      "div",
      { class: "tx-help-row" },
      h("dt", {}, ...names.map((name) => h("kbd", { class: "tx-key" }, name))),
      h("dd", {}, what),
    );
  return h(
    "section",
    { class: "tx-help-section" },
    h("h3", { class: "tx-small-title" }, title),
    h("dl", {}, ...keys.map(item)),
  );
}
