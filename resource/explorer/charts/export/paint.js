/**
 * Paint a chart onto a canvas, element by element: a strict content policy does not let the browser load a drawing as
 * a picture. It knows the elements our charts are made of: rect, circle, line, path, text; nested and turned by
 * transforms, faint by opacity; no clips, patterns or gradients.
 */

/** A canvas of more pixels along one side, or in all, is refused by some browsers and left empty. */
const MOST_SIDE = 16_000;
const MOST_PIXELS = 64_000_000;

/**
 * @param {SVGSVGElement} svg shown in the page
 * @param {number} scale pixels for each CSS pixel; less where the chart is too large for a canvas
 * @returns {HTMLCanvasElement}
 */
export function paint(svg, scale) {
  // Its own size, not the one it is shown at: a chart too wide for its place is shown smaller.
  const [width, height] = [svg.width.baseVal.value, svg.height.baseVal.value];
  const density = Math.min(scale, MOST_SIDE / Math.max(width, height), Math.sqrt(MOST_PIXELS / (width * height)));
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

/** An element is as faint as it and all groups around it together. */
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

/** A line around letters keeps them apart from what they stand on; it is painted below them. */
function paintHalo(context, style, text, x, y) {
  context.strokeStyle = style.stroke;
  context.lineWidth = parseFloat(style.strokeWidth) || 1;
  context.lineJoin = style.strokeLinejoin;
  context.setLineDash([]);
  context.strokeText(text, x, y);
}

/** A title within a text is for hovering. */
function ownText(element) {
  return [...element.childNodes]
    .filter(({ nodeType }) => nodeType === Node.TEXT_NODE)
    .map(({ data }) => data)
    .join("");
}

/** Let a text run in its own direction, as `unicode-bidi: plaintext` does in the page. */
function isolated(text) {
  return `\u2068${text}\u2069`;
}
