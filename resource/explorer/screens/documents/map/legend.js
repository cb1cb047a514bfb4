/** The topics on the map: a list beside it, which names the colours and is reached by the keyboard. */

import { h } from "../../../lib/dom.js";
import { redraw } from "../../../lib/focus.js";
import { count, plural } from "../../../lib/format.js";
import { topicBadge, viewLink } from "../../../ui/topic-links.js";

/**
 * Create the list.
 * @param {Actions} actions @param {(topic: number | null) => void} light called with the topic that is pointed at
 */
export function createLegend(actions, light) {
  const list = h("ol", { class: "tx-docmap-topics" });
  const element = h("nav", { class: "tx-docmap-legend", "aria-label": "Topics on the map" }, list);
  element.addEventListener("pointerleave", () => light(null));
  element.addEventListener("focusout", () => light(null));
  /**
   * @param {{topic: number, label: string, hue: number, n: number, matching: number}[]} topics
   * @param {View} view
   */
  const update = (topics, view) => redraw(list, ...topics.map((topic) => h("li", {}, entry(topic, view))));
  const entry = ({ topic, label, hue, n, matching }, view) => {
    const isChosen = view.topic === topic;
    const what = matching < n ? `${count(matching)} of ${plural(n, "drawn document")}` : plural(n, "drawn document");
    const title = isChosen ? `${label}: ${what}. Show all topics` : `${label}: ${what}. Show this topic alone`;
    const link = viewLink(
      actions,
      { topic: isChosen ? null : topic, page: 1 },
      { class: "tx-docmap-topic", title, "data-keep": `docmap-${topic}`, "aria-current": isChosen ? "true" : null },
      topicBadge(topic, hue),
      h("span", { class: "tx-clip", dir: "auto" }, label),
      h("span", { class: "tx-docmap-count tx-quiet" }, count(matching)),
    );
    for (const event of ["pointerenter", "focus"]) link.addEventListener(event, () => light(topic));
    return link;
  };
  return { element, update };
}
