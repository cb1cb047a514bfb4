/**
 * Paint a chart onto a canvas, element by element: a strict content policy does not let the browser load an SVG as
 * an image. It supports what our charts use: rect, circle, line, path, text; nested, with
 * transforms and opacity; no clips, patterns or gradients.
 */

/** Some browsers leave a canvas empty that has more pixels along one side, or in all. */
const MAX_SIDE = 16_000;
const MAX_PIXELS = 64_000_000;

/**
 * @param {SVGSVGElement} svg that is in the page
 * @param {number} scale pixels per CSS pixel; reduced where the chart is too large for a canvas
 * @returns {HTMLCanvasElement}
 */
export function paint(svg, scale) {
  // Its own size: a chart too wide for its container is shown smaller.
  const [width, height] = [svg.width.baseVal.value, svg.height.baseVal.value];
  const density = Math.min(scale, MAX_SIDE / Math.max(width, height), Math.sqrt(MAX_PIXELS / (width * height)));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * density));
  canvas.height = Math.max(1, Math.round(height * density));
  const context = canvas.getContext("2d");
  context.scale(density, density);
  context.fillStyle = getComputedStyle(svg).getPropertyValue("--tx-paper") || "#fff";
  context.fillRect(0, 0, width, height);
  const base = svg.getScreenCTM().inverse();
  for (const element of svg.querySelectorAll("rect, circle, line, path, text"))
    paintElement(context, element, base, density);
  return canvas;
}

function paintElement(context, element, base, density) {
  const style = getComputedStyle(element);
  if (style.display === "none" || style.visibility === "hidden") return;
  const { a, b, c, d, e, f } = base.multiply(element.getScreenCTM());
  context.setTransform(density * a, density * b, density * c, density * d, density * e, density * f);
  context.globalAlpha = opacityOf(element);
  if (element.tagName === "text") paintText(context, element, style);
  else paintShape(context, outline(element), style);
}

/** Return the opacity of an element times that of all its groups. */
function opacityOf(element) {
  let opacity = 1;
  for (let node = element; node && node.tagName !== "svg"; node = node.parentNode)
    opacity *= Number(getComputedStyle(node).opacity);
  return opacity;
}

function outline(element) {
  const number = (name) => Number(element.getAttribute(name) ?? 0);
  const path = new Path2D(element.tagName === "path" ? (element.getAttribute("d") ?? "") : undefined);
  if (element.tagName === "rect")
    path.roundRect(number("x"), number("y"), number("width"), number("height"), number("rx"));
  if (element.tagName === "circle") path.arc(number("cx"), number("cy"), number("r"), 0, 2 * Math.PI);
  if (element.tagName === "line") {
    path.moveTo(number("x1"), number("y1"));
    path.lineTo(number("x2"), number("y2"));
  }
  return path;
}

function paintShape(context, path, style) {
  const opacity = context.globalAlpha;
  if (style.fill !== "none") {
    context.globalAlpha = opacity * Number(style.fillOpacity);
    context.fillStyle = style.fill;
    context.fill(path);
  }
  if (style.stroke === "none") return;
  context.globalAlpha = opacity * Number(style.strokeOpacity);
  context.strokeStyle = style.stroke;
  context.lineWidth = parseFloat(style.strokeWidth) || 1;
  context.lineJoin = style.strokeLinejoin;
  context.lineCap = style.strokeLinecap;
  context.setLineDash(style.strokeDasharray === "none" ? [] : style.strokeDasharray.split(",").map(parseFloat));
  context.stroke(path);
}

function paintText(context, element, style) {
  context.fillStyle = style.fill;
  context.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  context.textAlign = { middle: "center", end: "right" }[style.textAnchor] ?? "left";
  context.textBaseline =
    { central: "middle", middle: "middle", hanging: "hanging" }[style.dominantBaseline] ?? "alphabetic";
  const number = (name) => Number(element.getAttribute(name) ?? 0);
  const text = isolated(ownText(element));
  if (style.stroke !== "none") paintHalo(context, style, text, number("x"), number("y"));
  context.fillText(text, number("x"), number("y"));
}

/** Paint an outline below the letters, which separates them from the background. */
function paintHalo(context, style, text, x, y) {
  context.strokeStyle = style.stroke;
  context.lineWidth = parseFloat(style.strokeWidth) || 1;
  context.lineJoin = style.strokeLinejoin;
  context.setLineDash([]);
  context.strokeText(text, x, y);
}

/** Return the text without the title, which is shown on hover only. */
function ownText(element) {
  return [...element.childNodes]
    .filter(({ nodeType }) => nodeType === Node.TEXT_NODE)
    .map(({ data }) => data)
    .join("");
}

/** Isolate the direction of a text, as `unicode-bidi: plaintext` does in the page. */
function isolated(text) {
  return `\u2068${text}\u2069`;
}
