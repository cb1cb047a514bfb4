/** Steps from one mean to another: each topic's contribution begins where the one before ends. */

/**
 * Lay out the steps, the largest contributions first; the small ones are one step together.
 * @param {{contribution: number}[]} parts that add up to the change
 * @param {number} start the mean before
 * @param {number} most steps
 * @returns {{part: any | null, n: number, contribution: number, from: number, to: number}[]} `part` is null for the `n`
 *   small ones together
 */
export function waterfall(parts, start, most) {
  const ordered = [...parts].sort((one, other) => Math.abs(other.contribution) - Math.abs(one.contribution));
  const small = ordered.length > most ? ordered.slice(most - 1) : [];
  const steps = ordered.slice(0, ordered.length - small.length).map((part) => ({ part, n: 1, contribution: part.contribution }));
  if (small.length) steps.push({ part: null, n: small.length, contribution: small.reduce((sum, { contribution }) => sum + contribution, 0) });
  let at = start;
  return steps.map((step) => {
    const from = at;
    at += step.contribution;
    return { ...step, from, to: at };
  });
}

/**
 * Choose the values that a chart of intervals shows: the wide intervals of few documents are cut off.
 * @param {{n: number, difference: number | null, difference_low: number | null, difference_high: number | null}[]} rows
 * @param {number} few documents
 * @returns {number[]}
 */
export function shownValues(rows, few) {
  const wide = (row) => (row.n < few ? [] : [row.difference_low, row.difference_high]);
  const values = rows.flatMap((row) => [row.difference, ...wide(row)]).filter(Number.isFinite);
  return values.length ? [Math.min(0, ...values), Math.max(0, ...values)] : [0, 1];
}

/**
 * Return the digits after the point that numbers of a size need.
 * @param {number} size largest of them
 * @returns {number}
 */
export function digitsFor(size) {
  if (size >= 1000) return 0;
  if (size >= 10) return 1;
  return size >= 0.1 || !(size > 0) ? 2 : size >= 0.01 ? 3 : 4;
}
