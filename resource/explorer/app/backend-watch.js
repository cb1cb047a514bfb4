/** Poll the backend's status: wait while it reads, notice new data or edits, report a lost connection. */

import { NO_ANSWERS } from "../store/needed-answers.js";

const POLL_MS = 600;
const IDLE_POLL_MS = 30_000; // also after a lost connection, so that the page recovers by itself

/**
 * Create the watch.
 * @param {Store} store @param {Api} api @param {Window} page
 * @param {{onOpen: () => void, onFresh?: (served: Overview) => Partial<Edits>, onEdited?: () => void}} listeners
 *   `onOpen` is called once there is an overview and the view's answers can be fetched, `onFresh` returns what a new
 *   overview changes in the edits, `onEdited` is called when other users have written edits
 * @returns {{begin: () => Promise<void>, poll: () => Promise<void>, retry: () => Promise<void>, readAgain: () => Promise<void>, reopen: Reopen,
 *   lost: (error: Error) => void}} `reopen` calls its argument once the new overview
 *   has arrived
 */
export function createWatch(store, api, page, { onOpen, onFresh = () => ({}), onEdited = () => {} }) {
  let timer = null;
  const pollLater = (state) => {
    page.clearTimeout(timer);
    timer = page.setTimeout(poll, state === "building" ? POLL_MS : IDLE_POLL_MS);
  };
  const lost = (error) => {
    store.update({ status: statusAfter(error, store.get().status) });
    pollLater(error.kind === "not-ready" ? "building" : "failed");
  };
  const open = async (status, changesNow = () => ({}), early = null) => {
    const served = isOfStatus(early, status) ? early : await api.get("overview");
    const before = store.get();
    const sameData = before.served !== null && before.status.version === status.version;
    const answers = answersFor(before.answers, sameData);
    store.update({ status, served, answers, edits: { ...onFresh(served), ...changesNow() } });
    onOpen();
  };
  const applyStatus = async ({ overview = null, ...found }) => {
    const status = /** @type {Status} */ (found);
    pollLater(status.state);
    const news = whatIsNew(status, store.get());
    if (news === null) store.update({ status });
    else await open(status, undefined, overview);
    if (news === "edited") onEdited();
  };
  const handled = (asked) => asked.then(applyStatus).catch(lost);
  const poll = () => handled(api.get("status"));
  /** From a distant server, the status and the overview, if there is one, arrive together. */
  const begin = () => handled(api.get("status?with=overview"));
  /** Fetch the overview and the answers again after edits were written from this page; the rest stays. */
  const reopen = async (changesNow) => {
    const status = await api.get("status");
    pollLater(status.state);
    await open(status, changesNow);
  };
  const readAgain = () => {
    store.update({ status: { state: "opening" }, served: null });
    return handled(api.post("read-again"));
  };
  // An unreachable backend need not read the data again; a failed one must.
  const retry = () => (store.get().status.kind === "unreachable" ? poll() : readAgain());
  return { begin, poll, retry, readAgain, reopen, lost };
}

/** Return whether an overview, if there is one, is of the data and the edits that a status names. */
function isOfStatus(overview, { version, edits_version }) {
  return overview !== null && overview.version === version && overview.edits.version === edits_version;
}

/** Return what is new in a status: "data", "edited" (by other users) or null. */
function whatIsNew(status, { served, status: known }) {
  if (!isOpen(status)) return null;
  if (!served || known.version !== status.version) return "data";
  return known.edits_version === status.edits_version ? null : "edited";
}

/** Without a version, requests that failed are repeated even if the data turn out to be the same. */
function statusAfter(error, status) {
  if (error.kind === "not-ready") return { ...status, version: null };
  return { state: "failed", error: error.message, kind: error.kind };
}

/**
 * Return whether there is something to explore: all data, or what has been read so far.
 * @param {Status} status
 * @returns {boolean}
 */
export function isOpen(status) {
  return status.state === "ready" || (status.state === "building" && status.usable === true);
}

/** Drop answers of other data; show those of the same data, faded, until new ones arrive. */
function answersFor(answers, sameData) {
  const stale = (answer) => (sameData && answer?.value ? { ...answer, path: null, state: "loading" } : null);
  return Object.fromEntries(Object.keys(NO_ANSWERS).map((name) => [name, stale(answers[name])]));
}
