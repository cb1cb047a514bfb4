/** The screens of the centre column, in the order of their tabs; the code of each is loaded when first shown. */

/**
 * @typedef {Object} Screen
 * @property {string} id as in the address
 * @property {string} label of its tab
 * @property {boolean} [more] its tab is in the menu "More"
 * @property {string} [capability] it needs, see the overview; without it the screen shows the reason
 * @property {string[]} [shows] capabilities of which it needs one; without any, its tab is marked
 * @property {() => Promise<CreatePart>} load
 */

/** @type {Screen[]} */
export const SCREENS = [
  {
    id: "story",
    label: "Story",
    capability: "story",
    load: () => import("../screens/story/story.js").then(({ createStory }) => createStory),
  },
  {
    id: "overview",
    label: "Topics",
    load: () => import("../screens/overview/overview.js").then(({ createOverview }) => createOverview),
  },
  {
    id: "documents",
    label: "Documents",
    load: () => import("../screens/documents/screen.js").then(({ createDocuments }) => createDocuments),
  },
  {
    id: "terms",
    label: "Terms",
    load: () => import("../screens/terms/terms.js").then(({ createTerms }) => createTerms),
  },
  {
    id: "time",
    label: "Time",
    capability: "time",
    load: () => import("../screens/time/time.js").then(({ createTime }) => createTime),
  },
  {
    id: "groups",
    label: "Groups",
    capability: "groups",
    load: () => import("../screens/groups/groups.js").then(({ createGroups }) => createGroups),
  },
  {
    id: "compare",
    label: "Compare",
    capability: "compare",
    load: () => import("../screens/compare/compare.js").then(({ createCompare }) => createCompare),
  },
  {
    id: "changes",
    label: "What changed",
    more: true,
    capability: "changes",
    load: () => import("../screens/changes/changes.js").then(({ createChanges }) => createChanges),
  },
  {
    id: "drivers",
    label: "Drivers",
    more: true,
    capability: "drivers",
    load: () => import("../screens/drivers/drivers.js").then(({ createDrivers }) => createDrivers),
  },
  {
    id: "models",
    label: "Models",
    more: true,
    shows: ["models", "other_model"],
    load: () => import("../screens/models/models.js").then(({ createModels }) => createModels),
  },
  {
    id: "try",
    label: "Try a text",
    more: true,
    capability: "try",
    load: () => import("../screens/try/try.js").then(({ createTry }) => createTry),
  },
  {
    id: "review",
    label: "Review",
    more: true,
    capability: "review",
    load: () => import("../screens/review/review.js").then(({ createReview }) => createReview),
  },
];

/**
 * Return what a screen lacks to show anything.
 * @param {Pick<Screen, "capability" | "shows">} screen
 * @param {Overview | null} overview
 * @returns {string | null} what to do about it, null where nothing is missing
 */
export function whatIsMissing({ capability, shows = [] }, overview) {
  const needed = capability ? [capability] : shows;
  const found = needed.map((name) => overview?.capabilities?.[name]);
  return found.length && found.every((one) => one?.on === false) ? (found[0].reason ?? "") : null;
}
