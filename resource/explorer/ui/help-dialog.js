/** The dialog that lists all keyboard shortcuts. */

import { h } from "../lib/dom.js";
import { createDialog } from "./dialog.js";

const KEYS = [
  [
    "Navigate",
    [
      [["j", "k"], "next, previous topic"],
      [["/"], "search the documents"],
      [["t"], "find a topic"],
      [["Esc"], "go back: close what is open, clear the search, leave the topic"],
      [["Tab"], "next control; the list of topics is one stop"],
      [["↑", "↓", "Enter"], "move in the list of topics and select"],
      [["←", "→"], "in the list: fold and unfold a super-topic"],
      [["+", "−", "0"], "on the map: zoom in, out, show all"],
      [["←", "→"], "on the slider: from common to distinctive terms"],
    ],
  ],
  [
    "Edit the selected topic",
    [
      [["e"], "rename; Enter applies, Esc cancels"],
      [["m"], "merge into another topic, with a preview"],
      [["h"], "hide or show"],
      [["s"], "move to another super-topic"],
      [["z"], "undo"],
      [["Shift", "z"], "redo"],
    ],
  ],
  [
    "In the list of documents",
    [
      [["↑", "↓", "Enter"], "move and open"],
      [["x"], "select the document"],
      [["Shift", "x"], "select all from the last selected one"],
    ],
  ],
  ["Review", [[["1", "…", "6"], "select the word that does not belong"], [["Backspace"], "previous question"]]],
  ["Anywhere", [[["?"], "this list"]]],
];

/** Make the dialog. @returns {{element: HTMLElement, open: () => void}} */
export function createHelpDialog() {
  const dialog = createDialog({ title: "Keyboard shortcuts", kind: "small" });
  dialog.body.append(...KEYS.map(([title, keys]) => section(title, keys)));
  dialog.body.append(
    h(
      "p",
      { class: "tx-panel-note" },
      "With the mouse: double-click a topic's title to rename it; drag a topic onto another in the list to merge them, onto a super-topic to move it.",
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
