/** The choice of columns beside the bars of terms. */

import { h } from "../lib/dom.js";
import { TERM_EXPLANATIONS } from "../model/explanations.js";
import { withPopover } from "../ui/popover.js";

const COLUMNS = [
  { key: "probability", name: "Share", width: 48, isUsual: true, explanation: TERM_EXPLANATIONS.probability },
  { key: "lift", name: "Lift", width: 40, isUsual: true, explanation: TERM_EXPLANATIONS.lift },
  { key: "frex", name: "FREX", width: 36, explanation: TERM_EXPLANATIONS.frex },
  { key: "count", name: "Count", width: 44, explanation: TERM_EXPLANATIONS.count },
  { key: "documents", name: "Documents", width: 66, explanation: TERM_EXPLANATIONS.documentCount },
];

/**
 * Make the choice.
 * @param {() => void} onChange
 * @returns {{element: HTMLElement, chosen: () => any[]}}
 */
export function createColumnChoice(onChange) {
  const boxes = COLUMNS.map((column) => ({
    column,
    box: h("input", { type: "checkbox", checked: column.isUsual, onchange: onChange }),
  }));
  const lines = boxes.map(({ column, box }) => {
    const { name, means, formula } = column.explanation;
    return h(
      "label",
      { class: "tx-check" },
      box,
      h("span", {}, h("strong", {}, name), h("span", { class: "tx-quiet" }, ` ${means}`, formula && ` ${formula}`)),
    );
  });
  const button = h("button", { type: "button", class: "tx-button tx-button-small" }, "Columns");
  const element = withPopover(button, h("p", { class: "tx-popover-title" }, "Columns beside the bars"), ...lines);
  return { element, chosen: () => boxes.filter(({ box }) => box.checked).map(({ column }) => column) };
}
