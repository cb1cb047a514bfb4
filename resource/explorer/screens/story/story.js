/** The "Story" screen: what is in the texts, as a few findings, and the report of the model. */

import { h, icon } from "../../lib/dom.js";
import { arrange, redraw } from "../../lib/focus.js";
import { count, plural } from "../../lib/format.js";
import { drawnOnChange } from "../../store/state.js";
import { modelFigures, originOf, QUALITY_QUESTION } from "../../panels/figure-tiles.js";
import { shownTopics } from "../../model/topics.js";
import { meanings } from "../../ui/about.js";
import { withPopover } from "../../ui/popover.js";
import { emptyNotice } from "../../ui/topic-links.js";
import { createCommentDialog, createStoryEditing } from "./editing.js";
import { createFinding, plainSentence, unsaidItem } from "./finding.js";
import { arranged, moved } from "./findings.js";
import { createReportDialog } from "./report/dialog.js";

/** Make the screen. @type {CreatePart} */
export function createStory(actions) {
  let last = null;
  const status = h("p", { class: "tx-note", role: "status" });
  const draw = () => drawStory(last);
  const story = createStoryEditing(actions, draw, (sentence) => status.replaceChildren(sentence));
  const edit = (change) => story.edit(last, change);
  const move = (id, step) => edit({ order: moved(shownNow().map((finding) => finding.id), id, step) });
  const shownNow = () => arranged(last.answers.story.value.findings, story.edits(last)).shown;
  const comment = createCommentDialog(edit);
  const report = createReportDialog(actions, () => ({ state: last, edits: story.edits(last) }));
  const findings = createFindings(actions, { edit, move, openComment: comment.openFor });
  const quality = createQuality(actions);
  const head = createHead({ openQuality: quality.open, openReport: report.open });
  const fault = h("div");
  const rest = h("div", { class: "tx-story-rest" });
  const element = h(
    "div",
    { class: "tx-screen tx-story" },
    head.element, status, fault, findings.element, rest, quality.element, comment.element, report.element,
  );
  const drawStory = (state) => {
    const { answers: { story: answer }, overview } = state;
    element.classList.toggle("tx-story-stale", answer?.state === "loading" && answer.value !== null);
    redraw(fault, ...faultOf(answer));
    const edits = story.edits(state);
    const { shown, hidden, quality: found } = arranged(answer?.value?.findings ?? [], edits);
    findings.update({ shown, overview, edits });
    redraw(rest, ...restOf({ answer, hidden, overview, edit, whyLocal: story.whyLocal(state), warnings: answer ? warningsOf(state) : [] }));
    quality.update(found, overview);
    head.update(state);
  };
  const drawOnChange = drawnOnChange(
    ({ answers, overview, served }) => [answers.story, answers.storyEdits, overview, served],
    drawStory,
  );
  const update = (state) => {
    last = state;
    drawOnChange(state);
  };
  return { element, update };
}

/** The title, and beside it the model's quality, the report, and what the numbers mean. */
function createHead({ openQuality, openReport }) {
  const subtitle = h("p", { class: "tx-subtitle tx-clip" });
  const definitions = h("dl", { class: "tx-definitions" });
  const button = (label, run, ...before) => h("button", { type: "button", class: "tx-button tx-button-small", onclick: run }, ...before, label);
  const help = h("button", { type: "button", class: "tx-button tx-button-small", title: "What the numbers mean", "aria-label": "What the numbers mean" }, "?");
  const quality = button(QUALITY_QUESTION, openQuality);
  const tools = h("div", { class: "tx-story-tools" }, quality, button("Report", openReport, icon("print")), withPopover(help, definitions));
  const titles = h("div", {}, h("h1", { class: "tx-title" }, "What is in these texts"), subtitle);
  const element = h("div", { class: "tx-head tx-story-head" }, titles, tools);
  const update = ({ overview }) => {
    const n = plural(overview.counts.documents, "document");
    subtitle.replaceChildren(`${n} in ${plural(shownTopics(overview).length, "topic")} · ${originOf(overview)}`);
    definitions.replaceChildren(...meanings(overview).flatMap(([name, text]) => [h("dt", {}, name), h("dd", {}, text)]));
  };
  return { element, update };
}

/** The cards of the findings; those that stay keep their element, so that an open menu stays open. */
function createFindings(actions, editing) {
  const cards = new Map();
  const element = h("div", { class: "tx-findings" });
  const cardOf = (id) => {
    if (!cards.has(id)) cards.set(id, createFinding(actions, editing));
    return cards.get(id);
  };
  const update = ({ shown, overview, edits }) => {
    arrange(element, ...shown.map(({ id }) => cardOf(id).element));
    for (const [i, finding] of shown.entries()) {
      const comments = edits.comments.filter((comment) => comment.finding === finding.id);
      cardOf(finding.id).update({ finding, overview, comments, isFirst: i === 0, isLast: i === shown.length - 1 });
    }
  };
  return { element, update };
}

function createQuality(actions) {
  const card = createFinding(actions, null);
  const figures = h("div");
  const element = h("details", { class: "tx-quality" }, h("summary", {}, QUALITY_QUESTION), figures, card.element);
  const update = (finding, overview) => {
    redraw(figures, modelFigures(overview, actions));
    card.element.hidden = finding === null;
    if (finding) card.update({ finding, overview, comments: [], isFirst: true, isLast: true });
  };
  const open = () => {
    element.open = true;
    element.scrollIntoView({ block: "start" });
    element.querySelector("summary").focus({ preventScroll: true });
  };
  return { element, update, open };
}

function faultOf(answer) {
  if (answer?.state === "failed") return [emptyNotice(answer.error)];
  return answer?.value ? [] : [h("p", { class: "tx-loading" }, "Reading the findings…")];
}

/** Merges that are not saved are not counted by the backend. */
function hasUnsavedMerge({ overview, served }) {
  return served.topics.some((topic, i) => topic.belongs_to !== overview.topics[i]?.belongs_to);
}

function warningsOf(state) {
  const { overview, answers } = state;
  return [
    hasUnsavedMerge(state) && "Merges that are not saved yet are not counted here.",
    ...(overview.notes ?? []),
    ...(overview.edits?.warnings ?? []),
    ...(answers.storyEdits?.value?.warnings ?? []),
  ].filter(Boolean);
}

/** Draw what stands below the findings: hidden ones, what cannot be said, notes. */
function restOf({ answer, hidden, overview, edit, whyLocal, warnings }) {
  const unsaid = answer?.value?.unsaid ?? [];
  return [
    hidden.length > 0 && fold(`${count(hidden.length)} hidden`, h("ul", {}, ...hidden.map((finding) => hiddenItem(finding, overview, edit)))),
    unsaid.length > 0 && fold("What cannot be said", h("ul", {}, ...unsaid.map(unsaidItem)), true),
    ...warnings.map((warning) => h("p", { class: "tx-warning" }, warning)),
    whyLocal && h("p", { class: "tx-note tx-above-3" }, `The order of findings, hidden ones and comments are kept in this browser tab only. ${whyLocal}`),
  ].filter(Boolean);
}

function fold(title, content, open = false) {
  return h("details", { class: "tx-story-fold", open }, h("summary", {}, title), content);
}

function hiddenItem(finding, overview, edit) {
  const show = () => edit({ finding: finding.id, hidden: false });
  return h(
    "li",
    { class: "tx-unsaid" },
    h("p", {}, plainSentence(finding, overview)),
    h("button", { type: "button", class: "tx-button tx-button-small", onclick: show }, "Show again"),
  );
}
