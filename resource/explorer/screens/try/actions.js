/** Trying a text: the call, and its answer in the state. */

/** The first text waits for the model to be loaded; each try waits some seconds in the backend by itself. */
const MOST_TRIES = 10;
const AGAIN_MS = 1_000;

/**
 * Make the actions.
 * @param {Object} store the answer is its `tried`: text, state, value, error
 * @param {Object} api
 * @returns {{tryText: function(string): Promise, forgetTried: function(): void}}
 */
export function createTrying(store, api) {
  let latest = 0;
  const tryText = async (text) => {
    const mine = (latest += 1);
    const settle = (tried) => mine === latest && store.update({ tried: { text, error: null, ...tried } });
    const before = store.get().tried;
    // The previous result stays, faded, with the text it is of.
    store.update({
      tried: { text: before?.text ?? text, state: "loading", value: before?.value ?? null, error: null },
    });
    try {
      settle({ state: "ready", value: await whenLoaded(() => api.post("try", { text })) });
    } catch (error) {
      settle({ state: "failed", value: null, error: error.message });
    }
  };
  const forgetTried = () => {
    latest += 1;
    store.update({ tried: null });
  };
  return { tryText, forgetTried };
}

async function whenLoaded(call) {
  for (let left = MOST_TRIES; ; left -= 1) {
    try {
      return await call();
    } catch (error) {
      if (error.kind !== "not-ready" || left <= 1) throw error;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }
}
