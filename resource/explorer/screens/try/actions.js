/** Actions of the "Try a text" screen: ask the backend and put its answer into the state. */

/** The first text waits until the model is loaded; each attempt already waits some seconds in the backend. */
const MAX_ATTEMPTS = 10;
const AGAIN_MS = 1_000;

/**
 * Make the actions.
 * @param {Store} store holds the answer as `tried`: text, state, value, error
 * @param {Api} api
 * @returns {{tryText: (text: string) => Promise<void>, forgetTried: () => void}}
 */
export function createTrying(store, api) {
  let latest = 0;
  const tryText = async (text) => {
    latest += 1;
    const mine = latest;
    const settle = (tried) => mine === latest && store.update({ tried: { text, error: null, ...tried } });
    const before = store.get().tried;
    // The previous result stays, dimmed, with its text.
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
  for (let left = MAX_ATTEMPTS; ; left -= 1) {
    try {
      return await call();
    } catch (error) {
      if (error.kind !== "not-ready" || left <= 1) throw error;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }
}
