/** Fetch the answers that the view needs, one request per address, and put them into the store. */

import { neededCalls } from "../store/needed-answers.js";
import { isOpen } from "./backend-watch.js";

/** Milliseconds before a request is repeated that the backend could not answer yet. */
const RETRY_MS = 1_000;

/**
 * Keep the answers up to date with the view.
 * @param {Store} store @param {Api} api
 * @param {(error: Error) => void} onLost called when the backend is gone or reads its data again
 * @returns {() => void} call it after each change of the view
 */
export function createAnswers(store, api, onLost) {
  const running = {};
  return () => {
    const needed = neededCalls(store.get().view, store.get().overview);
    for (const [name, path] of Object.entries(needed)) {
      const present = store.get().answers[name];
      if (path === null ? present === null : present?.path === path) continue;
      running[name]?.abort();
      running[name] = new AbortController();
      if (path === null) store.update({ answers: { [name]: null } });
      else ask({ store, api, onLost }, name, path, running[name].signal);
    }
  };
}

async function ask({ store, api, onLost }, name, path, signal) {
  const put = (state, value, error = null) => store.update({ answers: { [name]: { path, state, value, error } } });
  put("loading", store.get().answers[name]?.value ?? null);
  try {
    const value = await api.get(path, signal);
    if (!signal.aborted) put("ready", value);
  } catch (error) {
    if (signal.aborted) return;
    if (error.kind === "not-ready" && (await isSameData(store, api))) {
      await retryLater({ store, api, onLost }, name, path, signal);
      return;
    }
    if (signal.aborted) return;
    if (error.kind === "refused") put("failed", null, error.message);
    else onLost(error);
  }
}

/** With the same data ready, only the model is still loading: the other answers are valid. */
async function isSameData(store, api) {
  const status = await api.get("status").catch(() => null);
  return status !== null && isOpen(status) && status.version === store.get().status.version;
}

async function retryLater(means, name, path, signal) {
  await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  if (!signal.aborted) await ask(means, name, path, signal);
}
