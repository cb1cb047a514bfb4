import assert from "node:assert/strict";
import { test } from "node:test";
import { canEdit, createEditActions } from "../../../resource/explorer/edits/actions.js";
import { withFeedback } from "../../../resource/explorer/edits/join.js";
import { createOverlay, initialEdits } from "../../../resource/explorer/edits/state.js";
import { createWriting, settledBy, writtenSentence } from "../../../resource/explorer/edits/writing.js";
import { createStore } from "../../../resource/explorer/store/state.js";

const topic = (id, changes = {}) => ({
  id,
  label: `label ${id}`,
  trained_label: `label ${id}`,
  belongs_to: id,
  hidden: false,
  note: null,
  n_documents: 1,
  share: 0.1,
  ...changes,
});
const overview = (changes = {}) => ({
  datasets: { topics: "t" },
  topics: [0, 1, 2].map((id) => topic(id)),
  counts: { topics: 3 },
  edits: { version: "v1" },
  capabilities: { edit: { on: true, reason: null } },
  ...changes,
});

function memory() {
  const content = {};
  return {
    content,
    getItem: (key) => content[key] ?? null,
    setItem: (key, value) => (content[key] = value),
    removeItem: (key) => delete content[key],
  };
}

/** A page with an overview, and a backend that answers posts by `answer`. */
function page({
  answer = async () => ({ version: "v2", written: 1, dataset: null }),
  storage = memory(),
  served = overview(),
  fetched = async () => {},
} = {}) {
  const said = [];
  const posts = [];
  const notify = (sentence) => said.push(sentence);
  const store = createStore({ view: { topic: null }, served: null, answers: {}, edits: initialEdits() }, createOverlay());
  const actions = createEditActions(store, { storage, notify });
  const post = async (path, body) => {
    posts.push([path, body]);
    return answer(body);
  };
  const reopen = async (changesNow = () => ({})) => {
    await fetched();
    store.update({ edits: changesNow() });
  };
  Object.assign(
    actions,
    createWriting(
      store,
      { post },
      { reopen, lost: (error) => said.push(error.message), storeEdits: actions.storeEdits, notify },
    ),
  );
  store.update({ served, edits: actions.onFresh(served) });
  const offered = [];
  const offer = (_sentence, { action } = {}) => {
    offered.push(action?.label);
    return () => {};
  };
  Object.assign(actions, withFeedback(store, actions, offer));
  return { store, actions, said, posts, storage, offered };
}

test("what changes nothing is no step, and offers no undoing", () => {
  const topics = [topic(0), topic(1, { belongs_to: 0 }), topic(2, { label: "Taxes", hidden: true, note: "n", parent: 0 })];
  const super_topics = [{ id: 0, label: "state", trained_label: "state" }];
  const { store, actions, offered } = page({ served: overview({ topics, super_topics }) });
  const edits = { value: { version: "v1", in_force: [{ topic_id: 1, merged_into: 0, documents: [MOVED] }] } };
  store.update({ answers: { edits } });
  const { history } = store.get().edits;
  actions.setName(0, "label 0 ");
  actions.setName(2, "Taxes");
  actions.setNote(2, " n");
  actions.setHidden(2, true);
  actions.setParentLabel(0, "state");
  actions.mergeWithUndo(1, 0);
  actions.unsplitWithUndo(0);
  actions.moveToSuperTopic(2, 0);
  const document = { key: "a", digest: MOVED.digest, topic: 1, moved: true };
  assert.equal(actions.moveWithUndo([document], 1), false);
  assert.equal(store.get().edits.history, history);
  assert.deepEqual(offered, []);
});

test("several documents are moved by one step, which can be undone", () => {
  const { store, actions, offered } = page();
  store.update({ answers: { edits: { value: { version: "v1", in_force: [] } } } });
  const documents = ["a", "b"].map((key) => ({ key, digest: key.repeat(32), topic: 0, moved: false }));
  assert.equal(actions.moveWithUndo(documents, 2), true);
  assert.equal(store.get().edits.pending[2].documents.length, 2);
  assert.deepEqual(offered, ["Undo"]);
  actions.undo();
  assert.deepEqual(store.get().edits.pending, {});
});

