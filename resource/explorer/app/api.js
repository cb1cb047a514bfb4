/** Requests to the backend: the only module that knows its address and its errors. */

/** A failed request: a sentence for the user, and its kind. */
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
 * Create the client of the backend.
 * @param {Window} page the window of the webapp; DSS adds the function that returns the backend's address
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

// A page of another origin cannot send this header, so the backend recognises its own page by it.
const WRITING = { "Content-Type": "application/json", "X-Text-Explorer": "1" };

function backendAddress(page) {
  let helper = page.getWebAppBackendUrl;
  try {
    helper = helper || page.parent.getWebAppBackendUrl;
  } catch {
    // the parent page has another origin
  }
  if (!helper) {
    throw new BackendError(
      "This page does not have a backend. Open it as a webapp in Dataiku DSS with the backend enabled.",
      "refused",
    );
  }
  return helper;
}

/**
 * Create the requests.
 * @param {Store} store @param {Api} api
 * @returns {{ask: Api["get"], addressOf: Api["addressOf"], set: Store["update"],
 *   send: (name: string, path: string, body: object) => Promise<any>}}
 */
export function createRequests(store, api) {
  return {
    ask: api.get,
    addressOf: api.addressOf,
    /** Change state that is not part of the address. */
    set: store.update,
    /** Post a change, and store the response as the answer of that name. */
    async send(name, path, body) {
      const value = await api.post(path, body);
      store.update({ answers: { [name]: { path, state: "ready", value, error: null } } });
      return value;
    },
  };
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
