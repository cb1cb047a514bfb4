/** The screens of the centre column, in the order of their tabs. */

import { createDocuments } from "./screens/documents.js?v=0.1.0";
import { createGroups } from "./screens/groups.js?v=0.1.0";
import { createModels } from "./screens/models.js?v=0.1.0";
import { createOverview } from "./screens/overview.js?v=0.1.0";
import { createReview } from "./screens/review.js?v=0.1.0";
import { createTerms } from "./screens/terms.js?v=0.1.0";
import { createTime } from "./screens/time.js?v=0.1.0";
import { createTry } from "./screens/try.js?v=0.1.0";

/**
 * @typedef {Object} Screen
 * @property {string} id as in the address
 * @property {string} label of its tab
 * @property {?string} capability it needs, see the overview; without it the screen says why
 * @property {function(Object): {element: HTMLElement, update: function(Object): void}} create
 */

/** @type {Array<Screen>} */
export const SCREENS = [
  { id: "overview", label: "Topics", capability: null, create: createOverview },
  { id: "documents", label: "Documents", capability: null, create: createDocuments },
  { id: "terms", label: "Terms", capability: null, create: createTerms },
  { id: "time", label: "Time", capability: "time", create: createTime },
  { id: "groups", label: "Groups", capability: "groups", create: createGroups },
  { id: "models", label: "Models", capability: null, create: createModels },
  { id: "try", label: "Try a text", capability: "try", create: createTry },
  { id: "review", label: "Review", capability: "review", create: createReview },
];
