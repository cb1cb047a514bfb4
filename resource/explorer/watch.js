/** Watch the backend: wait while it reads the data, notice when they have changed, say when it has gone. */

import { ANSWERS } from "./calls.js?v=0.1.0";

const POLL_MS = 600;
const LOOK_AGAIN_MS = 30_000;

/**
 * Make the watch.
 * @param {Object} store
 * @param {Object} api
 * @param {Window} page
 * @param {function(): void} onOpen called when there is an overview and the view's answers can be fetched
 * @returns {{look: function(): void, retry: function(): void, readAgain: function(): void, lost: function(Error): void}}
 */
export function createWatch(store, api, page, onOpen) {
  let timer = null;
  const lookLater = (pause) => {
    page.clearTimeout(timer);
    timer = page.setTimeout(look, pause);
  };
  const lost = (error) => {
    if (error.kind === "not-ready") {
      // What was asked for in vain is asked for again, be the data the same when they are ready.
      store.update({ status: { ...store.get().status, version: null } });
      lookLater(POLL_MS);
    } else store.update({ status: { state: "failed", error: error.message, kind: error.kind } });
  };
  const heed = async (status) => {
    lookLater(status.state === "building" ? POLL_MS : LOOK_AGAIN_MS);
    const { overview, status: known } = store.get();
    if (status.state !== "ready") store.update({ status });
    else if (!overview || known.version !== status.version) {
      const fresh = await api.get("overview");
      store.update({ status, overview: fresh, ...Object.fromEntries(ANSWERS.map((name) => [name, null])) });
      onOpen();
    }
  };
  const look = () => api.get("status").then(heed).catch(lost);
  const readAgain = () => {
    store.update({ status: { state: "opening" }, overview: null });
    return api.post("read-again").then(heed).catch(lost);
  };
  // A backend that was not there need not read the data again; one that failed must.
  const retry = () => (store.get().status.kind === "unreachable" ? look() : readAgain());
  return { look, retry, readAgain, lost };
}
