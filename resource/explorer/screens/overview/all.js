/** All topics as bars, as a map or as a matrix, and the terms that distinguish them. */

import { createFigure } from "../../charts/figure.js";
import { h } from "../../lib/dom.js";
import { drawnOnChange } from "../../store/state.js";
import { listedTopics } from "../../model/topic-order.js";
import { createChoice } from "../../ui/controls.js";
import { noTopicShown } from "../../ui/topic-links.js";
import { createMap } from "./map/map.js";
import { createMatrix } from "./matrix.js";
import { topicBars } from "./bars.js";
import { salientTerms } from "./salient-terms.js";

const SHAPES = [
  { value: "bars", label: "Bars", title: "Topics by share of documents" },
  { value: "map", label: "Map", title: "Topics with similar words close together" },
  { value: "matrix", label: "Matrix", title: "Similarity of every pair of topics" },
];

/** Make the view of all topics. @type {CreatePart} */
export function createAllTopics(actions) {
  const shapes = { bars: createBars(actions), map: createMap(actions), matrix: createMatrix(actions) };
  const choice = createChoice("Show topics as", SHAPES, (shape) => actions.go({ shape }));
  const salient = createSalient(actions);
  const holder = h("div", { class: "tx-shapes" }, ...Object.values(shapes).map(({ element }) => element));
  const element = h("div", { class: "tx-all-topics" }, choice.element, holder, salient.element);
  const update = (state) => {
    const { shape } = state.view;
    choice.update(shape);
    for (const [name, view] of Object.entries(shapes)) view.element.hidden = name !== shape;
    shapes[shape].update(state);
    salient.update(state);
  };
  return { element, update };
}

function createBars(actions) {
  let allShown = false;
  const figure = createFigure();
  const none = h("div", { hidden: true }, noTopicShown());
  const element = h("div", { class: "tx-prevalence" }, figure.element, none);
  const draw = drawnOnChange(
    ({ overview, answers, view }) => [overview, answers.counts, view.order, view.levels, view.open, allShown],
    (state) => {
      const topics = listedTopics(state);
      figure.element.hidden = !topics.length;
      none.hidden = topics.length > 0;
      figure.element.classList.toggle("tx-stale", state.answers.counts?.state === "loading");
      const showAll = () => {
        allShown = true;
        draw(state);
      };
      figure.update(topicBars(topics, state, actions, allShown ? null : showAll));
    },
  );
  return { element, update: draw };
}

function createSalient(actions) {
  const figure = createFigure();
  const element = h("div", { class: "tx-salient", hidden: true }, figure.element);
  const draw = drawnOnChange(
    ({ answers, overview }) => [answers.terms, overview],
    ({ answers: { terms }, overview }) => {
      // Without terms, the overview consists of the topics above.
      const isSalient = terms?.path.includes("sort=saliency") && terms.value;
      const chart = isSalient ? salientTerms(terms.value, overview, actions) : null;
      element.hidden = chart === null;
      if (chart) figure.update(chart);
    },
  );
  return { element, update: draw };
}
