/** A question of the quiz: six words as buttons, each with its shortcut key. */

import { bar, h } from "../../lib/dom.js";
import { question } from "./round.js";

/**
 * Draw the current question.
 * @param {import("./round.js").Round} round @param {Actions} actions
 * @returns {Node[]}
 */
export function currentQuestion(round, actions) {
  const asked = question(round);
  const [place, n] = [round.chosen.length, round.questions.length];
  const words = asked.words.map((word, i) =>
    h(
      "button",
      { type: "button", class: "tx-quiz-word tx-line-up", "data-key": i + 1, onclick: () => actions.answerQuiz(word) },
      h("kbd", { class: "tx-key", "aria-hidden": "true" }, String(i + 1)),
      h("bdi", {}, word),
    ),
  );
  const back = h(
    "button",
    {
      type: "button",
      class: "tx-button",
      "data-key": "Backspace",
      title: "Backspace",
      onclick: actions.stepBackInQuiz,
    },
    "Back",
  );
  back.disabled = place === 0;
  return [
    h("p", { class: "tx-note", "aria-live": "polite" }, `Question ${place + 1} of ${n}`),
    h("span", { class: "tx-track tx-quiz-track" }, bar(place / n)),
    h("h2", { class: "tx-quiz-ask" }, "Which word does not belong?"),
    h("div", { class: "tx-quiz-words" }, ...words),
    h(
      "div",
      { class: "tx-dialog-buttons" },
      back,
      h("button", { type: "button", class: "tx-button", onclick: actions.leaveQuiz }, "Stop without saving"),
    ),
  ];
}
