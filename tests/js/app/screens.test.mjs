import assert from "node:assert/strict";
import { test } from "node:test";

import { SCREENS, whatIsMissing } from "../../../resource/explorer/app/screens.js";

const OFF = { on: false, reason: "Select a column." };
const overview = (capabilities) => /** @type {any} */ ({ capabilities });

test("a screen that needs a capability misses what the backend says", () => {
  assert.equal(whatIsMissing({ capability: "time" }, overview({ time: OFF })), "Select a column.");
  assert.equal(whatIsMissing({ capability: "time" }, overview({ time: { on: true } })), null);
});

test("a screen that shows one of several things misses something only without all of them", () => {
  const screen = { shows: ["models", "other_model"] };
  assert.equal(whatIsMissing(screen, overview({ models: OFF, other_model: { on: true } })), null);
  assert.equal(whatIsMissing(screen, overview({ models: OFF, other_model: OFF })), "Select a column.");
});

test("a screen that needs nothing misses nothing, and nothing is known before the first answer", () => {
  assert.equal(whatIsMissing({}, overview({ time: OFF })), null);
  assert.equal(whatIsMissing({ capability: "time" }, null), null);
});

test("what is needed less often is in the menu, after all tabs", () => {
  const inMenu = SCREENS.map((screen) => screen.more === true);
  assert.ok(inMenu.includes(true));
  assert.deepEqual(inMenu, [...inMenu].sort());
});
