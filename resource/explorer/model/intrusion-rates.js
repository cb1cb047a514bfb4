/** How often the intruder was found, with a confidence interval. */

/** Quantile of the normal distribution for 95%. */
const Z = 1.959964;

/** With fewer answers a share says next to nothing about a topic. */
export const FEW_ANSWERS = 8;

/** Guessing finds one intruder in six. */
export const CHANCE = 1 / 6;

/**
 * Compute the confidence interval of a share (Wilson 1927, "Probable inference, the law of succession, and
 * statistical inference").
 * @param {number} right @param {number} asked
 * @returns {{low: number, high: number} | null} null without questions
 */
export function wilsonInterval(right, asked) {
  if (!(asked > 0)) return null;
  const share = right / asked;
  const spread = 1 + (Z * Z) / asked;
  const middle = (share + (Z * Z) / (2 * asked)) / spread;
  const half = (Z / spread) * Math.sqrt((share * (1 - share)) / asked + (Z * Z) / (4 * asked * asked));
  // Exact ends, without rounding errors.
  return { low: right === 0 ? 0 : middle - half, high: right === asked ? 1 : middle + half };
}

/**
 * Rate the topics, the worst understood first.
 * @param {{topic: number, asked: number, right: number}[]} topics
 * @returns {{topic: number, asked: number, right: number, share: number, low: number, high: number}[]}
 */
export function topicRates(topics) {
  return topics
    .filter(({ asked }) => asked > 0)
    .map(({ topic, asked, right }) => ({ topic, asked, right, share: right / asked, ...wilsonInterval(right, asked) }))
    .sort((a, b) => a.share - b.share || b.asked - a.asked || a.topic - b.topic);
}

/** Return a verdict on a rate. @param {{asked: number, low: number, high: number}} rate @returns {string} */
export function verdict({ asked, low, high }) {
  if (asked < FEW_ANSWERS) return "too few answers";
  if (high < 0.5) return "hard to tell apart";
  return low > 0.5 ? "understood" : "not clear yet";
}
