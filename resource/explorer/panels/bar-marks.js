/** Marks beside the bars of a bar list: lines at round values, whiskers of intervals, a reference across all rows. */

import { s } from "../lib/svg.js";

const CAP = 3; // half the height of the end of a whisker

/** Draw light lines at round values, with labels where they fit. */
export function ticksOf(format, scale, { bars, barsWidth }, [top, bottom]) {
  const values = roundValues(scale.ends, Math.max(3, Math.floor(barsWidth / 70)));
  const mark = (value) => {
    const x = scale.at(value);
    const anchor = x < bars + 12 ? "start" : x > bars + barsWidth - 12 ? "end" : "middle";
    return [
      s("line", { class: "tx-grid", x1: x, x2: x, y1: top, y2: bottom }),
      s("text", { x, y: top - 6, "text-anchor": anchor }, format(value)),
    ];
  };
  return s("g", { "aria-hidden": "true" }, values.map(mark));
}

/**
 * Return about `n` round values between two: steps of 1, 2 or 5 times a power of ten. The page opens with bars, and d3,
 * which has the same, is loaded only with the charts that need more of it.
 * @param {number[]} ends @param {number} n
 * @returns {number[]}
 */
export function roundValues([low, high], n) {
  const rough = (high - low) / n;
  if (!(rough > 0)) return [];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= rough * 0.75) * power;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  // Multiples of the step, not sums of steps: 0.1 + 0.2 is not 0.3.
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

export function whisker({ low, high }, y, scale) {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return null;
  const ends = [scale.at(low), scale.at(high)];
  const caps = ends.map((x) => `M${x},${y - CAP}V${y + CAP}`).join("");
  return s("path", { class: "tx-whisker", d: `M${ends[0]},${y}H${ends[1]}${caps}` });
}

export function referenceLine(x, y1, y2) {
  return s("line", { class: "tx-bar-reference", x1: x, x2: x, y1, y2 });
}
