/** Every call to the backend, and the only place that knows how it is reached and how it fails. */

/** What went wrong with a call: a sentence for the reader, and its kind. */
export class BackendError extends Error {
  /**
   * @param {string} sentence
   * @param {"unreachable" | "not-ready" | "refused" | "conflict"} kind
   * @param {Record<string, any> | null} answer the whole answer of the backend
   */
  constructor(sentence, kind, answer = null) {
    super(sentence);
    this.kind = kind;
    this.answer = answer;
  }
}

/**
 * Make the calls.
 * @param {Window} page the window of the webapp, whose host gives the address of the backend
 * @returns {Api}
 */
export function createApi(page) {
  const address = backendAddress(page);
  return {
    get: (path, signal) => call(address, path, { signal }),
    post: (path, body = {}) => call(address, path, { method: "POST", headers: WRITING, body: JSON.stringify(body) }),
    addressOf: (path) => address(`/api/${path}`),
  };
}

// A page of another origin cannot send this header, so the backend knows its own page by it.
const WRITING = { "Content-Type": "application/json", "X-Text-Explorer": "1" };

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

const KINDS = { 503: "not-ready", 409: "conflict" };

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
  throw new BackendError(sentence, KINDS[response.status] ?? "refused", answer);
}
