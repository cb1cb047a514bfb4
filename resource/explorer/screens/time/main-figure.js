/** The large chart: documents per period below the chosen topic; periods can be selected here as a filter. */

import { labelsBelow, roomForLabels, scaleUp, valueAxis } from "../../charts/axis.js";
import { drawing, s } from "../../lib/svg.js";
import { count } from "../../lib/format.js";
import { hueOf } from "../../lib/palette.js";
import { axisLabels, FEW_DOCUMENTS, tickPlaces } from "../../model/periods.js";
import { createBrush } from "./brush.js";
import { middles, plot } from "./plot.js";

const LEFT = 48;
const RIGHT = 8;
const TOP = 10;
const LARGE_HEIGHT = 190;
const BETWEEN = 30;
const BAND_HEIGHT = 54;
const BOTTOM = 24;

/**
 * Draw the chart.
 * @param {{model: Object, chosen: number | null, onPeriod: (period: number | null) => void,
 *   onRange: (one: number, other: number) => void}} options
 * @param {number} width in CSS pixels
 * @returns {{element: SVGElement, showPeriod: (period: number | null) => void}}
 */
export function drawMain(options, width) {
  const { model, chosen } = options;
  const inner = width - LEFT - RIGHT;
  const bandTop = chosen === null ? 0 : LARGE_HEIGHT + BETWEEN;
  const bottom = bandTop + BAND_HEIGHT;
  const x = middles(model.answer.periods.length, inner);
  const labels = axisLabels(model.answer);
  const places = tickPlaces(model.answer, roomForLabels(labels, inner));
  const ticks = places.map((place) => ({ x: x(place), label: labels[place] }));
  const brush = createBrush({ ...options, width: inner, height: bottom });
  const shown = [
    chosen !== null && large(model, chosen, inner),
    s("g", { transform: `translate(0 ${bandTop})` }, band(model, inner, chosen !== null)),
    labelsBelow({ places: ticks, width: inner, y: bottom, left: LEFT, right: RIGHT }),
    brush.element,
  ];
  const title = chosen === null ? "Documents per period" : `Topic ${chosen} and all documents, by period`;
  const element = drawing(
    { width, height: TOP + bottom + BOTTOM, title, isInteractive: true },
    s("g", { transform: `translate(${LEFT} ${TOP})` }, shown),
  );
  return { element, showPeriod: brush.showPeriod };
}

function large(model, chosen, width) {
  const values = model.values(chosen);
  const scale = scaleUp(model.top(chosen), LARGE_HEIGHT, 4);
  const format = (value) => (model.measure === "count" ? count(value) : `${Number((value * 100).toPrecision(3))}%`);
  return [valueAxis({ scale, width, ticks: 4, format }), plot({ model, values, scale, width, hue: hueOf(chosen) })];
}

/** Draw bars of all documents: incomplete periods are hollow, periods with few documents faint. */
function band({ answer, assigned }, width, isNamed) {
  const scale = scaleUp(Math.max(0, ...answer.periods.map(({ n }) => n)), BAND_HEIGHT, 2);
  const step = width / answer.periods.length;
  const gap = step > 4 ? 1 : 0;
  const bars = answer.periods.map(({ n, partial }, i) => {
    const kind = partial ? "tx-band-partial" : assigned[i] < FEW_DOCUMENTS ? "tx-band-few" : "tx-band";
    return s("rect", {
      class: kind,
      x: i * step + gap / 2,
      y: scale(n),
      width: Math.max(step - gap, 0.5),
      height: BAND_HEIGHT - scale(n),
    });
  });
  return [
    valueAxis({ scale, width, ticks: 2, format: count }),
    bars,
    isNamed && s("text", { x: 0, y: -10 }, "All documents"),
  ];
}
