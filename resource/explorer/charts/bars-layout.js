/** Layout of a bar chart with columns for any width: badge, label, bars, figures. */

const GAP = 10;
const BADGE = 39;
const MIN_BARS = 90;
const STACK_BELOW = 460;

/**
 * @typedef {Object} BarLayout
 * @property {boolean} isStacked label above the bars, where a line is too short for both
 * @property {number} label start of the labels
 * @property {number} labelWidth
 * @property {number} bars start of the bars
 * @property {number} barsWidth
 * @property {{column: any, end: number}[]} columns visible ones with their right edges
 */

/**
 * Compute the layout of a chart.
 * @param {number} width
 * @param {{columns: {width: number}[], hasBadge?: boolean, stacks?: boolean, labelShare?: number, leastBars?: number}} options
 *   columns from the most important to the least; `stacks` for long labels; `labelShare` of the width; `leastBars`, the
 *   width below which columns are left out
 * @returns {BarLayout}
 */
export function layOutBars(width, { columns, hasBadge = false, stacks = false, labelShare = 0.34, leastBars = MIN_BARS }) {
  const label = hasBadge ? BADGE : 0;
  const isStacked = stacks && width < STACK_BELOW;
  const shown = isStacked
    ? columns.slice(0, 1)
    : fitting(columns, width - label - labelWidth(width, labelShare) - leastBars);
  const taken = shown.reduce((sum, column) => sum + column.width + GAP, 0);
  const ends = endsOf(shown, width);
  if (isStacked) {
    return {
      isStacked,
      label,
      labelWidth: width - label - taken,
      bars: label,
      barsWidth: width - label,
      columns: ends,
    };
  }
  const space = labelWidth(width, labelShare);
  const bars = label + space + GAP;
  return { isStacked, label, labelWidth: space, bars, barsWidth: Math.max(10, width - bars - taken), columns: ends };
}

function labelWidth(width, share) {
  return Math.round(Math.max(70, Math.min(340, width * share)));
}

/** Return the columns that fit, without the least important ones. */
function fitting(columns, room) {
  const shown = [];
  let left = room - GAP;
  for (const column of columns) {
    left -= column.width + GAP;
    if (left < 0) break;
    shown.push(column);
  }
  return shown;
}

function endsOf(columns, width) {
  let end = width;
  const placed = [];
  // The most important column is next to the bars.
  for (const column of [...columns].reverse()) {
    placed.unshift({ column, end });
    end -= column.width + GAP;
  }
  return placed;
}

/**
 * Create the scale of bars that may be negative.
 * @param {number[]} values
 * @param {number} start of the bars
 * @param {number} width
 * @param {{withZero?: boolean}} [options] without zero the bars float
 * @returns {{zero: number, span: (value: number, from?: number) => {x: number, width: number},
 *   at: (value: number) => number, ends: number[]}} `at` stays within the bars
 */
export function barScale(values, start, width, { withZero = true } = {}) {
  const known = [...(withZero ? [0] : []), ...values.filter(Number.isFinite)];
  const most = Math.max(...known);
  const least = Math.min(...known);
  const unit = most - least > 0 ? width / (most - least) : 0;
  const zero = start - least * unit;
  const span = (value, from = 0) => {
    const end = Number.isFinite(value) ? value : from;
    return { x: zero + Math.min(from, end) * unit, width: Math.abs(end - from) * unit };
  };
  const at = (value) => Math.max(start, Math.min(start + width, zero + value * unit));
  return { zero, span, at, ends: [least, most] };
}
