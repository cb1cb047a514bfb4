// The library "dataiku" of a standard webapp, as far as a page served by the stand-in can have it.
// The page's values come from config.js, which is loaded before this file.
(function defineDataikuLibrary() {
  "use strict";

  const page = window.localDssPage;
  delete window.localDssPage;

  const NO_DATASETS =
    "dataiku.fetch is not available in the local stand-in for DSS: read datasets in backend.py instead.";

  /** URL of a path of the webapp's backend; the path may start with a slash and may have a query string. */
  function getWebAppBackendUrl(path) {
    return page.backendUrl + String(path === undefined ? "" : path).replace(/^\/+/, "");
  }

  const dataiku = {
    defaultProjectKey: page.projectKey,
    getWebAppConfig: () => JSON.parse(JSON.stringify(page.config)),
    getWebAppBackendUrl,
    // Throws on an instance when a mandatory param has no value; here such a webapp is not served at all.
    checkWebAppParameters() {},
    setDefaultProjectKey(projectKey) {
      dataiku.defaultProjectKey = projectKey;
    },
    // The key gives the page access to datasets, which the stand-in does not offer: there is nothing to keep.
    setAPIKey() {},
    fetch() {
      throw new Error(NO_DATASETS);
    },
  };

  window.dataiku = dataiku;
  window.getWebAppBackendUrl = getWebAppBackendUrl;
})();
