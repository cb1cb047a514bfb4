/** Comparison with a second model: matched topics, topics without a match, and documents by topic in both. */

import { createFigure } from "../../charts/figure.js";
import { h } from "../../lib/dom.js";
import { redraw } from "../../lib/focus.js";
import { drawnOnChange } from "../../store/state.js";
import { emptyNotice } from "../../ui/topic-links.js";
import { flowFigure } from "./document-flow.js";
import { pairsPanel } from "./pairs.js";

/** Make this part of the screen. @type {CreatePart} */
export function createOtherModel(actions) {
  const title = h("h2", { class: "tx-title tx-models-second" });
  const pairs = h("div");
  const flow = createFigure({ level: 3 });
  const element = h("section", { class: "tx-models-other" }, title, pairs, flow.element);
  const update = drawnOnChange(
    ({ answers, overview }) => [answers.otherModel, overview],
    ({ answers: { otherModel }, overview }) => {
      const answer = otherModel?.value;
      element.classList.toggle("tx-stale", otherModel?.state === "loading");
      title.replaceChildren(answer ? `Comparison with the model of ${answer.name}` : "A second model");
      redraw(
        pairs,
        ...(answer
          ? [
              pairsPanel(answer, overview, actions),
              answer.reason && h("p", { class: "tx-warning" }, answer.reason),
            ].filter(Boolean)
          : [without(otherModel, overview)]),
      );
      flow.element.hidden = !answer?.flow;
      if (answer?.flow) flow.update(flowFigure(answer, overview));
    },
  );
  return { element, update };
}

function without(otherModel, { capabilities }) {
  if (otherModel?.state === "failed")
    return emptyNotice("The second model could not be loaded", h("p", {}, otherModel.error));
  if (otherModel?.state === "loading") return h("p", { class: "tx-loading" }, "Matching the topics of both models…");
  const how =
    "Run 'Discover topics' again with another number of topics, method or seed, then select its three outputs as the " +
    "other model in the settings of this webapp. Its topics are matched with these, and documents that changed " +
    "topic are counted.";
  const reason = capabilities?.other_model?.reason ?? how;
  return h("section", { class: "tx-figure-panel" }, h("p", { class: "tx-panel-note" }, reason));
}
