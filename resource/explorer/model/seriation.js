/**
 * Order the rows of a matrix so that neighbours are similar and patterns show (seriation; Bertin 1967, Liiv 2010).
 *
 * It starts with the order along the first principal component and reverses parts of it as long as that makes the
 * path from row to row shorter (2-opt). The same rows always give the same order.
 */

const POWER_STEPS = 100;
const MAX_PASSES = 50;
const TINY = 1e-9;

/**
 * @param {number[][]} rows of shape (n, m), all finite
 * @returns {number[]} indices of the rows, in their new order
 */
export function seriated(rows) {
  if (rows.length < 3) return rows.map((_, i) => i);
  const distances = rows.map((a) => rows.map((b) => distance(a, b)));
  return shortened(byFirstComponent(rows), distances);
}

/** Transpose a matrix. @param {any[][]} rows @returns {any[][]} */
export function transposed(rows) {
  return (rows[0] ?? []).map((_, index) => rows.map((row) => row[index]));
}

function distance(a, b) {
  return Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0));
}

function byFirstComponent(rows) {
  const means = transposed(rows).map((column) => column.reduce((sum, value) => sum + value, 0) / rows.length);
  const centred = rows.map((row) => row.map((value, i) => value - means[i]));
  const scores = firstComponent(centred.map((a) => centred.map((b) => dot(a, b))));
  // The sign of a component is arbitrary: the first row with a nonzero score comes first.
  const first = scores.find((score) => Math.abs(score) > TINY) ?? 0;
  const side = first > 0 ? -1 : 1;
  return scores.map((_, i) => i).sort((a, b) => side * (scores[a] - scores[b]) || a - b);
}

/** Compute the leading eigenvector of the rows' products, by power iteration from an asymmetric start. */
function firstComponent(products) {
  let vector = products.map((_, i) => Math.cos(1 + 2 * i));
  for (let step = 0; step < POWER_STEPS; step++) {
    const next = products.map((row) => dot(row, vector));
    const length = Math.sqrt(dot(next, next));
    if (length < TINY) return vector.map(() => 0);
    vector = next.map((value) => value / length);
  }
  return vector;
}

function dot(a, b) {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}

function shortened(start, distances) {
  const order = [...start];
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    if (!turnParts(order, distances)) break;
  }
  return order;
}

/** Reverse every part whose reversal shortens the path; return whether there was one. */
function turnParts(order, distances) {
  const between = (a, b) => (a === undefined || b === undefined ? 0 : distances[a][b]);
  let isShorter = false;
  for (let from = 0; from < order.length - 1; from++) {
    for (let to = from + 1; to < order.length; to++) {
      const [before, first, last, after] = [order[from - 1], order[from], order[to], order[to + 1]];
      const saved = between(before, first) + between(last, after) - between(before, last) - between(first, after);
      if (saved <= TINY) continue;
      order.splice(from, to - from + 1, ...order.slice(from, to + 1).reverse());
      isShorter = true;
    }
  }
  return isShorter;
}
