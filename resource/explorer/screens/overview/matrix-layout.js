/** Layout of the similarity matrix: its order, its topics and its pairs. */

/**
 * Reorder a matrix, leaving out topics that are not shown.
 * @param {{ids: number[], order: number[], similarity: (number | null)[][]}} answer rows as in `ids`
 * @param {Set<number>} shown ids
 * @returns {{ids: number[], similarity: (number | null)[][]}} both in the order that brings similar topics
 *   together
 */
export function seriated({ ids, order, similarity }, shown) {
  const index = new Map(ids.map((id, i) => [id, i]));
  const kept = order.filter((id) => shown.has(id) && index.has(id));
  return { ids: kept, similarity: kept.map((a) => kept.map((b) => similarity[index.get(a)][index.get(b)])) };
}

/**
 * Return the topics that fit into a matrix: the largest ones, because the cells of many topics would be too small.
 * @param {{id: number, share: number | null}[]} topics @param {number} most
 * @returns {Set<number>} ids
 */
export function largestTopics(topics, most) {
  const bySize = [...topics].sort((a, b) => (b.share ?? 0) - (a.share ?? 0) || a.id - b.id);
  return new Set(bySize.slice(0, most).map(({ id }) => id));
}

/**
 * List each pair of topics once, most similar first.
 * @param {{ids: number[], similarity: (number | null)[][]}} matrix
 * @returns {{a: number, b: number, similarity: number | null}[]} a is the smaller id
 */
export function similarPairs({ ids, similarity }) {
  const pairs = [];
  ids.forEach((a, i) => {
    for (let j = i + 1; j < ids.length; j += 1) {
      pairs.push({ a: Math.min(a, ids[j]), b: Math.max(a, ids[j]), similarity: similarity[i][j] });
    }
  });
  return pairs.sort((p, q) => (q.similarity ?? -1) - (p.similarity ?? -1) || p.a - q.a || p.b - q.b);
}

/**
 * Return the upper end of the colour scale: the largest similarity, rounded up to tenths. On a scale up to 1, all pairs
 * would look the same where none is very similar.
 * @param {{ids: number[], similarity: (number | null)[][]}} matrix
 * @returns {number} 0.1 to 1
 */
export function scaleEnd(matrix) {
  const most = similarPairs(matrix)[0]?.similarity ?? 1;
  return Math.max(0.1, Math.min(1, Math.ceil(most * 10 - 1e-9) / 10));
}
