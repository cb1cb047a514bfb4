/** Warnings about a topic, each a sentence. */

import { decimal } from "../lib/format.js";
import { FEW_ANSWERS } from "./intrusion-rates.js";

const MIN_RIGHT = 0.5; // guessing among six words finds a sixth of the intruders

/** Collect the warnings about a topic. @param {Partial<Topic>} topic @returns {string[]} sentences */
export function topicWarnings({ remarks, coherence_npmi: npmi, review }) {
  const warnings = [...(remarks ?? [])];
  if (Number.isFinite(npmi) && npmi < 0) {
    warnings.push(`Its top terms occur together less often than by chance (NPMI ${decimal(npmi)}).`);
  }
  if (review?.asked >= FEW_ANSWERS && review.right / review.asked < MIN_RIGHT) {
    warnings.push(`Readers found the word that does not belong in only ${review.right} of ${review.asked} questions.`);
  }
  return warnings;
}
