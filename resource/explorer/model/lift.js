/**
 * Over- and under-representation of topics in groups, and the number of documents it is based on.
 *
 * Lift compares documents found with documents expected if the group were like all others, with half a document added
 * to both so that few documents do not look extreme: log2((n + 1/2) / (expected + 1/2)), the shrunken ratio of Norén,
 * Hopstadius and Bate (2013), "Shrinkage observed-to-expected ratios", Statistical Methods in Medical Research 22(1).
 */

/** A cell with fewer documents, found or expected, may be chance. */
export const FEW_DOCUMENTS = 20;

/** The strongest colour class is four times, or a quarter, as often; classes are half a power of two wide. */
const MAX_CLASS = 4;

const HALF = 0.5;

/**
 * @param {number} found documents
 * @param {number} expected documents
 * @returns {number} in powers of two; 0 where both are equal
 */
export function log2Lift(found, expected) {
  return Math.log2((found + HALF) / (expected + HALF));
}

/**
 * Return one of nine classes of lift: 0 is about as often, 2 twice, 4 four times or more, -4 a quarter or less.
 * @param {number} log2
 * @returns {number} whole, -4 to 4
 */
export function liftClass(log2) {
  return Math.max(-MAX_CLASS, Math.min(MAX_CLASS, Math.round(log2 * 2))) + 0;
}

/**
 * @typedef {Object} LiftCell
 * @property {number} n documents of the group with the topic
 * @property {number} nGroup documents of the group that have a topic
 * @property {number} expected documents if the topic were as frequent in the group as overall
 * @property {number | null} share of the group's documents, null where it has none
 * @property {number | null} overall share of all documents
 * @property {number} log2 lift
 * @property {boolean} isFew whether fewer than FEW_DOCUMENTS are both found and expected
 */

/**
 * Compare every topic in every group with all documents. Shares are of the documents that have a topic.
 * @param {{ids: number[], counts: number[][], totals: number[]}} answer counts of shape
 *   (groups, topics), totals of all groups together
 * @param {number[]} wanted topics, in the wanted order
 * @returns {LiftCell[][]} of shape (topics wanted, groups)
 */
export function liftCells({ ids, counts, totals }, wanted) {
  const all = sum(totals);
  const groups = counts.map(sum);
  return wanted.map((id) => {
    const column = ids.indexOf(id);
    const total = column < 0 ? 0 : totals[column];
    return counts.map((row, group) => liftCell(column < 0 ? 0 : row[column], groups[group], total, all));
  });
}

function liftCell(n, nGroup, total, all) {
  const expected = all > 0 ? (nGroup * total) / all : 0;
  return {
    n,
    nGroup,
    expected,
    share: nGroup > 0 ? n / nGroup : null,
    overall: all > 0 ? total / all : null,
    log2: log2Lift(n, expected),
    isFew: Math.max(n, expected) < FEW_DOCUMENTS,
  };
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
