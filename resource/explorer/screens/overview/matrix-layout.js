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
 * List each pair of rows once, most similar first; of two topics, the lower number first.
 * @template {{topic: number | null}} Row
 * @param {Row[]} rows @param {(number | null)[][]} similarity
 * @returns {{a: Row, b: Row, similarity: number | null}[]}
 */
export function similarPairs(rows, similarity) {
  const pair = (a, b) => (a.topic !== null && b.topic !== null && a.topic > b.topic ? { a: b, b: a } : { a, b });
  const pairs = rows.flatMap((a, i) =>
    rows.slice(i + 1).map((b, j) => ({ ...pair(a, b), similarity: similarity[i][i + 1 + j] })),
  );
  const number = ({ topic }) => topic ?? -1;
  return pairs.sort(
    (p, q) => (q.similarity ?? -1) - (p.similarity ?? -1) || number(p.a) - number(q.a) || number(p.b) - number(q.b),
  );
}

/**
 * Return the upper end of the colour scale: the largest similarity, rounded up to tenths. On a scale up to 1, all pairs
 * would look the same where none is very similar.
 * @param {{similarity: (number | null)[][]}} matrix
 * @returns {number} 0.1 to 1
 */
export function scaleEnd(matrix) {
  const others = matrix.similarity.flatMap((row, i) => row.slice(i + 1)).filter(Number.isFinite);
  const most = others.length ? others.reduce((a, b) => Math.max(a, b)) : 1;
  return Math.max(0.1, Math.min(1, Math.ceil(most * 10 - 1e-9) / 10));
}

/**
 * @typedef {Object} Unit a row of the matrix on two levels
 * @property {import("../../model/super-topics.js").SuperTopic} group
 * @property {number | null} topic null for the row of the super-topic
 */

/**
 * Lay out a matrix on two levels: each super-topic, followed by its topics where it is unfolded. The similarity of
 * super-topics is the mean over the pairs of their topics.
 * @param {{ids: number[], order: number[], similarity: (number | null)[][]}} answer
 * @param {import("../../model/super-topics.js").SuperTopic[]} groups
 * @param {number} most unfolded topics that are drawn: the largest ones
 * @returns {{units: Unit[], similarity: (number | null)[][], nLeft: number}} `nLeft`: topics that are not drawn
 */
export function onTwoLevels({ ids, order, similarity }, groups, most) {
  const index = new Map(ids.map((id, i) => [id, i]));
  const rank = new Map(order.map((id, i) => [id, i]));
  const inOrder = (topics) =>
    topics.map(({ id }) => id).filter((id) => index.has(id)).sort((a, b) => rank.get(a) - rank.get(b));
  const known = groups.map((group) => ({ group, members: inOrder(group.topics) })).filter(({ members }) => members.length);
  known.sort((a, b) => rank.get(a.members[0]) - rank.get(b.members[0]));
  const unfolded = known.filter(({ group }) => group.isOpen).flatMap(({ group }) => group.topics);
  const drawn = largestTopics(unfolded, most);
  const units = known.flatMap(({ group, members }) => [
    { group, topic: null, members },
    ...(group.isOpen ? members.filter((id) => drawn.has(id)).map((id) => ({ group, topic: id, members: [id] })) : []),
  ]);
  const places = units.map(({ members }) => members.map((id) => index.get(id)));
  return {
    units: units.map(({ group, topic }) => ({ group, topic })),
    similarity: meansOf(similarity, places),
    nLeft: unfolded.length - drawn.size,
  };
}

/** Return the mean similarity of every two sets of topics; a topic is not compared with itself. */
function meansOf(similarity, sets) {
  const toSets = similarity.map((row) => sets.map((places) => places.reduce((sum, j) => sum + (row[j] ?? 0), 0)));
  return sets.map((own, a) =>
    sets.map((others, b) => {
      const other = new Set(others);
      const same = own.filter((place) => other.has(place));
      const sum = own.reduce((total, place) => total + toSets[place][b], 0) - same.reduce((total, place) => total + (similarity[place][place] ?? 0), 0);
      const n = own.length * others.length - same.length;
      return n > 0 ? sum / n : a === b ? 1 : null;
    }),
  );
}
