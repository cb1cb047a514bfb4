/** Watch the backend: wait while it reads, notice when the data or the edits have changed, say when it has gone. */

import { ANSWERS } from "../store/needed-answers.js";

const POLL_MS = 600;
const LOOK_AGAIN_MS = 30_000; // also where the connection was lost: it comes back by itself, and so does the page

/**
 * Make the watch.
 * @param {Store} store
 * @param {Api} api
 * @param {Window} page
 * @param {{onOpen: () => void, onFresh?: (served: Overview) => Partial<State>, onEdited?: () => void}} heeding `onOpen`
 *   is called when there is an overview and the view's answers can be fetched, `onFresh` gives what else changes in the
 *   state with a new overview, `onEdited` is called when others have written edits
 * @returns {{look: () => Promise<void>, retry: () => Promise<void>, readAgain: () => Promise<void>, reopen: Reopen,
 *   lost: (error: Error) => void}} `reopen` asks what else changes with
 *   the new overview when that has come, not before
 */
export function createWatch(store, api, page, { onOpen, onFresh = () => ({}), onEdited = () => {} }) {
  let timer = null;
  const lookLater = (state) => {
    page.clearTimeout(timer);
    timer = page.setTimeout(look, state === "building" ? POLL_MS : LOOK_AGAIN_MS);
  };
  const lost = (error) => {
    store.update({ status: statusAfter(error, store.get().status) });
    lookLater(error.kind === "not-ready" ? "building" : "failed");
  };
  const open = async (status, changesNow = () => ({})) => {
    const served = await api.get("overview");
    const { status: before, ...state } = store.get();
    const sameData = state.served !== null && before.version === status.version;
    store.update({ status, served, ...answersFor(state, sameData), ...onFresh(served), ...changesNow() });
    onOpen();
  };
  const heed = async (status) => {
    lookLater(status.state);
    const news = newsOf(status, store.get());
    if (news === null) store.update({ status });
    else await open(status);
    if (news === "edited") onEdited();
  };
  const heeded = (asked) => asked.then(heed).catch(lost);
  const look = () => heeded(api.get("status"));
  /** Fetch the overview and the answers anew after edits were written from here; the rest of the page stays. */
  const reopen = async (changesNow) => {
    const status = await api.get("status");
    lookLater(status.state);
    await open(status, changesNow);
  };
  const readAgain = () => {
    store.update({ status: { state: "opening" }, served: null });
    return heeded(api.post("read-again"));
  };
  // A backend that was not there need not read the data again; one that failed must.
  const retry = () => (store.get().status.kind === "unreachable" ? look() : readAgain());
  return { look, retry, readAgain, reopen, lost };
}

/** What a status tells that the page does not show yet: other data, edits of others, or nothing. */
function newsOf(status, { served, status: known }) {
  if (!isOpen(status)) return null;
  if (!served || known.version !== status.version) return "data";
  return known.edits_version === status.edits_version ? null : "edited";
}

/** What was asked for in vain is asked for again, be the data the same when they are ready. */
function statusAfter(error, status) {
  if (error.kind === "not-ready") return { ...status, version: null };
  return { state: "failed", error: error.message, kind: error.kind };
}

/**
 * Tell whether there is something to explore: the whole, or what has been read so far.
 * @param {Status} status
 * @returns {boolean}
 */
export function isOpen(status) {
  return status.state === "ready" || (status.state === "building" && status.usable === true);
}

/** Answers of other data are dropped; those of the same data are shown, faded, until the new ones have come. */
function answersFor(state, sameData) {
  const stale = (answer) => (sameData && answer?.value ? { ...answer, path: null, state: "loading" } : null);
  return Object.fromEntries(ANSWERS.map((name) => [name, stale(state[name])]));
}
