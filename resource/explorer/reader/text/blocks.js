/**
 * Cut a long text into blocks at line ends, and spans at the ends of blocks: a browser lays out and colours short blocks
 * one by one, but takes seconds for a whole speech of 200,000 characters. Positions count code points, as in Python.
 */

const LEAST = 1500; // UTF-16 units
const MOST = 6000;

/**
 * @typedef {Object} Span
 * @property {string} kind
 * @property {number} start
 * @property {number} end
 */

/**
 * Cut a text into blocks that join to it; a paragraph that is too long is cut at a space.
 * @param {string} text
 * @returns {{text: string, start: number, end: number}[]} none for an empty text
 */
export function blocksOf(text) {
  const blocks = [];
  let unit = 0;
  let point = 0;
  while (unit < text.length) {
    const cut = nextCut(text, unit);
    const part = text.slice(unit, cut);
    const end = point + part.length - (part.match(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g)?.length ?? 0);
    blocks.push({ text: part, start: point, end });
    [unit, point] = [cut, end];
  }
  return blocks;
}

function nextCut(text, from) {
  if (text.length - from <= MOST) return text.length;
  let line = text.indexOf("\n", from + LEAST);
  while (line >= 0 && text[line + 1] === "\n") line += 1;
  if (line >= 0 && line + 1 - from <= MOST) return line + 1;
  const space = text.lastIndexOf(" ", from + MOST);
  if (space > from + LEAST) return space + 1;
  const isInPair = /[\uDC00-\uDFFF]/.test(text[from + MOST]);
  return from + MOST - (isInPair ? 1 : 0);
}

/**
 * Share spans out to the blocks they are in: whole, as only the blocks in view are marked, see `cutTo`.
 * @template {Span} T
 * @param {{start: number, end: number}[]} blocks in order
 * @param {T[]} spans in any order
 * @returns {T[][]} for each block its spans
 */
export function spansByBlock(blocks, spans) {
  const found = blocks.map(() => []);
  for (const span of spans) {
    for (let i = blockAt(blocks, span.start); i < blocks.length && blocks[i].start < span.end; i++) {
      if (span.end > blocks[i].start) found[i].push(span);
    }
  }
  return found;
}

/**
 * Cut spans at the ends of a block, counted from its start.
 * @template {Span} T
 * @param {{start: number, end: number}} block
 * @param {T[]} spans
 * @returns {(T & {of: T})[]} `of` is the whole span
 */
export function cutTo({ start, end }, spans) {
  return spans.map((span) => ({ ...span, start: Math.max(span.start, start) - start, end: Math.min(span.end, end) - start, of: span }));
}

/** Find the last block that starts at or before a position, by binary search. */
function blockAt(blocks, point) {
  let low = 0;
  let high = blocks.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (blocks[middle].start <= point) low = middle;
    else high = middle;
  }
  return low;
}
