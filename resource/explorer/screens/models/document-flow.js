/** The documents of each pair of topics of two models, as a matrix with matched topics on its diagonal. */

/**
 * Build the matrix, with matched topics on the diagonal, those with most documents first.
 * @param {{pairs: {topic: number, other: number}[], only_here: number[], only_there: number[],
 *   flow: {cells: {topic: number | null, other: number | null, n: number}[]}}} answer
 * @returns {{rows: (number | null)[], columns: (number | null)[], counts: number[][],
 *   totals: number[]}}
 *   topics here, topics there (null: without a topic, last), documents of each pair, sums of the rows
 */
export function flowMatrix({ pairs, only_here: onlyHere, only_there: onlyThere, flow }) {
  const here = (topic) => (cell) => cell.topic === topic;
  const there = (topic) => (cell) => cell.other === topic;
  const size = (test) => flow.cells.filter(test).reduce((sum, { n }) => sum + n, 0);
  const matched = [...pairs].sort((a, b) => size(here(b.topic)) - size(here(a.topic)) || a.topic - b.topic);
  const hasNone = (name) => flow.cells.some((cell) => cell[name] === null);
  const rows = [...matched.map(({ topic }) => topic), ...onlyHere, ...(hasNone("topic") ? [null] : [])];
  const columns = [...matched.map(({ other }) => other), ...onlyThere, ...(hasNone("other") ? [null] : [])];
  const counts = rows.map((topic) => columns.map((other) => size((cell) => here(topic)(cell) && there(other)(cell))));
  return { rows, columns, counts, totals: counts.map((row) => row.reduce((sum, n) => sum + n, 0)) };
}
