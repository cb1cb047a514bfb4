/** Order the matrix of likeness, and list its pairs. */

/**
 * Put a matrix into its order, without the topics that are not shown.
 * @param {{ids: Array<number>, order: Array<number>, similarity: Array<Array<?number>>}} answer rows as in `ids`
 * @param {Set<number>} shown ids
 * @returns {{ids: Array<number>, likeness: Array<Array<?number>>}} both in the order that brings like topics together
 */
export function seriated({ ids, order, similarity }, shown) {
  const place = new Map(ids.map((id, i) => [id, i]));
  const kept = order.filter((id) => shown.has(id) && place.has(id));
  return { ids: kept, likeness: kept.map((a) => kept.map((b) => similarity[place.get(a)][place.get(b)])) };
}

/**
 * Choose the topics a matrix can show: the largest ones, for squares of many would be too small to tell apart.
 * @param {Array<{id: number, share: ?number}>} topics
 * @param {number} most
 * @returns {Set<number>} ids
 */
export function largestTopics(topics, most) {
  const bySize = [...topics].sort((a, b) => (b.share ?? 0) - (a.share ?? 0) || a.id - b.id);
  return new Set(bySize.slice(0, most).map(({ id }) => id));
}

/**
 * List each pair of topics once, the most alike first.
 * @param {{ids: Array<number>, likeness: Array<Array<?number>>}} matrix
 * @returns {Array<{a: number, b: number, likeness: ?number}>} a is the smaller id
 */
export function likePairs({ ids, likeness }) {
  const pairs = [];
  ids.forEach((a, i) => {
    for (let j = i + 1; j < ids.length; j += 1) {
      pairs.push({ a: Math.min(a, ids[j]), b: Math.max(a, ids[j]), likeness: likeness[i][j] });
    }
  });
  return pairs.sort((p, q) => (q.likeness ?? -1) - (p.likeness ?? -1) || p.a - q.a || p.b - q.b);
}

/**
 * Find the end of the scale of shades: the likeness of the two most alike topics, rounded up to tenths. Shades up to 1
 * would make all pairs look the same where none is very alike.
 * @param {{ids: Array<number>, likeness: Array<Array<?number>>}} matrix
 * @returns {number} 0.1 to 1
 */
export function mostAlike(matrix) {
  const most = likePairs(matrix)[0]?.likeness ?? 1;
  return Math.max(0.1, Math.min(1, Math.ceil(most * 10 - 1e-9) / 10));
}
