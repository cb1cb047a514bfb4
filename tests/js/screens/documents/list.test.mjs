import assert from "node:assert/strict";
import { test } from "node:test";
import { rankedInWords } from "../../../../resource/explorer/screens/documents/list.js";

test("a ranking names what it leaves out: those after the nearest 1,000, or those that cannot be compared", () => {
  assert.equal(rankedInWords(1_000, { n_ranked_of: 2_500 }), "The first 1,000 of 2,500 documents are listed.");
  assert.equal(rankedInWords(270, { n_ranked_of: 300 }), "270 of 300 documents can be compared; the others are not listed.");
  assert.equal(rankedInWords(300, { n_ranked_of: 300 }), "");
  assert.equal(rankedInWords(0, { n_ranked_of: 300 }), "");
});
