/** The trend of one topic: its share of the documents per period. */

import { createFigure } from "../../charts/figure.js";
import { timeByFinalTopic } from "../../model/counts-by-final-topic.js";
import { count, percent, plural } from "../../lib/format.js";
import { joinPeriods, trendPoints } from "../../charts/trend-layout.js";
import { assignedOf, FEW_DOCUMENTS as FEW, periodName } from "../../model/periods.js";
import { drawnOnChange } from "../../store/state.js";
import { finalIds, finalTopic } from "../../model/topics.js";
import { hueOf } from "../../lib/palette.js";
import { drawTrend } from "../../panels/trend-area.js";
import { viewLink } from "../../ui/topic-links.js";

const MOST_POINTS = 60;

/** Make the panel. @type {CreatePart} */
export function createTopicTrend(actions) {
  const figure = createFigure();
  figure.element.hidden = true;
  const draw = drawnOnChange(
    ({ answers, overview, view }) => [answers.time, overview, view.topic, view.q],
    ({ answers: { time }, overview, view }) => {
      const id = finalTopic(overview, view.topic)?.id;
      const answer = time?.value && timeByFinalTopic(time.value, finalIds(overview));
      const counts = answer?.topics[id];
      figure.element.hidden = !counts || answer.periods.length < 2;
      if (figure.element.hidden) return;
      figure.element.dataset.hue = hueOf(id);
      figure.element.classList.toggle("tx-stale", time.state === "loading");
      figure.update(chartOf(id, trendPoints(answer.periods, assignedOf(answer), counts), answer, actions));
    },
  );
  return { element: figure.element, update: draw };
}

function chartOf(id, all, answer, actions) {
  const points = joinPeriods(all, MOST_POINTS);
  return {
    title: "Over time",
    file: `topic-${id}-over-time`,
    note: [
      noteOf(points, all, answer),
      viewLink(actions, { screen: "time", topic: id, pane: "explore" }, { class: "tx-link" }, "All topics over time"),
    ],
    draw: (width) =>
      drawTrend(points, { width, calendar: points === all ? answer : null, title: `Topic ${id} from ${all[0].label} to ${all.at(-1).label}` }),
    table: {
      columns: [
        { name: "Period" },
        { name: "Share", isNumber: true, show: percent },
        { name: "Documents of the topic", isNumber: true, show: count },
        { name: "Documents with a topic", isNumber: true, show: count },
      ],
      rows: all.map(({ label, share, nTopic, n }) => [label, share, nTopic, n]),
    },
  };
}

function noteOf(points, all, { granularity, date_column: column, n_undated: nUndated }) {
  const together = Math.ceil(all.length / points.length);
  const period = together > 1 ? `${together} ${granularity}s` : periodName(granularity);
  const sentences = [
    `Share of the documents with a topic per ${period} whose main topic this is, by “${column}”.`,
    points.some(({ n }) => n > 0 && n < FEW) && `Hollow: fewer than ${FEW} documents with a topic.`,
    all.at(-1).partial && `${all.at(-1).label} is incomplete.`,
    nUndated > 0 && `${plural(nUndated, "document has", "documents have")} no date.`,
  ];
  return `${sentences.filter(Boolean).join(" ")} `;
}
