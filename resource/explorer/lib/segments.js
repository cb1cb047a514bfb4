/**
 * Split a text at the ends of marked spans. The spans come from Python, which counts code points; a JavaScript string
 * counts UTF-16 units, of which an emoji has two, so every position is translated first.
 */

/**
 * Create the function that translates code points to UTF-16 units for a text.
 * @param {string} text
 * @returns {(value: number) => number}
 */
export function codePointIndex(text) {
  const wide = [];
  let point = 0;
  for (const character of text) {
    if (character.length === 2) wide.push(point);
    point += 1;
  }
  return (offset) => offset + countBelow(wide, offset);
}

/** Count the entries of an ascending list that are below a limit, by binary search. */
function countBelow(rising, limit) {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rising[middle] < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Split a text into segments that are each entirely inside or outside every span. All span ends are visited once, so
 * that a long text with a span over every word stays fast.
 * @param {string} text
 * @param {{kind: string, start: number, end: number}[]} spans in code points, of any kinds, overlapping or not
 * @returns {{text: string, spans: any[]}[]} segments that join to the text, with the spans over each
 */
export function segments(text, spans) {
  const unit = codePointIndex(text);
  const converted = spans
    .map((span, order) => ({ span, order, start: unit(span.start), end: Math.min(unit(span.end), text.length) }))
    .filter(({ start, end }) => start >= 0 && start < end)
    .sort((a, b) => a.start - b.start || a.order - b.order);
  const ends = converted.flatMap(({ start, end }) => [start, end]);
  const cuts = [...new Set([0, text.length, ...ends])].sort((a, b) => a - b);
  let open = [];
  let next = 0;
  return cuts.slice(1).map((end, i) => {
    const start = cuts[i];
    open = open.filter((span) => span.end > start);
    while (next < converted.length && converted[next].start <= start) open.push(converted[next++]);
    const over = [...open].sort((a, b) => a.order - b.order);
    return { text: text.slice(start, end), spans: over.map(({ span }) => span) };
  });
}
