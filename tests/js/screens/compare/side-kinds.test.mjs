import assert from "node:assert/strict";
import { test } from "node:test";
import { choicesOf, firstOfKind, kindChoices, kindOf } from "../../../../resource/explorer/screens/compare/side-kinds.js";

const groups = [{ index: 1, name: "party", n_values: 3, values: [{ value: "D" }, { value: "R" }, { value: "" }] }];
const topics = [{ id: 0, label: "law", n_documents: 3 }, { id: 1, label: "war", n_documents: 8 }];
const overview = /** @type {any} */ ({ topics, groups, periods: { first: "2020-02-01", last: "2021-03-01" } });

test("a side is of the kind of its only filter", () => {
  const kinds = ["g=1%3AD", "from=2020-01-01", "q=war", "topic=3", "all", "others", "nonsense"].map(kindOf);
  assert.deepEqual(kinds, ["group 1", "period", "search", "topic", "all", "others", "all"]);
});

test("filters of several kinds, or several values, are no kind to choose a value of", () => {
  assert.deepEqual(["g=1%3AD&q=war", "g=1%3AD&g=1%3AR", "min=0.5"].map(kindOf), ["several", "several", "several"]);
});

test("only the second side can be all others, and only data with dates have periods", () => {
  const names = (withOthers, from = overview) => kindChoices(from, "topic", withOthers).map(([kind]) => kind);
  assert.deepEqual(names(true), ["group 1", "period", "search", "topic", "others", "all"]);
  assert.deepEqual(names(false, { ...overview, periods: null }), ["group 1", "search", "topic", "all"]);
});

test("a kind starts with its first value that the other side does not have", () => {
  assert.equal(firstOfKind("group 1", "g=1%3AD", overview), "g=1%3AR");
  assert.equal(firstOfKind("topic", "all", overview), "topic=1");
  assert.equal(firstOfKind("period", "all", overview), "from=2021-01-01&to=2021-12-31");
  assert.equal(firstOfKind("search", "all", overview), null);
});

test("the values of a column are named, without the empty one", () => {
  assert.deepEqual(choicesOf("group 1", overview), [["g=1%3AD", "D"], ["g=1%3AR", "R"]]);
});
