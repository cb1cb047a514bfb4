/** The centre column: the chosen screen, or the reason why it is not available for this data. */

import { h } from "../lib/dom.js";
import { SCREENS, whatIsMissing } from "../app/screens.js";
import { drawnOnChange } from "../store/state.js";
import { createLater } from "../ui/later.js";
import { emptyNotice } from "../ui/topic-links.js";

/** Make the centre. @type {CreatePart} */
export function createCentre(actions) {
  const made = {};
  const unavailable = h("div", { class: "tx-screen" });
  const element = h("main", { class: "tx-centre", tabindex: "-1" }, unavailable);
  const scrollUp = drawnOnChange((state) => [state.view.topic, state.view.screen], () => element.scrollTo({ top: 0 }));
  const show = (chosen) => {
    if (!made[chosen.id]) {
      made[chosen.id] = createLater(chosen.load, actions);
      element.append(made[chosen.id].element);
    }
    return made[chosen.id];
  };
  const update = (state) => {
    if (!state.overview) return;
    const chosen = SCREENS.find(({ id }) => id === state.view.screen) ?? SCREENS[0];
    const reason = chosen.capability ? whatIsMissing(chosen, state.overview) : null;
    unavailable.hidden = reason === null;
    unavailable.replaceChildren(...(reason === null ? [] : [emptyNotice(`${chosen.label} is not available for this data`, h("p", {}, reason))]));
    const screen = reason === null ? show(chosen) : null;
    for (const other of Object.values(made)) other.element.hidden = other !== screen;
    screen?.update(state);
    scrollUp(state);
  };
  return { element, update };
}
