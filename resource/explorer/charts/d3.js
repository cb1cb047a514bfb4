/**
 * The parts of d3 that the charts use, typed in `d3.d.ts`. Its built files are not modules: each adds to one global
 * object, in this order.
 */

import "../vendor/d3-array.min.js";
import "../vendor/d3-color.min.js";
import "../vendor/d3-format.min.js";
import "../vendor/d3-interpolate.min.js";
import "../vendor/d3-path.min.js";
import "../vendor/d3-time.min.js";
import "../vendor/d3-time-format.min.js";
import "../vendor/d3-scale.min.js";
import "../vendor/d3-shape.min.js";

export const { area, extent, line, scaleLinear } = globalThis.d3;
