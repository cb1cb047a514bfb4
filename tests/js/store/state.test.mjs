import assert from "node:assert/strict";
import { test } from "node:test";
import { drawnWithChoices } from "../../../resource/explorer/store/state.js";

test("a part is drawn again when what it shows changes, or a choice of its own", () => {
  const drawn = [];
  let own = null;
  const { update, last } = drawnWithChoices({ all: false }, ({ n }) => [n], ({ n }, given) => {
    own = given;
    drawn.push([n, given.local.all]);
  });
  update({ n: 1 });
  update({ n: 1 });
  own.change({ all: true });
  update({ n: 2 });
  assert.deepEqual(drawn, [[1, false], [1, true], [2, true]]);
  assert.deepEqual(last(), { n: 2 });
});
