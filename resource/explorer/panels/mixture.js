/** A document's topic proportions as labelled bars, largest first. */

import { bar, h } from "../lib/dom.js";
import { percent, plural } from "../lib/format.js";
import { topicChange } from "../store/navigation.js";
import { hueOf } from "../lib/palette.js";
import { labelOf, topicBadge, viewLink } from "../ui/topic-links.js";

const FEW = 5;
const NEGLIGIBLE = 0.01;

/**
 * Make the mixture.
 * @param {Actions} actions
 * @returns {{element: HTMLElement, update: (mixture: any[], overview: Overview) => void}}
 */
export function createMixture(actions) {
  const list = h("ul", { class: "tx-mixture" });
  const more = h("button", { type: "button", class: "tx-button tx-button-quiet" });
  const note = h("p", { class: "tx-panel-note" });
  const title = h("h3", { class: "tx-small-title" }, "Topics of this document");
  const element = h("section", { class: "tx-mixture-section tx-section" }, title, list, more, note);
  const update = (mixture, overview) => {
    const few = mixture.filter(({ share }, i) => i < FEW && share >= NEGLIGIBLE);
    draw(few, mixture, overview);
    note.replaceChildren(overview.engine.probability_explanation);
  };
  const draw = (shown, mixture, overview) => {
    const all = shown.length === mixture.length;
    list.replaceChildren(...shown.map((part) => mixtureRow(part, overview, actions)));
    if (!all) list.append(remainder(shown, mixture));
    more.hidden = all;
    more.textContent = `Show all ${mixture.length}`;
    more.onclick = () => draw(mixture, mixture, overview);
  };
  return { element, update };
}

/**
 * Draw a topic's proportion in a text as a link to the topic.
 * @param {{topic: number, share: number}} part @param {Overview} overview @param {Actions} actions
 * @returns {HTMLElement}
 */
export function mixtureRow({ topic, share }, overview, actions) {
  return h(
    "li",
    {},
    viewLink(
      actions,
      topicChange(topic),
      { class: "tx-mixture-row", "data-hue": hueOf(topic) },
      topicBadge(topic),
      h("span", { class: "tx-clip", dir: "auto" }, labelOf(overview, topic)),
      h("span", { class: "tx-mixture-share" }, percent(share)),
      h("span", { class: "tx-track" }, bar(share)),
    ),
  );
}

function remainder(shown, mixture) {
  const share = mixture.slice(shown.length).reduce((sum, part) => sum + part.share, 0);
  const name = plural(mixture.length - shown.length, "other topic");
  return h("li", { class: "tx-mixture-rest tx-note" }, h("span", {}, name), h("span", {}, percent(share)));
}
