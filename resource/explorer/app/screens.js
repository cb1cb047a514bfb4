/** The screens of the centre column, in the order of their tabs; the code of each is loaded when first shown. */

/**
 * @typedef {Object} Screen
 * @property {string} id as in the address
 * @property {string} label of its tab
 * @property {string} [capability] it needs, see the overview; without it the screen shows the reason
 * @property {() => Promise<CreatePart>} load
 */

/** @type {Screen[]} */
export const SCREENS = [
  {
    id: "overview",
    label: "Topics",
    load: () => import("../screens/overview/overview.js").then(({ createOverview }) => createOverview),
  },
  {
    id: "documents",
    label: "Documents",
    load: () => import("../screens/documents/list.js").then(({ createDocuments }) => createDocuments),
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
    id: "models",
    label: "Models",
    load: () => import("../screens/models/models.js").then(({ createModels }) => createModels),
  },
  {
    id: "try",
    label: "Try a text",
    capability: "try",
    load: () => import("../screens/try/try.js").then(({ createTry }) => createTry),
  },
  {
    id: "review",
    label: "Review",
    capability: "review",
    load: () => import("../screens/review/review.js").then(({ createReview }) => createReview),
  },
];
