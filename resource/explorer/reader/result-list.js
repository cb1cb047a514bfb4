/** Steps through the list an open document came from. */

/**
 * @typedef {Object} Listed
 * @property {number[]} rows on this page
 * @property {number} page
 * @property {number} pages
 * @property {number} size of a page
 * @property {number} total
 * @property {"page" | "lines"} turns field of the view that holds the page
 */

/**
 * Find the list the reader came from.
 * @param {State} state
 * @returns {Listed | null} null where no list is shown
 */
export function listedDocuments({ view, answers }) {
  const lines = view.screen === "terms";
  const answer = lines ? answers.kwic : answers.documents;
  if (answer?.state !== "ready") return null;
  const { page, pages, size, total } = answer.value;
  const rows = (lines ? answer.value.lines : answer.value.documents).map(({ row }) => row);
  return { rows, page, pages, size, total, turns: lines ? "lines" : "page" };
}

/**
 * Find where a step from an open document leads.
 * @param {Listed | null} listed
 * @param {number} row of the open document
 * @param {1 | -1} step
 * @returns {{row: number | null, page: number} | null} null at the end of the list or
 *   where the document is not in it; `row` is null for the first or last document of another page
 */
export function stepFrom(listed, row, step) {
  const index = listed?.rows.indexOf(row) ?? -1;
  if (index < 0) return null;
  const next = listed.rows[index + step];
  if (next !== undefined) return { row: next, page: listed.page };
  const page = listed.page + step;
  return page >= 1 && page <= listed.pages ? { row: null, page } : null;
}

/**
 * Return the position of an open document in the whole list.
 * @param {Listed | null} listed @param {number} row
 * @returns {{position: number, total: number} | null} from 1
 */
export function positionOf(listed, row) {
  const index = listed?.rows.indexOf(row) ?? -1;
  return index < 0 ? null : { position: (listed.page - 1) * listed.size + index + 1, total: listed.total };
}
