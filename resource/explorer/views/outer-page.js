/**
 * The page around the webapp: DSS shows it in a frame, so only the address of the outer page opens it again. Its
 * fragment holds the view; where the outer page cannot be read or is a dashboard, the frame has the address.
 */

/**
 * @typedef {Object} OuterPage
 * @property {() => string} hash view in its fragment, as the page's own fragment would hold it; "" without one
 * @property {(hash: string) => void} show put a view into its fragment
 * @property {(hash: string) => string} linkTo address that opens a view
 * @property {(open: (hash: string) => void) => void} listen call a function when another view is put into its fragment
 * @property {string} place differs between webapps
 */

/** @param {Window} page @returns {OuterPage} */
export function outerPageOf(page) {
  const outer = readableParent(page);
  if (!outer) return { hash: () => "", show() {}, linkTo: (hash) => bare(page.location) + hash, listen() {}, place: page.location.pathname };
  const { pathname } = outer.location;
  let shown = null;
  let isKept = true;
  const now = () => outer.location.hash.replace(/^#$/, "");
  return {
    hash: () => decoded(now()),
    show(hash) {
      // An outer page that has put its own address back, or gone elsewhere, keeps it.
      isKept = isKept && outer.location.pathname === pathname && (shown === null || now() === shown);
      if (!isKept) return;
      shown = encoded(hash).replace(/^#$/, "");
      outer.history.replaceState(outer.history.state, "", bare(outer.location) + shown);
    },
    linkTo: (hash) => bare(outer.location) + encoded(hash),
    listen(open) {
      const follow = () => {
        shown = now();
        open(decoded(shown));
      };
      outer.addEventListener("hashchange", follow);
      page.addEventListener("pagehide", () => outer.removeEventListener("hashchange", follow));
    },
    place: `${pathname} ${page.location.pathname}`,
  };
}

/** @param {Window} page @returns {Window | null} */
function readableParent(page) {
  try {
    const { parent } = page;
    const isReadable = parent !== page && parent.location.origin === /** @type {any} */ (page).origin;
    // A dashboard shows several webapps, which would share one fragment.
    return isReadable && !parent.location.pathname.includes("/dashboards/") ? parent : null;
  } catch {
    return null; // the outer page has another origin
  }
}

const bare = ({ origin, pathname, search }) => origin + pathname + search;

/**
 * Routers of outer pages decode fragments and encode them again, after which an escaped "&" is a separator. The
 * addresses of views have no "~" of their own.
 */
const encoded = (hash) => hash.replaceAll("%", "~");
const decoded = (hash) => hash.replaceAll("~", "%");
