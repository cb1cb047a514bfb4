/** The sub-topics of a preview: name, documents, top terms and three excerpts of each. */

import { bar, h } from "../../lib/dom.js";
import { percent, plural } from "../../lib/format.js";
import { NAME_LENGTH } from "../../lib/limits.js";

/**
 * Create the list; what the user types as a name is kept until other parts are shown.
 * @returns {{element: HTMLElement, show: (parts: any[]) => void, labels: () => string[]}}
 */
export function createPartList() {
  const element = h("ol", { class: "tx-split-parts" });
  let fields = [];
  const show = (parts) => {
    const total = parts.reduce((sum, part) => sum + part.n_documents, 0);
    fields = parts.map(({ label }, i) => nameField(label, i));
    element.replaceChildren(...parts.map((part, i) => partItem(part, fields[i], total)));
  };
  return { element, show, labels: () => fields.map(({ value }) => value) };
}

function nameField(label, i) {
  const field = h("input", {
    class: "tx-field",
    "aria-label": `Name of part ${i + 1}`,
    dir: "auto",
    maxlength: String(NAME_LENGTH * 4),
    autocomplete: "off",
  });
  field.value = label;
  return field;
}

function partItem({ n_documents: n, top_terms: terms, excerpts }, field, total) {
  const share = total ? n / total : 0;
  return h(
    "li",
    { class: "tx-split-part tx-box-strong" },
    field,
    h(
      "p",
      { class: "tx-split-count tx-detail tx-line-up" },
      h("span", { class: "tx-track" }, bar(share)),
      `${plural(n, "document")}, ${percent(share)}`,
    ),
    h("p", { class: "tx-split-terms tx-anywhere", dir: "auto" }, terms.join(", ")),
    h("ul", { class: "tx-split-excerpts" }, ...excerpts.map(excerptItem)),
  );
}

function excerptItem({ excerpt, key }) {
  return h("li", { class: "tx-split-excerpt tx-clamp tx-detail", dir: "auto", title: key }, excerpt || "Empty text");
}
