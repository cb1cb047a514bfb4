/** Counts by final topic: pending merges show at once. */

/**
 * @param {{topics: Record<string, number[]>}} answer see the backend's `time`
 * @param {(value: number) => number} finalOf final topic of a trained one
 * @returns {any} the answer with the counts of final topics
 */
export function timeByFinalTopic(answer, finalOf) {
  const topics = {};
  for (const [id, counts] of Object.entries(answer.topics)) {
    const final = finalOf(Number(id));
    topics[final] = topics[final] ? topics[final].map((n, i) => n + counts[i]) : counts;
  }
  return { ...answer, topics };
}

/**
 * @param {{topics: Record<string, number>, trend?: Record<string, number[]> | null} | null} answer see the backend's `counts`
 * @param {(value: number) => number} finalOf final topic of a trained one
 * @returns {any | null} the answer with the counts of final topics
 */
export function countsByFinalTopic(answer, finalOf) {
  if (!answer) return null;
  const topics = {};
  for (const [id, n] of Object.entries(answer.topics)) {
    const final = finalOf(Number(id));
    topics[final] = (topics[final] ?? 0) + n;
  }
  if (!answer.trend) return { ...answer, topics };
  return { ...answer, topics, trend: timeByFinalTopic({ topics: answer.trend }, finalOf).topics };
}

/**
 * @param {{ids: number[], counts: number[][], totals: number[]}} answer see the backend's `groups`
 * @param {(value: number) => number} finalOf final topic of a trained one
 * @returns {any} the answer with the counts of final topics
 */
export function groupsByFinalTopic(answer, finalOf) {
  const ids = [...new Set(answer.ids.map(finalOf))];
  const columns = answer.ids.map((id) => ids.indexOf(finalOf(id)));
  const together = (counts) => {
    const sums = ids.map(() => 0);
    for (const [i, n] of counts.entries()) sums[columns[i]] += n;
    return sums;
  };
  return { ...answer, ids, counts: answer.counts.map(together), totals: together(answer.totals) };
}