const MOVED = { id_column: null, key: null, digest: "a".repeat(32) };

test("an edit is applied to the overview and can be undone and redone", () => {
  const { store, actions, said } = page();
  actions.setName(1, "  Taxes ");
  assert.equal(store.get().overview.topics[1].label, "Taxes");
  assert.equal(store.get().served.topics[1].label, "label 1");
  actions.undo();
  assert.equal(store.get().overview, store.get().served);
  actions.redo();
  assert.equal(store.get().overview.topics[1].label, "Taxes");
  assert.deepEqual(said, ["Undone: Rename topic 1", "Redone: Rename topic 1"]);
});

test("pending edits are restored after a reload", () => {
  const storage = memory();
  page({ storage }).actions.merge(2, 0);
  const { store } = page({ storage });
  assert.deepEqual(store.get().edits.pending, { 2: { merged_into: 0 } });
  assert.equal(store.get().overview.topics[2].belongs_to, 0);
});

test("a split is taken back only once the written splits have arrived, and stays pending until then", () => {
  const { store, actions, said } = page();
  actions.unsplit(1);
  assert.deepEqual(store.get().edits.pending, {});
  assert.match(said[0], /still loading/);
  const in_force = [{ topic_id: 1, split: { parts: [] } }];
  store.update({ answers: { edits: { value: { version: "v1", in_force, log: [] } } } });
  actions.unsplit(1);
  const changed = { ...overview(), edits: { version: "v2" } };
  store.update({ served: changed });
  actions.setName(2, "Taxes");
  assert.deepEqual(store.get().edits.pending, { 1: { split: null }, 2: { label: "Taxes" } });
});

test("a model trained again discards pending edits with a warning", () => {
  const { store, actions, said } = page();
  actions.setHidden(1, true);
  const other = overview({ topics: [topic(0, { trained_label: "new" })] });
  store.update({ served: other, edits: actions.onFresh(other) });
  assert.deepEqual(store.get().edits.pending, {});
  assert.match(said[0], /trained again/);
});

test("an identical edit of others is no longer pending", () => {
  const { store, actions } = page();
  actions.setName(1, "Taxes");
  store.update({ served: overview({ topics: [topic(0), topic(1, { label: "Taxes" }), topic(2)] }) });
  assert.deepEqual(store.get().edits.pending, {});
});

test("without the right to edit nothing changes, and the reason is shown", () => {
  const { store, actions, said } = page({
    served: overview({ capabilities: { edit: { on: false, reason: "No model folder." } } }),
  });
  actions.setName(1, "x");
  assert.deepEqual(store.get().edits.pending, {});
  assert.deepEqual(said, ["No model folder."]);
  assert.equal(canEdit({ overview: null }), false);
});

test("edits made before the new overview arrives are kept", async () => {
  const { store, actions, storage } = page({ fetched: async () => actions.setNote(2, "made meanwhile") });
  actions.setName(1, "Taxes");
  await actions.write();
  assert.deepEqual(store.get().edits.pending, { 2: { note: "made meanwhile" } });
  assert.match(Object.values(storage.content)[0], /made meanwhile/);
});

test("writing sends the changes with the version they are based on, and clears them", async () => {
  const { store, actions, said, posts, storage } = page();
  actions.setName(1, "Taxes");
  store.update({ served: overview({ edits: { version: "newer, by others" } }) });
  actions.setHidden(2, true);
  await actions.write();
  assert.deepEqual(posts, [
    [
      "edits",
      {
        seen: "v1",
        changes: [
          { topic_id: 1, label: "Taxes" },
          { topic_id: 2, hidden: true },
        ],
      },
    ],
  ]);
  assert.deepEqual(store.get().edits.pending, {});
  assert.deepEqual(storage.content, {});
  assert.match(said.at(-1), /Saved in the model folder/);
  actions.undo();
  assert.deepEqual(store.get().edits.pending, {});
});

