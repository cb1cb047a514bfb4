/** Topics over time: shares and counts per period, peaks, days of periods, ticks of the axis. */

/** A share of fewer documents varies by chance. */
export const FEW_DOCUMENTS = 20;

/**
 * @typedef {Object} TimeAnswer see the backend's `time`
 * @property {string} granularity
 * @property {{start: string, label: string, n: number, partial: boolean}[]} periods
 * @property {Record<string, number[]>} topics documents of each period, by topic
 */

/** Count the documents with a topic in each period. @param {TimeAnswer} answer @returns {number[]} */
export function assignedOf({ periods, topics }) {
  const all = Object.values(topics);
  return periods.map((_, i) => all.reduce((total, counts) => total + counts[i], 0));
}

/**
 * Return a topic's values over the periods.
 * @param {TimeAnswer} answer
 * @param {number} id of the topic
 * @param {"share" | "count"} measure share of the period's documents that have a topic
 * @param {number[]} assigned see assignedOf
 * @returns {(number | null)[]} null where the share of a period without documents is undefined
 */
export function valuesOf({ periods, topics }, id, measure, assigned) {
  const counts = topics[id] ?? periods.map(() => 0);
  if (measure === "count") return counts;
  return counts.map((n, i) => (assigned[i] > 0 ? n / assigned[i] : null));
}

/**
 * Find the period where a topic is largest: among periods with enough documents, or among all if none has enough.
 * @param {(number | null)[]} values @param {number[]} assigned
 * @returns {number | null} index of the period, the first of equals; null without values
 */
export function peakOf(values, assigned) {
  const enough = values.map((value, i) => (assigned[i] >= FEW_DOCUMENTS ? value : null));
  const considered = enough.some((value) => value !== null) ? enough : values;
  const top = Math.max(...considered.filter((value) => value !== null));
  return Number.isFinite(top) ? considered.indexOf(top) : null;
}

/**
 * Order topics.
 * @param {{id: number, n_documents: number}[]} topics @param {"size" | "peak"} order
 * @param {(value: number) => number | null} peak period of a topic's peak
 * @returns {any[]}
 */
export function orderedTopics(topics, order, peak) {
  const bySize = (a, b) => b.n_documents - a.n_documents || String(a.id).localeCompare(String(b.id), "en", { numeric: true });
  const byPeak = (a, b) => (peak(a.id) ?? Infinity) - (peak(b.id) ?? Infinity) || bySize(a, b);
  return [...topics].sort(order === "peak" ? byPeak : bySize);
}

const NEXT_START = {
  day: (y, m, d) => [y, m, d + 1],
  week: (y, m, d) => [y, m, d + 7],
  month: (y, m) => [y, m + 1, 1],
  quarter: (y, m) => [y, m + 3, 1],
  year: (y) => [y + 1, 0, 1],
  "5-years": (y) => [y - (y % 5) + 5, 0, 1],
  "10-years": (y) => [y - (y % 10) + 10, 0, 1],
  "25-years": (y) => [y - (y % 25) + 25, 0, 1],
};

/** Name a length of periods. @param {string} granularity @returns {string} as in "per 5 years" */
export function periodName(granularity) {
  return granularity.replace("-", " ");
}

/**
 * Return the last day of a period.
 * @param {string} start YYYY-MM-DD
 * @param {string} granularity
 * @returns {string} YYYY-MM-DD
 */
export function lastDayOf(start, granularity) {
  const [year, month, day] = start.split("-").map(Number);
  const [y, m, d] = NEXT_START[granularity](year, month - 1, day);
  const date = new Date(0);
  date.setUTCFullYear(y, m, d - 1); // Date.UTC would read the year 99 as 1999
  return date.toISOString().slice(0, 10);
}

/**
 * Return the first and last day between two periods, in any order.
 * @param {TimeAnswer} answer
 * @param {number} one index of a period
 * @param {number} other
 * @returns {{from: string, to: string}}
 */
export function daysBetween({ periods, granularity }, one, other) {
  const [first, last] = one < other ? [one, other] : [other, one];
  return { from: periods[first].start, to: lastDayOf(periods[last].start, granularity) };
}

/**
 * Split values into pieces of the same style, with gaps for null. A piece that leads to an incomplete period
 * is "partial", one that touches a period of few documents "few", any other "sure". Neighbours share a point.
 * @param {(number | null)[]} values
 * @param {(value: number) => {isPartial: boolean, isFew: boolean}} nature of a period
 * @returns {{kind: "sure" | "few" | "partial", places: number[]}[]}
 */
export function pieces(values, nature) {
  /** @type {{kind: "sure" | "few" | "partial", places: number[]}[]} */
  const found = [];
  for (let i = 0; i + 1 < values.length; i++) {
    if (values[i] === null || values[i + 1] === null) continue;
    const ends = [nature(i), nature(i + 1)];
    const kind = ends.some(({ isPartial }) => isPartial) ? "partial" : ends.some(({ isFew }) => isFew) ? "few" : "sure";
    const last = found.at(-1);
    if (last?.kind === kind && last.places.at(-1) === i) last.places.push(i + 1);
    else found.push({ kind, places: [i, i + 1] });
  }
  return found;
}

/**
 * Sum counts over each period and its neighbours; at the ends there are fewer.
 * @param {number[]} counts
 * @param {number} mean odd number of periods
 * @returns {number[]} the same counts for 1
 */
export function movingSums(counts, mean) {
  if (mean === 1) return counts;
  const reach = (mean - 1) / 2;
  return counts.map((_, i) => counts.slice(Math.max(0, i - reach), i + reach + 1).reduce((sum, n) => sum + n, 0));
}

const yearOf = (start) => Number(start.slice(0, 4));

/** Round steps between ticks, and the number of a period that they divide. */
const TICKS = {
  year: { steps: [1, 2, 5, 10, 20, 50, 100, 200, 500], number: yearOf },
  "5-years": { steps: [5, 10, 20, 50, 100, 200, 500], number: yearOf },
  "10-years": { steps: [10, 20, 50, 100, 200, 500], number: yearOf },
  "25-years": { steps: [25, 50, 100, 200, 500], number: yearOf },
  quarter: { steps: [1, 2, 4, 8, 20, 40, 80, 200, 400], number: (start) => monthNumber(start) / 3 },
  month: { steps: [1, 2, 3, 6, 12, 24, 60, 120, 240, 600], number: monthNumber },
  week: { steps: [1, 2, 4, 8, 13, 26, 52, 104], number: (_, index) => index },
  day: { steps: [1, 2, 7, 14, 28, 56, 91, 182, 364], number: (_, index) => index },
};

function monthNumber(start) {
  return Number(start.slice(0, 4)) * 12 + Number(start.slice(5, 7)) - 1;
}

/**
 * Choose the periods that are labelled on the axis.
 * @param {TimeAnswer} answer
 * @param {number} most maximum number of ticks
 * @returns {number[]} indices of periods
 */
export function tickPlaces({ periods, granularity }, most) {
  const { steps, number } = TICKS[granularity];
  const numbers = periods.map(({ start }, index) => number(start, index));
  const at = (step) => periods.map((_, index) => index).filter((index) => numbers[index] % step === 0);
  const found = steps.map(at).find((indices) => indices.length > 0 && indices.length <= most);
  return found ?? [0];
}

/**
 * Return the labels of the axis: of several years, the first one.
 * @param {TimeAnswer} answer
 * @returns {string[]} one for each period
 */
export function axisLabels({ periods, granularity }) {
  return periods.map(({ start, label }) => (granularity.endsWith("-years") ? start.slice(0, 4) : label));
}
