/** The topics that changed: new, grown, shrunk, vanished. */

import { decimal, percent } from "../../lib/format.js";
import { differInWords, differenceFigure } from "../../panels/comparison/difference.js";
import { topicChange } from "../../store/navigation.js";

/**
 * Name the two sides: before is left, now is right.
 * @param {any} answer of the backend
 * @returns {{left: import("../../panels/comparison/difference.js").Side, right: import("../../panels/comparison/difference.js").Side}}
 */
export function sidesOf({ against, then, now, other_name: other }) {
  if (against === "drift") {
    return {
      left: { key: "b", name: then.label, brief: "Training", more: "less now" },
      right: { key: "a", name: now.label, brief: "Last run", more: "more now", isNow: true },
    };
  }
  if (against === "previous") {
    return {
      left: { key: "b", name: then.label, brief: "Before", more: "less now" },
      right: { key: "a", name: now.label, brief: "Now", more: "more now", isNow: true },
    };
  }
  const isRun = against === "other";
  return {
    left: { key: "b", name: isRun ? other : then.label, brief: isRun ? "Other" : "Before", more: isRun ? "less here" : "more before" },
    right: { key: "a", name: isRun ? "this model" : now.label, brief: isRun ? "This" : "Now", more: isRun ? "more here" : "more now", isNow: true },
  };
}

/**
 * Build the figure.
 * @param {any} answer @param {Object} options sides, `all` and `change` @param {Overview} overview @param {Actions} actions
 * @returns {import("../../charts/figure.js").Chart}
 */
export function changedTopicsFigure(answer, options, overview, actions) {
  const { left, right } = options;
  const isRun = answer.against === "other";
  const isDrift = answer.against === "drift";
  const isUpdate = answer.against === "previous";
  const rows = answer.topics.map((topic) => changedRow(topic, answer, isRun || isDrift || isUpdate));
  const what = isRun
    ? `Difference of the shares of documents, this model minus ${left.name}, in percentage points. Topics are matched by their top terms.`
    : `Difference of the shares of documents, ${right.name} minus ${left.name}, in percentage points.`;
  return differenceFigure(
    {
      ...options,
      rows,
      title: isRun ? `Topics of this model and ${left.name}` : `Topics: ${left.name} and ${right.name}`,
      note: [`${what} Thin lines are 95% intervals. `, isRun ? null : `${differInWords(rows, answer.by_chance)} `, isDrift ? overallInWords(answer.overall) : null].filter(Boolean),
      rule: answer.rules.topics,
      file: "topics that changed",
      extra: isRun ? RUN : isUpdate ? UPDATE : PERIODS,
    },
    overview,
    actions,
  );
}

const PERIODS = { columns: [{ name: "Change" }], cells: ({ of }) => [of.change] };
const RUN = {
  columns: [
    { name: "Change" },
    { name: "Other topic", isNumber: true },
    { name: "Label of the other topic" },
    { name: "Similarity", isNumber: true, show: decimal, title: "Jaccard index of the ten top terms" },
    { name: "Shared terms" },
    { name: "New terms" },
    { name: "Terms gone" },
  ],
  cells: ({ of }) => [of.change, of.other, of.other_label, of.similarity, of.shared_terms.join(", "), of.new_terms.join(", "), of.gone_terms.join(", ")],
};

const UPDATE = {
  columns: [
    { name: "Change" },
    { name: "Label before" },
    { name: "Similarity", isNumber: true, show: decimal, title: "Probability of terms that it shares with the previous topic" },
    { name: "Related topics", title: "Topics it was made of; of a new or vanished one, the most similar" },
    { name: "Shared terms" },
    { name: "New terms" },
    { name: "Terms gone" },
  ],
  cells: ({ of }) => [of.change, of.other_label, of.similarity, of.related.join(", "), of.shared_terms.join(", "), of.new_terms.join(", "), of.gone_terms.join(", ")],
};

/** Write what is known of all documents together, at training and now. */
function overallInWords(overall) {
  const { jensen_shannon_distance: distance, distance_by_chance: chance } = overall;
  const pair = (name, key) => {
    const [then, now] = [overall[`${key}_training`], overall[`${key}_now`]];
    return then === null || now === null ? null : `${name}: ${percent(then)} at training, ${percent(now)} in the last run.`;
  };
  const far = distance === null || chance === null ? null : `Jensen-Shannon distance: ${decimal(distance, 3)}, by chance about ${decimal(chance, 3)}.`;
  return [far, pair("Rows without a topic", "no_topic_share"), pair("Unknown words", "unknown_word_share")].filter(Boolean).join(" ");
}

function changedRow(topic, { now, then }, isTotal) {
  const { from, to } = topic.difference < 0 ? then : now;
  const dates = isTotal ? {} : { from, to };
  return {
    of: topic,
    topic: topic.topic,
    ...(topic.topic === null ? { label: topic.other_label } : {}),
    change: topic.change === "same" ? "–" : topic.change,
    left: { n: topic.n_then, share: topic.share_then },
    right: { n: topic.n_now, share: topic.share_now },
    difference: topic.difference,
    low: topic.low,
    high: topic.high,
    differs: topic.differs,
    to: target(topic.topic, dates, isTotal),
  };
}

/** A topic of the other model alone and one that is split have no page here. */
function target(topic, dates, isTotal) {
  if (topic === null) return null;
  return isTotal ? topicChange(topic) : { ...dates, screen: "documents", topic, page: 1, sort: null, pane: "explore" };
}
