/** The "Review" screen: find the word that does not belong, and see which topics people understand. */

import { h } from "../../lib/dom.js";
import { redraw } from "../../lib/focus.js";
import { plural } from "../../lib/format.js";
import { LENGTHS } from "./round.js";
import { drawnOnChange } from "../../store/state.js";
import { emptyNotice } from "../../ui/topic-links.js";
import { currentQuestion } from "./question.js";
import { createReviewFigure, roundResults } from "./results.js";

/** Make the screen. @type {CreatePart} */
export function createReview(actions) {
  const quiz = h("section", { class: "tx-quiz" });
  const figure = createReviewFigure();
  const element = h(
    "div",
    { class: "tx-screen" },
    h("div", { class: "tx-head" }, h("h1", { class: "tx-title" }, "Review"), subtitle()),
    quiz,
    figure.element,
  );
  let shown = null;
  const drawQuiz = drawnOnChange(
    ({ review, answers, overview, view }) => [review, answers.review, overview, answers.edits, view.round],
    (state) => {
      redraw(quiz, ...content(state, actions));
      const now = state.review?.state ?? null;
      // The focused button is gone; move the focus to the results.
      if (now === "done" && shown !== "done") quiz.querySelector("h2")?.focus({ preventScroll: true });
      shown = now;
    },
  );
  const update = (state) => {
    drawQuiz(state);
    figure.update(state);
  };
  return { element, update };
}

function subtitle() {
  return h(
    "p",
    { class: "tx-subtitle" },
    "Each question shows five top terms of one topic and an intruder. People who find the intruder understand the topic.",
  );
}

/** @param {State} state @param {Actions} actions @returns {Node[]} */
function content({ review: quiz, answers: { review, edits }, overview, view }, actions) {
  if (quiz?.state === "asking") return currentQuestion(quiz.round, actions);
  if (quiz?.state === "sending") return [h("p", { class: "tx-quiet" }, "Sending your answers…")];
  if (quiz?.state === "unsent") return unsent(quiz, actions);
  if (quiz?.state === "done") return roundResults(quiz, overview, actions);
  if (review?.state === "failed") return [emptyNotice("No questions available", h("p", {}, review.error))];
  if (review?.state !== "ready") return [h("p", { class: "tx-quiet" }, "Loading questions…")];
  if (!review.value.questions.length) return [emptyNotice("No questions available", h("p", {}, review.value.reason))];
  return beginning(review.value, { edits, number: view.round }, actions);
}

function beginning({ questions, n_topics: nTopics, not_stored: notStored }, { edits, number }, actions) {
  const lengths = LENGTHS.filter((_, i) => i === 0 || questions.length > LENGTHS[i - 1]).map((length) =>
    Math.min(length, questions.length),
  );
  const begin = (length, i) =>
    h(
      "button",
      {
        type: "button",
        class: i ? "tx-button" : "tx-button tx-button-strong",
        onclick: () => actions.beginQuiz(number, questions, length),
      },
      `Start ${length} questions`,
    );
  return [
    h(
      "div",
      { class: "tx-quiz-start" },
      h(
        "p",
        {},
        `${plural(nTopics, "topic")} can be reviewed. Ten questions take a minute or two. Go by your first impression; ` +
          "the correct answers are shown at the end of the round.",
      ),
      notStored ? h("p", { class: "tx-warning" }, notStored) : h("p", { class: "tx-panel-note" }, whoSees(edits)),
      h("div", { class: "tx-dialog-buttons" }, ...[...new Set(lengths)].map(begin)),
    ),
  ];
}

/** Explain, before the first answer, who can see the answers. */
function whoSees(edits) {
  const { visitor } = edits?.value ?? {};
  const stored =
    "Your answers are saved in the model folder with your login and the time. Anyone who can open the folder can read " +
    "them; this page shows everyone the counts by topic.";
  return visitor ? `${stored} You are signed in as ${visitor.name || visitor.login}.` : stored;
}

/** @param {Record<string, any>} quiz @param {Actions} actions */
function unsent({ error }, actions) {
  return [
    emptyNotice(
      "Your answers could not be sent",
      h("p", {}, `${error} They are still on this page.`),
      h("button", { type: "button", class: "tx-button tx-button-strong", onclick: actions.sendQuiz }, "Send again"),
    ),
  ];
}
