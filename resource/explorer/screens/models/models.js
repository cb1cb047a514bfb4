/** The "Models" screen: the comparison of numbers of topics, the suggestion, and a second model beside this one. */

import { createFigure } from "../../charts/figure.js";
import { h } from "../../lib/dom.js";
import { plural } from "../../lib/format.js";
import { redraw } from "../../lib/focus.js";
import { drawnOnChange } from "../../store/state.js";
import { engineName } from "./candidate-models.js";
import { emptyNotice } from "../../ui/topic-links.js";
import { createOtherModel } from "./other.js";
import { suggestionPanel } from "./suggestion.js";
import { candidatesFigure } from "./candidates.js";

const HOW_TO_COMPARE =
  "Run 'Compare numbers of topics' on the same texts, then select its outputs as 'Comparison' and 'Suggestion' in " +
  "the settings of this webapp.";

/** Make the screen. @type {CreatePart} */
export function createModels(actions) {
  const subtitle = h("p", { class: "tx-subtitle" });
  const notice = h("div");
  const suggestion = h("div");
  const candidates = createFigure();
  const other = createOtherModel(actions);
  const head = h("div", { class: "tx-head" }, h("h1", { class: "tx-title" }, "Models"), subtitle);
  const compared = h("div", { class: "tx-models-compared" }, suggestion, candidates.element);
  const element = h("div", { class: "tx-screen tx-models" }, head, notice, compared, other.element);
  const drawCompared = drawnOnChange(
    ({ answers, overview }) => [answers.models, overview],
    ({ answers: { models }, overview }) => {
      const answer = models?.value;
      const rows = answer?.comparison ?? [];
      compared.classList.toggle("tx-stale", models?.state === "loading");
      subtitle.replaceChildren(describe(answer, overview));
      redraw(notice, ...notices(models, rows, overview));
      redraw(suggestion, ...(answer?.suggestion ? [suggestionPanel(answer)] : []));
      candidates.element.hidden = rows.length === 0;
      if (rows.length) candidates.update(candidatesFigure(answer));
    },
  );
  const update = (state) => {
    drawCompared(state);
    other.update(state);
  };
  return { element, update };
}

function describe(answer, { counts, engine }) {
  if (!answer?.current) return "";
  const { current, engines } = answer;
  const name = current.engine ? engineName(current.engine, engines) : engine.label;
  const parts = [
    name,
    plural(current.n_topics ?? counts.topics, "topic"),
    Number.isInteger(current.seed) && `seed ${current.seed}`,
  ];
  return `Current model: ${parts.filter(Boolean).join(", ")}`;
}

function notices(models, rows, overview) {
  if (!models || (models.state === "loading" && !models.value))
    return [h("p", { class: "tx-loading" }, "Loading the comparison…")];
  if (models.state === "failed") return [emptyNotice("The comparison could not be loaded", h("p", {}, models.error))];
  const notes = (models.value?.notes ?? []).map((note) => h("p", { class: "tx-warning" }, note));
  return rows.length ? notes : [...notes, howToCompare(overview)];
}

function howToCompare({ capabilities }) {
  return h(
    "section",
    { class: "tx-figure-panel" },
    h("h2", { class: "tx-panel-title" }, "How many topics?"),
    h("p", { class: "tx-panel-note" }, "Compare the quality and stability of models with other numbers of topics."),
    h("p", {}, capabilities?.models?.reason ?? HOW_TO_COMPARE),
  );
}
