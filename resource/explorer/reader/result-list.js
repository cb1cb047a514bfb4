/** The documents listed beside an open one, so that the next can be opened without going back to the list. */

/**
 * @typedef {Object} Listed
 * @property {Array<number>} rows on this page
 * @property {number} page
 * @property {number} pages
 * @property {number} size of a page
 * @property {number} total
 * @property {"page"|"lines"} turns part of the view that turns the page
 */

/**
 * Find the list the reader came from.
 * @param {Object} state
 * @returns {?Listed} null where none is shown
 */
export function listedDocuments({ view, documents, kwic }) {
  const lines = view.screen === "terms";
  const answer = lines ? kwic : documents;
  if (answer?.state !== "ready") return null;
  const { page, pages, size, total } = answer.value;
  const rows = (lines ? answer.value.lines : answer.value.documents).map(({ row }) => row);
  return { rows, page, pages, size, total, turns: lines ? "lines" : "page" };
}

/**
 * Find where a step from an open document leads.
 * @param {?Listed} listed
 * @param {number} row of the open document
 * @param {1|-1} step
 * @returns {?{row: ?number, page: number}} null where the list ends or does not hold the document; without a row, the
 *   first or last document of another page
 */
export function stepFrom(listed, row, step) {
  const place = listed?.rows.indexOf(row) ?? -1;
  if (place < 0) return null;
  const next = listed.rows[place + step];
  if (next !== undefined) return { row: next, page: listed.page };
  const page = listed.page + step;
  return page >= 1 && page <= listed.pages ? { row: null, page } : null;
}

/**
 * Number an open document among all found.
 * @param {?Listed} listed
 * @param {number} row
 * @returns {?{place: number, total: number}} from 1
 */
export function placeOf(listed, row) {
  const place = listed?.rows.indexOf(row) ?? -1;
  return place < 0 ? null : { place: (listed.page - 1) * listed.size + place + 1, total: listed.total };
}
