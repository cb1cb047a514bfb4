/** Every call to the backend, and the only place that knows how it is reached and how it fails. */

/** What the backend asks of a request that changes something: no page of another origin may send it. */
const POST_HEADERS = { "Content-Type": "application/json", "X-Text-Explorer": "1" };

/** What went wrong with a call: a sentence for the reader, and its kind. */
export class BackendError extends Error {
  /**
   * @param {string} sentence
   * @param {"unreachable"|"not-ready"|"refused"} kind
   */
  constructor(sentence, kind) {
    super(sentence);
    this.kind = kind;
  }
}

/**
 * Make the calls.
 * @param {Window} page the window of the webapp, whose host gives the address of the backend
 * @returns {{get: function(string, AbortSignal=): Promise<Object>, post: function(string): Promise<Object>}}
 */
export function createApi(page) {
  const address = backendAddress(page);
  return {
    get: (path, signal) => call(address, path, { signal }),
    post: (path) => call(address, path, { method: "POST", headers: POST_HEADERS, body: "{}" }),
  };
}

function backendAddress(page) {
  let helper = page.getWebAppBackendUrl;
  try {
    helper = helper || page.parent.getWebAppBackendUrl;
  } catch {
    // the page around belongs to another origin and says nothing
  }
  if (!helper) {
    throw new BackendError(
      "This page does not know its backend. Open it as a webapp in Dataiku DSS, with its backend enabled.",
      "refused",
    );
  }
  return helper;
}

async function call(address, path, options) {
  let response;
  try {
    response = await fetch(address(`/api/${path}`), options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new BackendError("The backend of this webapp cannot be reached.", "unreachable");
  }
  if ([502, 504].includes(response.status)) {
    throw new BackendError("The backend of this webapp is not running. Start it, then try again.", "unreachable");
  }
  const answer = await response.json().catch(() => null);
  if (response.ok && answer) return answer;
  const sentence = answer?.error || `The backend answered with an error (status ${response.status}).`;
  throw new BackendError(sentence, response.status === 503 ? "not-ready" : "refused");
}

/**
 * Say which answers a view needs.
 * @param {import("./hash.js").View} view
 * @returns {{topic: ?string, documents: ?string, document: ?string}} paths of the calls, null where none is needed
 */
export function neededCalls(view) {
  const listed = view.topic !== null || view.tab === "documents";
  const search = view.q ? { q: view.q } : {};
  const scope = view.topic === null ? {} : { topic: view.topic };
  return {
    topic: Number.isInteger(view.topic) ? `topics/${view.topic}` : null,
    documents: listed ? `documents?${new URLSearchParams({ ...scope, ...search, page: view.page })}` : null,
    document: view.doc === null ? null : `documents/${view.doc}?${new URLSearchParams(search)}`,
  };
}
