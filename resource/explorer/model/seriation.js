/**
 * Order rows of a matrix so that neighbours are alike and patterns can be seen (seriation; Bertin 1967, Liiv 2010).
 *
 * It begins with the order along the first principal component and turns parts of it around as long as that makes the
 * way from row to row shorter (2-opt). The same rows always give the same order.
 */

const POWER_STEPS = 100;
const MOST_PASSES = 50;
const TINY = 1e-9;

/**
 * @param {number[][]} rows of shape (n, m), all finite
 * @returns {number[]} places of the rows, in their new order
 */
export function seriated(rows) {
  if (rows.length < 3) return rows.map((_, i) => i);
  const distances = rows.map((a) => rows.map((b) => distance(a, b)));
  return shortened(byFirstComponent(rows), distances);
}

/**
 * Turn a matrix on its side.
 * @param {any[][]} rows
 * @returns {any[][]}
 */
export function transposed(rows) {
  return (rows[0] ?? []).map((_, place) => rows.map((row) => row[place]));
}

function distance(a, b) {
  return Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0));
}

function byFirstComponent(rows) {
  const means = transposed(rows).map((column) => column.reduce((sum, value) => sum + value, 0) / rows.length);
  const centred = rows.map((row) => row.map((value, i) => value - means[i]));
  const scores = firstComponent(centred.map((a) => centred.map((b) => dot(a, b))));
  // A component has no direction of its own: the first row that has a side begins.
  const first = scores.find((score) => Math.abs(score) > TINY) ?? 0;
  const side = first > 0 ? -1 : 1;
  return scores.map((_, i) => i).sort((a, b) => side * (scores[a] - scores[b]) || a - b);
}

/** The leading eigenvector of the rows' products, by power iteration from a start that no symmetry cancels. */
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
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    if (!turnParts(order, distances)) break;
  }
  return order;
}

/** Turn every part around whose turning shortens the way; tell whether there was one. */
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
