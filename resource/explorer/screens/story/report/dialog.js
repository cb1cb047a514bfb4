/** The dialog that prints the report of the model, or saves it as a file. */

import { save } from "../../../charts/export/save.js";
import { h } from "../../../lib/dom.js";
import { reportAddress } from "../../../store/needed-answers.js";
import { createDialog } from "../../../ui/dialog.js";
import { filtersInWords, usualTitle } from "./content.js";
import { buildReport } from "./document.js";
import { reportFile, usedStyles } from "./standalone.js";

/**
 * Create the dialog.
 * @param {Actions} actions
 * @param {() => {state: State, edits: import("../findings.js").StoryEdits}} present what the report is about
 * @returns {{element: HTMLElement, open: () => void}}
 */
export function createReportDialog(actions, present) {
  const title = field("Title", { required: true, "data-first": true });
  const author = field("Author", {});
  const filters = h("p", { class: "tx-panel-note", dir: "auto" });
  const status = h("p", { class: "tx-note", role: "status" });
  const dialog = createDialog({ title: "Report of the model", kind: "small" });
  /** Build the report and use it; the buttons wait meanwhile. */
  const make = async (use) => {
    status.replaceChildren("Reading all topics…");
    buttons.inert = true;
    try {
      const { state, edits } = present();
      const report = await readReport(actions, state, edits, { title: title.input.value.trim(), author: author.input.value.trim() });
      status.replaceChildren("");
      use(buildReport(report), report.title);
    } catch (error) {
      status.replaceChildren(`The report could not be made. ${error.message}`);
    } finally {
      buttons.inert = false;
    }
  };
  const printButton = h("button", { type: "button", class: "tx-button", onclick: () => make(printReport) }, "Print report");
  const saveButton = h("button", { class: "tx-button tx-button-strong" }, "Save report");
  const buttons = h("div", { class: "tx-dialog-buttons" }, saveButton, printButton);
  const submit = (event) => {
    event.preventDefault();
    make(saveReport);
  };
  const what = h("p", { class: "tx-panel-note" }, "Findings, a page for each topic, and methods. Saved, it is one HTML file that opens anywhere, without a connection.");
  dialog.body.append(h("form", { class: "tx-report-form", onsubmit: submit }, what, title.element, author.element, filters, status, buttons));
  const open = () => {
    const { overview, view, answers } = present().state;
    title.input.value ||= usualTitle(overview);
    author.input.value ||= answers.edits?.value?.visitor?.name ?? "";
    filters.replaceChildren(`Filters: ${filtersInWords(view, overview)}`);
    status.replaceChildren("");
    dialog.open();
  };
  return { element: dialog.element, open };
}

function field(name, properties) {
  const input = h("input", { class: "tx-input", dir: "auto", maxlength: "200", ...properties });
  return { input, element: h("label", { class: "tx-report-field" }, h("span", { class: "tx-small" }, name), input) };
}

/** @returns {Promise<import("./content.js").Report>} */
async function readReport(actions, { overview, served, view, edits: topicEdits }, edits, { title, author }) {
  const answer = await actions.ask(reportAddress(view));
  const hasUnsaved = Object.keys(topicEdits.pending).length > 0;
  return { title: title || usualTitle(overview), author, date: new Date(), answer, overview, served, view, edits, hasUnsaved };
}

function saveReport(report, title) {
  save(title, "html", new Blob([reportFile(report, title, usedStyles(document, report))], { type: "text/html;charset=utf-8" }));
}

/** Print the report in place of the page; browsers take the page's title as the name of the file. */
function printReport(report, title) {
  const holder = h("div", { class: "tx-report-holder" }, report);
  const before = document.title;
  const clear = () => {
    document.title = before;
    holder.remove();
  };
  document.body.append(holder);
  document.title = title;
  window.addEventListener("afterprint", clear, { once: true });
  window.print();
}
