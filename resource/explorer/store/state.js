/** The store: one state object, and one way to change it. */

/**
 * Create a store.
 * @param {any} initial
 * @param {(state: any) => any} [derive] adds derived values to each new state
 * @returns {Store}
 */
export function createStore(initial, derive = (state) => state) {
  let state = Object.freeze(derive({ ...initial }));
  const listeners = [];
  return {
    get: () => state,
    update(changes) {
      state = Object.freeze(derive(changed(state, changes)));
      for (const listener of listeners) listener(state);
    },
    subscribe(listener) {
      listeners.push(listener);
    },
  };
}

/** Within a group of the state, too, what is not changed stays. */
function changed(state, changes) {
  const groups = ["answers", "edits"].filter((group) => group in changes);
  const merged = groups.map((group) => [group, { ...state[group], ...changes[group] }]);
  return { ...state, ...changes, ...Object.fromEntries(merged) };
}

/**
 * Run a drawing function only when what it draws has changed.
 * @param {(state: State) => any[]} pick the parts of the state that are drawn
 * @param {(state: State) => void} draw
 * @returns {(state: State) => void}
 */
export function drawnOnChange(pick, draw) {
  let last = null;
  return (state) => {
    const parts = pick(state);
    if (last && parts.every((part, i) => Object.is(part, last[i]))) return;
    last = parts;
    draw(state);
  };
}

/**
 * Draw a part of the page that has choices of its own, such as whether all rows are shown, again when one changes.
 * @template {object} Local
 * @param {Local} local its choices at first
 * @param {(state: State) => any[]} pick the parts of the state that are drawn
 * @param {(state: State, own: {local: Local, change: (changes: Partial<Local>) => void}) => void} draw
 * @returns {{update: (state: State) => void, last: () => State}} `last` returns the state drawn last
 */
export function drawnWithChoices(local, pick, draw) {
  let last = null;
  const drawNow = (state) => {
    last = state;
    draw(state, { local, change });
  };
  const change = (changes) => {
    Object.assign(local, changes);
    drawNow(last);
  };
  return { update: drawnOnChange(pick, drawNow), last: () => last };
}
