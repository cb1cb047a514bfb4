/** Fetch what the view needs, once for each address, and put the answers into the store. */

import { neededCalls } from "../store/needed-answers.js";
import { isOpen } from "./backend-watch.js";

/** Pause before a call is made again that the backend could not answer yet. */
const AGAIN_MS = 1_000;

/**
 * @typedef {Object} Answer
 * @property {string} path of the call
 * @property {"loading"|"ready"|"failed"} state
 * @property {?Object} value the answer; while loading, the previous one, so that the page does not flicker
 * @property {?string} error sentence
 */

/**
 * Keep the answers in step with the view.
 * @param {Object} store
 * @param {Object} api
 * @param {function(Error): void} onLost called when the backend has gone or reads its data anew
 * @returns {function(): void} to be called after each change of the view
 */
export function createAnswers(store, api, onLost) {
  const running = {};
  return () => {
    const needed = neededCalls(store.get().view, store.get().overview);
    for (const [name, path] of Object.entries(needed)) {
      const present = store.get()[name];
      if (path === null ? present === null : present?.path === path) continue;
      running[name]?.abort();
      running[name] = new AbortController();
      if (path === null) store.update({ [name]: null });
      else ask({ store, api, onLost }, name, path, running[name].signal);
    }
  };
}

async function ask({ store, api, onLost }, name, path, signal) {
  store.update({ [name]: { path, state: "loading", value: store.get()[name]?.value ?? null, error: null } });
  try {
    const value = await api.get(path, signal);
    if (!signal.aborted) store.update({ [name]: { path, state: "ready", value, error: null } });
  } catch (error) {
    if (signal.aborted) return;
    if (error.kind === "not-ready" && (await isSameData(store, api))) {
      await askLater({ store, api, onLost }, name, path, signal);
      return;
    }
    if (signal.aborted) return;
    if (error.kind === "refused") store.update({ [name]: { path, state: "failed", value: null, error: error.message } });
    else onLost(error);
  }
}

/** Where the data are there and the same, it is the model that is still being loaded: other answers are sure. */
async function isSameData(store, api) {
  const status = await api.get("status").catch(() => null);
  return status !== null && isOpen(status) && status.version === store.get().status.version;
}

async function askLater(means, name, path, signal) {
  await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  if (!signal.aborted) await ask(means, name, path, signal);
}
