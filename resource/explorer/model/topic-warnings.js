/** Reasons to look twice at a topic, each a sentence; none is a verdict. */

import { decimal } from "../lib/format.js";
import { FEW_ANSWERS } from "./intrusion-rates.js";

const MIN_RIGHT = 0.5; // guessing among six words finds a sixth of the intruders

/**
 * Collect what speaks against a topic.
 * @param {Pick<Topic, "remarks" | "coherence_npmi" | "review">} topic
 * @returns {string[]} sentences; none where nothing does
 */
export function doubtsAbout({ remarks, coherence_npmi: npmi, review }) {
  const doubts = [...(remarks ?? [])];
  if (Number.isFinite(npmi) && npmi < 0) {
    doubts.push(`Its top terms stand together less often than chance would have it (NPMI ${decimal(npmi)}).`);
  }
  if (review?.asked >= FEW_ANSWERS && review.right / review.asked < MIN_RIGHT) {
    doubts.push(`Readers found the word that does not belong in only ${review.right} of ${review.asked} questions.`);
  }
  return doubts;
}
