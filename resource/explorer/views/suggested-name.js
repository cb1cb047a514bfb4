/** The name proposed for a view: what it shows, from the screen to the search. */

import { SCREENS } from "../app/screens.js";
import { labelOf } from "../ui/topic-links.js";

const LONGEST = 100;

/**
 * Describe what is shown.
 * @param {Pick<State, "view" | "overview">} state
 * @returns {string} such as "Time: peace, war, nations, “army”"
 */
export function suggestedName({ view, overview }) {
  const screen = SCREENS.find(({ id }) => id === view.screen)?.label ?? "";
  const topic = view.topic === "none" ? "documents without a topic" : view.topic !== null && labelOf(overview, view.topic);
  const groups = view.groups.map(({ value }) => value);
  const parts = [topic, view.screen === "terms" && view.term, ...groups, view.q && `“${view.q}”`].filter(Boolean);
  return (parts.length ? `${screen}: ${parts.join(", ")}` : screen).slice(0, LONGEST);
}
