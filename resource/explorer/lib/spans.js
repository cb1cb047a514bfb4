/** Spans of days: the ones offered to choose from, and how they are written. */

const MANY_YEARS = 30;
const PATTERN = /^(\d{4})-(\d\d)-(\d\d)$/;

/**
 * @typedef {Object} Span
 * @property {string | null} from first day, YYYY-MM-DD
 * @property {string | null} to last day
 */

/**
 * List spans to choose from: decades for documents of many years, else years, else months.
 * @param {string} first day of the documents, as YYYY-MM-DD or longer @param {string} last
 * @returns {(Span & {label: string})[]} newest first; none for unreadable days
 */
export function spanChoices(first, last) {
  const [start, end] = [first, last].map((day) => PATTERN.exec((day ?? "").slice(0, 10)));
  if (!start || !end) return [];
  const [from, to] = [Number(start[1]), Number(end[1])];
  if (from === to) return down(Number(end[2]), Number(start[2]), 1).map((month) => monthSpan(from, month));
  if (to - from < MANY_YEARS) return down(to, from, 1).map((year) => ({ ...yearSpan(year, year), label: String(year) }));
  const decade = (year) => year - (year % 10);
  return down(decade(to), decade(from), 10).map((year) => ({ ...yearSpan(year, year + 9), label: `${year}s` }));
}

/**
 * Write a span briefly: whole years and months by their numbers.
 * @param {Span} span
 * @returns {string} as "1930–1939", "1930", "2020-03", "2020-03-01 – 2020-03-14", "from 2020-03-01"
 */
export function spanInWords({ from, to }) {
  if (!from || !to) return from ? `from ${briefStart(from)}` : `to ${briefEnd(to ?? "")}`;
  const years = [from, to].map((day) => day.slice(0, 4));
  if (from.endsWith("-01-01") && to.endsWith("-12-31")) return years[0] === years[1] ? years[0] : years.join("–");
  if (from.endsWith("-01") && to === monthEnd(from)) return from.slice(0, 7);
  return from === to ? from : `${from} – ${to}`;
}

/** Write the beginning of a period: of "2010–2014", the first year. @param {{label: string}} choice @returns {string} */
export function sinceInWords({ label }) {
  return label.split(/\s?–\s?/)[0];
}

const briefStart = (day) => (day.endsWith("-01-01") ? day.slice(0, 4) : day);
const briefEnd = (day) => (day.endsWith("-12-31") ? day.slice(0, 4) : day);

function down(from, to, step) {
  return Array.from({ length: Math.max(0, Math.floor((from - to) / step) + 1) }, (_, i) => from - i * step);
}

const padded = (number, length) => String(number).padStart(length, "0");

function yearSpan(first, last) {
  return { from: `${padded(first, 4)}-01-01`, to: `${padded(last, 4)}-12-31` };
}

function monthSpan(year, month) {
  const label = `${padded(year, 4)}-${padded(month, 2)}`;
  return { from: `${label}-01`, to: monthEnd(`${label}-01`), label };
}

function monthEnd(day) {
  const [year, month] = day.split("-").map(Number);
  const last = new Date(0);
  last.setUTCFullYear(year, month, 0);
  return `${day.slice(0, 7)}-${padded(last.getUTCDate(), 2)}`;
}