test("changes made while others are written stay pending", async () => {
  const { store, actions } = page({
    answer: async () => {
      actions.setName(2, "Later");
      return { version: "v2", written: 1, dataset: null };
    },
  });
  actions.setName(1, "Taxes");
  await actions.write();
  assert.deepEqual(store.get().edits.pending, { 2: { label: "Later" } });
});

test("changes that cannot be written are kept, with the reason", async () => {
  const { store, actions } = page({
    answer: async () => {
      throw Object.assign(new Error("Nobody is signed in."), { kind: "refused" });
    },
  });
  actions.setName(1, "Taxes");
  await actions.write();
  assert.deepEqual(store.get().edits.pending, { 1: { label: "Taxes" } });
  assert.equal(store.get().edits.writing.state, "failed");
  assert.equal(store.get().edits.writing.error, "Nobody is signed in.");
});

test("after a conflict a version is chosen per topic and written again", async () => {
  const conflicts = [{ topic_id: 1, changes: { label: "Theirs" }, author: "ada", time: "t" }];
  const fault = Object.assign(new Error("ada was faster."), { kind: "conflict", answer: { conflicts, version: "v9" } });
  let isFirst = true;
  const { store, actions, posts } = page({
    answer: async () => {
      if (isFirst) {
        isFirst = false;
        throw fault;
      }
      return { version: "v10", written: 1, dataset: null };
    },
  });
  actions.setName(1, "Mine");
  actions.setName(2, "Other");
  await actions.write();
  assert.equal(store.get().edits.writing.state, "conflict");
  assert.deepEqual(Object.keys(store.get().edits.pending), ["1", "2"]);
  await actions.settle({ 1: "theirs" });
  assert.deepEqual(posts[1][1], { seen: "v9", changes: [{ topic_id: 2, label: "Other" }] });
  assert.deepEqual(store.get().edits.pending, {});
});

test("with 'theirs' in all topics nothing is left to write", async () => {
  const fault = Object.assign(new Error("ada was faster."), {
    kind: "conflict",
    answer: { conflicts: [{ topic_id: 1, changes: {} }], version: "v9" },
  });
  const { store, actions, posts } = page({
    answer: async () => {
      throw fault;
    },
  });
  actions.setName(1, "Mine");
  await actions.write();
  await actions.settle({ 1: "theirs" });
  assert.equal(posts.length, 1);
  assert.equal(store.get().edits.writing.state, "idle");
});

test("theirs for the target of a merge drops only the merge", () => {
  const pending = { 1: { merged_into: 5, label: "x" }, 2: { merged_into: 6 } };
  assert.deepEqual(settledBy(pending, { 5: "theirs", 6: "mine" }), { 1: { label: "x" }, 2: { merged_into: 6 } });
});

test("theirs drops all that was listed as mine: changes of the topic, and merges into it", () => {
  const pending = { 1: { merged_into: 5 }, 5: { label: "Mine" } };
  assert.deepEqual(settledBy(pending, { 5: "theirs" }), {});
  assert.deepEqual(settledBy(pending, { 5: "mine" }), pending);
});

test("the message names where edits were written, and what failed with the dataset", () => {
  assert.equal(
    writtenSentence({ written: 2, dataset: { name: "edits", rows: 17 } }),
    "Saved in the model folder and in the dataset edits (17 rows): edits of 2 topics. Run 'Assign topics' to apply them to documents.",
  );
  assert.match(
    writtenSentence({ written: 1, dataset: null, dataset_error: "But not in the dataset." }),
    /edits of 1 topic\. But not in the dataset\./,
  );
});

test("a written edit is reverted by a new change", () => {
  const served = overview({ topics: [topic(0), topic(1, { label: "Taxes" }), topic(2)] });
  const { store, actions } = page({ served });
  const log = [{ topic_id: 1, changes: { label: "Taxes" } }];
  store.update({ answers: { edits: { value: { version: "v1", in_force: [], log, n_log: 1 } } } });
  actions.revertEdit(0);
  assert.deepEqual(store.get().edits.pending, { 1: { label: null } });
  assert.equal(store.get().overview.topics[1].label, "label 1");
});
