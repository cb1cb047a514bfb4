/**
 * Paint a chart onto a canvas, element by element: a strict content policy does not let the browser load a drawing as
 * a picture. It knows the elements our charts are made of: rect, circle, line, path, text.
 */

/**
 * @param {SVGElement} svg shown in the page
 * @param {number} scale pixels for each CSS pixel
 * @returns {HTMLCanvasElement}
 */
export function paint(svg, scale) {
  const { width, height } = svg.getBoundingClientRect();
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext("2d");
  context.scale(scale, scale);
  context.fillStyle = getComputedStyle(svg).getPropertyValue("--tx-paper") || "#fff";
  context.fillRect(0, 0, width, height);
  const base = svg.getScreenCTM().inverse();
  for (const element of svg.querySelectorAll("rect, circle, line, path, text")) paintElement(context, element, base, scale);
  return canvas;
}

function paintElement(context, element, base, scale) {
  const style = getComputedStyle(element);
  if (style.display === "none" || style.visibility === "hidden") return;
  const { a, b, c, d, e, f } = base.multiply(element.getScreenCTM());
  context.setTransform(scale * a, scale * b, scale * c, scale * d, scale * e, scale * f);
  context.globalAlpha = opacityOf(element);
  if (element.tagName === "text") paintText(context, element, style);
  else paintShape(context, outline(element), style);
}

/** An element is as faint as it and all groups around it together. */
function opacityOf(element) {
  let opacity = 1;
  for (let node = element; node && node.tagName !== "svg"; node = node.parentNode) opacity *= Number(getComputedStyle(node).opacity);
  return opacity;
}

function outline(element) {
  const number = (name) => Number(element.getAttribute(name) ?? 0);
  const path = new Path2D(element.tagName === "path" ? element.getAttribute("d") ?? "" : undefined);
  if (element.tagName === "rect") path.roundRect(number("x"), number("y"), number("width"), number("height"), number("rx"));
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
  if (style.stroke !== "none") {
    context.globalAlpha = opacity * Number(style.strokeOpacity);
    context.strokeStyle = style.stroke;
    context.lineWidth = parseFloat(style.strokeWidth) || 1;
    context.setLineDash(style.strokeDasharray === "none" ? [] : style.strokeDasharray.split(",").map(parseFloat));
    context.stroke(path);
  }
}

function paintText(context, element, style) {
  context.fillStyle = style.fill;
  context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  context.textAlign = { middle: "center", end: "right" }[style.textAnchor] ?? "left";
  context.textBaseline = { central: "middle", middle: "middle", hanging: "hanging" }[style.dominantBaseline] ?? "alphabetic";
  const number = (name) => Number(element.getAttribute(name) ?? 0);
  context.fillText(element.textContent, number("x"), number("y"));
}
