// The library "dataiku" of a standard webapp, as far as a page served by the stand-in can have it.
// The page's values come from config.js, which is loaded before this file. Wrong arguments throw texts, not errors,
// as on an instance: `error.message` of such a fault is undefined.
(function defineDataikuLibrary() {
  "use strict";

  const page = window.localDssPage;
  delete window.localDssPage;

  const DEFAULT_LIMIT = 20000;

  /** Rows of a dataset; each cell is a text, or null when it is empty. */
  class DataFrame {
    #columns;
    #rows;

    constructor({ columns, rows }) {
      this.#columns = columns;
      this.#rows = rows;
    }

    getNbRows() {
      return this.#rows.length;
    }

    getColumnNames() {
      return this.#columns;
    }

    getColumnIdx(name) {
      return this.#columns.indexOf(name);
    }

    getColumnValues(name) {
      const index = this.getColumnIdx(name);
      if (index < 0) throw `Column ${name} is unknown.`;
      return this.#rows.map((row) => row[index]);
    }

    getRows() {
      return this.#rows;
    }

    getRow(index) {
      return this.#rows[index];
    }

    getRecord(index) {
      const cells = this.#columns.map((name, place) => [name, this.#rows[index][place]]);
      return { ...Object.fromEntries(cells), $rowId: index };
    }

    mapRows(change) {
      return this.#rows.map((row, index) => change(row, index));
    }

    mapRecords(change) {
      return this.#rows.map((_, index) => change(this.getRecord(index), index));
    }
  }

  /** Columns of a dataset. */
  class Schema {
    #columns;

    constructor({ columns }) {
      this.#columns = columns;
    }

    getNbColumns() {
      return this.#columns.length;
    }

    getColumns() {
      return [...this.#columns];
    }

    getColumnNames() {
      return this.#columns.map((column) => column.name);
    }

    getColumnTypes() {
      return this.#columns.map((column) => column.type);
    }

    getColumnIdx(name) {
      return this.getColumnNames().indexOf(name);
    }

    getColumn(name) {
      return this.#columns.find((column) => column.name === name) ?? null;
    }
  }

  function needLimit({ limit, sampling }) {
    if (limit == null) throw `'limit' is a required argument for '${sampling}' sampling`;
    return limit;
  }

  function needColumn({ sampling, sampling_column: column }) {
    if (!column) throw `${sampling} sampling requires a sampling_column`;
    return column;
  }

  function randomSampling({ limit, ratio }) {
    if (limit != null && ratio != null) throw "Cannot set both ratio and limit for random sampling";
    if (ratio) return { samplingMethod: "RANDOM_FIXED_RATIO", targetRatio: ratio };
    if (limit) return { samplingMethod: "RANDOM_FIXED_NB", maxRecords: limit };
    throw "'random' sampling requires either 'limit' or 'ratio'";
  }

  const SAMPLINGS = {
    full: () => ({ samplingMethod: "FULL" }),
    head: (options) => ({ samplingMethod: "HEAD_SEQUENTIAL", maxRecords: needLimit(options) }),
    random: randomSampling,
    "random-column": (options) => ({
      samplingMethod: "COLUMN_BASED",
      column: needColumn(options),
      maxRecords: needLimit(options),
    }),
    "sort-column": (options) => ({
      samplingMethod: "COLUMN_ORDERED",
      column: needColumn(options),
      maxRecords: needLimit(options),
      ascending: options.ascending ?? true,
    }),
  };

  function samplingOf(options) {
    if (!options.sampling) return { samplingMethod: "HEAD_SEQUENTIAL", maxRecords: options.limit || DEFAULT_LIMIT };
    if (!Object.hasOwn(SAMPLINGS, options.sampling)) throw `Unsupported sampling method: ${options.sampling}`;
    return SAMPLINGS[options.sampling](options);
  }

  function projectUrl(projectKey, path) {
    return `/dip/publicapi/projects/${encodeURIComponent(projectKey)}/${path}`;
  }

  /** URL of a dataset, named by bare or full name; what follows a second dot is dropped. */
  function datasetUrl(name, path) {
    const parts = name.split(".");
    const [projectKey, dataset] = parts.length > 1 ? parts : [dataiku.defaultProjectKey, name];
    return projectUrl(projectKey, `datasets/${encodeURIComponent(dataset)}/${path}`);
  }

  /** Call the API; `failed` gets the arguments of a failed call of jQuery: the request, "error" and the name of the status. */
  function call({ method, url, body, apiKey, succeeded, failed }) {
    const request = new XMLHttpRequest();
    request.open(method, url);
    request.setRequestHeader("Authorization", `Basic ${btoa(`${apiKey ?? dataiku.defaultAPIKey}:`)}`);
    request.onloadend = () => {
      const isJson = (request.getResponseHeader("Content-Type") ?? "").startsWith("application/json");
      request.responseJSON = isJson ? JSON.parse(request.responseText) : undefined;
      if (request.status === 200) succeeded(request.responseJSON);
      else failed?.(request, "error", request.statusText);
    };
    request.send(body);
  }

  /** dataiku.fetch(dataset, [options], succeeded, [failed]): hand a DataFrame to `succeeded`. */
  function fetchRows(name, ...rest) {
    if (rest.length < 1) throw "dataiku.fetch takes at least two arguments: the dataset and a function.";
    if (rest.length > 3) throw `dataiku.fetch takes at most 4 arguments. Got ${rest.length + 1}.`;
    const options = typeof rest[0] === "object" ? (rest.shift() ?? {}) : {};
    const [succeeded, failed] = rest;
    const { apiKey, columns, filter, partitions } = options;
    const body = {
      format: "memory-json",
      columns,
      filterExpression: filter,
      sampling: samplingOf(options),
      partitions: Array.isArray(partitions) ? partitions.join(",") : partitions,
    };
    call({
      method: "POST",
      url: datasetUrl(name, "data"),
      body: JSON.stringify(body),
      apiKey,
      succeeded: (answer) => succeeded(new DataFrame(answer)),
      failed,
    });
  }

  function read(url, succeeded, failed) {
    call({ method: "GET", url, succeeded, failed });
  }

  function notHere(name) {
    return () => {
      throw new Error(`dataiku.${name} is not available in the local stand-in for DSS.`);
    };
  }

  /** URL of a path of the webapp's backend; the path may start with a slash and may have a query string. */
  function getWebAppBackendUrl(path) {
    return page.backendUrl + String(path === undefined ? "" : path).replace(/^\/+/, "");
  }

  function getWebAppConfig() {
    return JSON.parse(JSON.stringify(page.config));
  }

  const dataiku = {
    defaultProjectKey: page.projectKey,
    defaultAPIKey: page.apiKey,
    getWebAppConfig,
    getWebAppBackendUrl,
    // Throws on an instance when a mandatory param has no value; here such a webapp is not served at all.
    checkWebAppParameters() {},
    setDefaultProjectKey(projectKey) {
      dataiku.defaultProjectKey = projectKey;
    },
    setAPIKey(apiKey) {
      dataiku.defaultAPIKey = apiKey;
    },
    fetch: fetchRows,
    getSchema(name, succeeded, failed) {
      read(datasetUrl(name, "schema"), (answer) => succeeded(new Schema(answer)), failed);
    },
    listDatasets(succeeded, failed) {
      const url = projectUrl(dataiku.defaultProjectKey, "datasets/");
      read(url, (answer) => succeeded(answer.map((dataset) => dataset.name)), failed);
    },
    getVariableResolved(name, succeeded, failed) {
      read(projectUrl(dataiku.defaultProjectKey, "variables-resolved"), (answer) => succeeded(answer[name]), failed);
    },
    fetchAsGeoJSON: notHere("fetchAsGeoJSON"),
    resolvePluginConfig: notHere("resolvePluginConfig"),
  };

  Object.assign(window, { dataiku, getWebAppBackendUrl, getWebAppConfig });
})();
