/** The label that a language model suggests for a topic, in the head of the topic: accepted as a rename, or refused. */

import { h } from "../lib/dom.js";

/**
 * @typedef {Object} LabelSuggestion
 * @property {number} topic
 * @property {string} label
 * @property {string} description
 * @property {boolean} coherent whether the language model finds one theme in the topic
 * @property {string[]} evidence terms that the label rests on
 * @property {boolean} refused
 */

/**
 * Find the suggestion to show for a topic: none where it was refused, or where the topic was renamed or merged.
 * @param {Topic} topic
 * @param {{suggestions: LabelSuggestion[]} | null} answer
 * @returns {LabelSuggestion | null}
 */
export function suggestionFor(topic, answer) {
  const isMerged = (topic.belongs_to ?? topic.id) !== topic.id;
  if (isMerged || topic.label !== topic.trained_label) return null;
  const found = answer?.suggestions.find((each) => each.topic === topic.id);
  return found && !found.refused && found.label !== topic.label ? found : null;
}

/**
 * Return the suggestion with its buttons, nothing where there is none.
 * @param {Topic} topic
 * @param {{suggestions: LabelSuggestion[], writable: {on: boolean, reason: string | null}} | null} answer
 * @param {Actions} actions
 * @returns {HTMLElement[]}
 */
export function suggestedLabel(topic, answer, actions) {
  const found = suggestionFor(topic, answer);
  if (found === null) return [];
  const { label, description, coherent, evidence } = found;
  const { on: canRefuse, reason } = answer.writable;
  const button = (name, words, title, onclick, disabled = false) =>
    h("button", { type: "button", class: "tx-button tx-button-small", "data-tool": name, title, onclick, disabled }, words);
  const row = h(
    "div",
    { class: "tx-wrap" },
    h("span", { class: "tx-quiet" }, "Suggested label"),
    h("strong", { class: "tx-suggested-label", dir: "auto" }, label),
    button("accept", "Accept", "Rename the topic, not saved yet", () => actions.acceptLabel(found)),
    button("refuse", "Refuse", canRefuse ? "Do not suggest this label again" : reason, () => actions.refuseLabel(found), !canRefuse),
  );
  const basis = evidence.length ? ["By a language model. Evidence: ", h("bdi", {}, evidence.join(", ")), "."] : ["By a language model."];
  return [
    row,
    h("p", { class: "tx-note", dir: "auto" }, description),
    h("p", { class: "tx-note" }, ...basis, coherent ? "" : " It finds no common theme in the topic."),
  ];
}

/**
 * Create the actions on suggestions.
 * @param {Actions} actions
 * @param {Notify} notify
 */
export function createLabelActions(actions, notify) {
  const decide = (found, refused) =>
    actions
      .send("labelSuggestions", "label-suggestions", { topic: found.topic, label: found.label, refused })
      .then(() => refused && notify(`“${found.label}” is refused for topic ${found.topic}.`, undo(found)))
      .catch((error) => notify(`Not saved. ${error.message}`, { isWarning: true }));
  const undo = (found) => ({ action: { label: "Undo", run: () => decide(found, false) } });
  return {
    acceptLabel: ({ topic, label }) => actions.setName(topic, label),
    refuseLabel: (found) => decide(found, true),
  };
}
