import assert from "node:assert/strict";
import { test } from "node:test";
import { createLabelActions, suggestionFor } from "../../../resource/explorer/edits/suggested-label.js";

const topic = { id: 2, label: "war, army", trained_label: "war, army", belongs_to: 2 };
const suggestion = { topic: 2, label: "Armed forces", description: "", coherent: true, evidence: [], refused: false };
const found = (changes = {}, ...suggestions) => suggestionFor({ ...topic, ...changes }, { suggestions });

test("a topic shows the label that is suggested for it", () => {
  assert.equal(found({}, { ...suggestion, topic: 1 }, suggestion), suggestion);
  assert.equal(found({}, { ...suggestion, topic: 1 }), null);
  assert.equal(suggestionFor(topic, null), null);
});

test("a topic that people renamed or merged shows none, whatever a later run suggests", () => {
  assert.equal(found({ label: "Army" }, suggestion), null);
  assert.equal(found({ belongs_to: 0 }, suggestion), null);
});

test("a label that was refused, or that the topic has, is not shown", () => {
  assert.equal(found({}, { ...suggestion, refused: true }), null);
  assert.equal(found({}, { ...suggestion, label: "war, army" }), null);
});

test("an accepted label is a rename, a refused one is sent and can be taken back", async () => {
  const [names, sent, notes] = [[], [], []];
  const actions = {
    setName: (...values) => names.push(values),
    send: async (...values) => sent.push(values),
  };
  const { acceptLabel, refuseLabel } = createLabelActions(actions, (...values) => notes.push(values));
  acceptLabel(suggestion);
  assert.deepEqual(names, [[2, "Armed forces"]]);
  await refuseLabel(suggestion);
  assert.deepEqual(sent, [["labelSuggestions", "label-suggestions", { topic: 2, label: "Armed forces", refused: true }]]);
  assert.equal(notes[0][0], "“Armed forces” is refused for topic 2.");
  await notes[0][1].action.run();
  assert.equal(sent[1][2].refused, false);
  assert.equal(notes.length, 1);
});

test("a refusal that cannot be saved says why", async () => {
  const notes = [];
  const send = () => Promise.reject(new Error("You are not signed in."));
  await createLabelActions({ send }, (...values) => notes.push(values)).refuseLabel(suggestion);
  assert.deepEqual(notes, [["Not saved. You are not signed in.", { isWarning: true }]]);
});
