/** Candidate models: the output of 'Compare numbers of topics', grouped by engine and number of topics. */

/** The measures in display order; `takesPart` in the suggestion's score. */
export const MEASURES = [
  {
    key: "coherence_npmi",
    name: "NPMI",
    digits: 3,
    takesPart: true,
    meaning:
      "Coherence: do the ten most probable terms of a topic occur near each other? Mean over topics, -1 to 1; " +
      "higher is better.",
  },
  {
    key: "coherence_cv",
    name: "C_v",
    digits: 3,
    takesPart: true,
    meaning:
      "Another coherence of the ten most probable terms, 0 to 1; higher is better. The authors of Palmetto " +
      "advise against it: consider NPMI as well.",
  },
  {
    key: "stability",
    name: "Stability",
    digits: 2,
    takesPart: true,
    meaning:
      "Do other seeds find the same topics? Mean Jaccard index of the ten most probable terms of matched topics, " +
      "0 to 1; higher is better. Tends to fall as the number of topics grows.",
  },
  {
    key: "diversity",
    name: "Diversity",
    digits: 2,
    takesPart: true,
    meaning:
      "Share of distinct terms among the ten most probable of all topics: 1 where no topic repeats another. " +
      "Tends to fall as the number of topics grows.",
  },
  {
    key: "perplexity",
    name: "Perplexity",
    digits: 0,
    takesPart: false,
    meaning:
      "How badly the model predicts held-out words; lower is better, but do not decide by it: models that predict " +
      "words better may have topics that people understand less (Chang et al. 2009).",
  },
];

/**
 * Return the name of an engine, or its id where the backend does not know it.
 * @param {string} engine
 * @param {Record<string, {name: string, is_limit: boolean}>} engines of the answer on models
 * @returns {string}
 */
export function engineName(engine, engines) {
  return engines[engine]?.name ?? String(engine);
}

/**
 * @typedef {Object} Candidate
 * @property {string} engine
 * @property {number} nTopics
 * @property {any[]} fits rows of its trained seeds
 * @property {Record<string, number | null>} means by measure, null where no seed has it
 */

/**
 * Group the fits by engine and number of topics.
 * @param {any[]} rows of the comparison
 * @returns {Candidate[]} by engine, then number
 */
export function candidatesOf(rows) {
  const found = new Map();
  for (const row of rows.filter(isTrained)) {
    const key = `${row.n_topics} ${row.engine}`;
    if (!found.has(key)) found.set(key, { engine: row.engine, nTopics: row.n_topics, fits: [] });
    found.get(key).fits.push(row);
  }
  return [...found.values()]
    .map((candidate) => ({ ...candidate, means: meansOf(candidate.fits) }))
    .sort((a, b) => (a.engine < b.engine ? -1 : a.engine > b.engine ? 1 : a.nTopics - b.nTopics));
}

/** @param {Object} row @returns {boolean} whether a model was trained and measured */
export function isTrained(row) {
  return row.status === "ok" || row.status === null || row.status === undefined;
}

/**
 * Return the models that could not be trained, grouped by reason.
 * @param {any[]} rows
 * @returns {{engine: string, nTopics: number, seeds: number[], reason: string}[]}
 */
export function failuresOf(rows) {
  const found = new Map();
  for (const { engine, n_topics: nTopics, seed, status } of rows.filter((row) => !isTrained(row))) {
    const key = JSON.stringify([engine, nTopics, status]);
    if (!found.has(key)) found.set(key, { engine, nTopics, seeds: [], reason: status });
    found.get(key).seeds.push(seed);
  }
  return [...found.values()];
}

/**
 * Return the notes on what could not be measured, without duplicates.
 * @param {any[]} rows
 * @returns {string[]}
 */
export function notesOf(rows) {
  return [...new Set(rows.map(({ notes }) => notes).filter(Boolean))];
}

/**
 * Read the alternatives of a suggestion.
 * @param {Object | null} suggestion its row; `alternatives` is JSON or already parsed
 * @returns {any[]} best first; none where they cannot be read
 */
export function alternativesOf(suggestion) {
  const written = suggestion?.alternatives;
  if (Array.isArray(written)) return written;
  try {
    const read = JSON.parse(written ?? "[]");
    return Array.isArray(read) ? read : [];
  } catch {
    return []; // an edited dataset; the suggestion itself can still be shown
  }
}

function meansOf(fits) {
  return Object.fromEntries(MEASURES.map(({ key }) => [key, mean(fits.map((fit) => fit[key]))]));
}

function mean(values) {
  const known = values.filter(Number.isFinite);
  return known.length ? known.reduce((sum, value) => sum + value, 0) / known.length : null;
}
