/** Format numbers for display: counts, percentages, factors. */

const COUNT = new Intl.NumberFormat("en");
const TICK = new Intl.NumberFormat("en", { maximumSignificantDigits: 6 });

/** @param {number | null} n @returns {string} 1234 as "1,234"; a dash for null */
export function count(n) {
  return Number.isFinite(n) ? COUNT.format(n) : "–";
}

/** @param {number | null} share 0 to 1 @returns {string} 0.2894 as "28.9%"; small shares are never rounded to zero */
export function percent(share) {
  if (!Number.isFinite(share)) return "–";
  if (share > 0 && share < 0.001) return "<0.1%";
  if (share < 1 && share > 0.999) return ">99.9%";
  return `${(share * 100).toFixed(share === 0 || share === 1 ? 0 : 1)}%`;
}

/** @param {number | null} probability of one term @returns {string} as "1.92%", finer than a topic's share */
export function finePercent(probability) {
  if (!Number.isFinite(probability)) return "–";
  return probability > 0 && probability < 0.0001 ? "<0.01%" : `${(probability * 100).toFixed(2)}%`;
}

/** @param {number | null} lift @returns {string} as "×6.2" or "×120" */
export function factor(lift) {
  if (!Number.isFinite(lift)) return "–";
  return `×${lift >= 99.5 ? COUNT.format(Math.round(lift)) : lift.toFixed(1)}`;
}

/** @param {number} n @param {string} one @param {string} [many] @returns {string} as "1 document", "2,000 documents" */
export function plural(n, one, many = `${one}s`) {
  return `${count(n)} ${n === 1 ? one : many}`;
}

/** @param {number | null} value @param {number} [digits] @returns {string} as "0.09" or "−0.50", with a minus sign */
export function decimal(value, digits = 2) {
  if (!Number.isFinite(value)) return "–";
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** @param {string} first day, YYYY-MM-DD @param {string} last @returns {string} as "1790 to 2026", dates for fewer than five */
export function timeSpan(first, last) {
  const [from, to] = [first, last].map((day) => Number(day.slice(0, 4)));
  return to - from >= 5 ? `${from} to ${to}` : `${first} to ${last}`;
}

/** @param {number} value of an axis, a round number @returns {string} as "−20", "0.5" or "1,500" */
export function tickInWords(value) {
  return TICK.format(value).replace("-", "−");
}
