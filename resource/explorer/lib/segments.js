/**
 * Cut a text at the ends of marked spans. The spans come from Python, which counts code points; a JavaScript string
 * counts UTF-16 units, of which an emoji has two, so every place is translated first.
 */

/**
 * Make the translation from code points to UTF-16 units for a text.
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

/** Count the entries of a rising list that are below a limit, by halving. */
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
 * Cut a text into segments that each lie wholly inside or outside every span. The ends of all spans are passed once, so
 * that a long text with a span over every word takes no longer than reading it.
 * @param {string} text
 * @param {{kind: string, start: number, end: number}[]} spans in code points, of any kinds, overlapping or not
 * @returns {{text: string, spans: any[]}[]} segments that join to the text, with the spans over each
 */
export function segments(text, spans) {
  const unit = codePointIndex(text);
  const placed = spans
    .map((span, order) => ({ span, order, start: unit(span.start), end: Math.min(unit(span.end), text.length) }))
    .filter(({ start, end }) => start >= 0 && start < end)
    .sort((a, b) => a.start - b.start || a.order - b.order);
  const cuts = [...new Set([0, text.length, ...placed.flatMap(({ start, end }) => [start, end])])].sort((a, b) => a - b);
  let open = [];
  let next = 0;
  return cuts.slice(1).map((end, i) => {
    const start = cuts[i];
    open = open.filter((place) => place.end > start);
    while (next < placed.length && placed[next].start <= start) open.push(placed[next++]);
    const over = [...open].sort((a, b) => a.order - b.order);
    return { text: text.slice(start, end), spans: over.map(({ span }) => span) };
  });
}
