/** Fill a long list slice by slice, so that the page answers meanwhile. */

const FIRST = 40;
const SLICE = 120; // every frame costs some milliseconds, however few items it adds
const running = new WeakMap();

/**
 * Replace the children of a list: the first ones at once, the others in the frames that follow.
 * @param {HTMLElement} list
 * @param {(() => HTMLElement)[]} makers of its items
 * @param {() => void} onSlice called after each slice, the first included
 */
export function fillInSlices(list, makers, onSlice) {
  const run = {};
  running.set(list, run);
  list.replaceChildren(...makers.slice(0, FIRST).map((make) => make()));
  onSlice();
  const add = (from) => {
    if (from >= makers.length) return;
    requestAnimationFrame(() => {
      // A newer filling has replaced this one.
      if (running.get(list) !== run) return;
      list.append(...makers.slice(from, from + SLICE).map((make) => make()));
      onSlice();
      add(from + SLICE);
    });
  };
  add(FIRST);
}
