/** The focus in the list of topics: one tab stop, moved by the arrow keys. */

/** Move the focus by a key: up, down, to the ends, or to the super-topic above. @param {KeyboardEvent} event @param {HTMLElement} list */
export function moveFocus(event, list) {
  const all = /** @type {HTMLElement[]} */ ([...list.children]);
  const active = /** @type {HTMLElement} */ (document.activeElement);
  const place = all.indexOf(active);
  const above = active.dataset?.parent && list.querySelector(`[data-value="${active.dataset.parent}"]`);
  const target = {
    ArrowDown: all[place + 1], ArrowUp: all[place - 1], Home: all[0], End: all.at(-1), ArrowLeft: above,
  }[event.key];
  if (!target || event.defaultPrevented) return;
  event.preventDefault();
  focusItem(list, target);
}

/** Focus an item, the only tab stop from now on. @param {any} list @param {any} target */
export function focusItem(list, target) {
  if (!target) return;
  for (const item of list.children) item.tabIndex = -1;
  target.tabIndex = 0;
  target.focus();
}
