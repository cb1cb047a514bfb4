/** Write a report as one HTML file that needs nothing else: its styles are inside, and it has no script. */

import { h } from "../../../lib/dom.js";

const METAS = [
  '<meta charset="utf-8">',
  // A browser that opens the file loads and runs nothing, whatever the texts hold.
  `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
  '<meta name="viewport" content="width=device-width, initial-scale=1">',
];

/**
 * Write the file.
 * @param {HTMLElement} report
 * @param {string} title
 * @param {string} styles see `usedStyles`
 * @returns {string}
 */
export function reportFile(report, title, styles) {
  // A style element, even one outside of the page, would violate its content policy; the elements escape their texts.
  const named = h("title", {}, title).outerHTML;
  const head = [...METAS, named, `<style>\n${styles.replaceAll("</", "<\\/")}\n</style>`].join("\n");
  return `<!DOCTYPE html>\n<html lang="en">\n<head>\n${head}\n</head>\n<body>\n${report.outerHTML}\n</body>\n</html>\n`;
}

/**
 * Collect the rules of the page's style sheets that a report uses, in their order; it is light on any screen.
 * @param {Document} page @param {HTMLElement} report
 * @returns {string}
 */
export function usedStyles(page, report) {
  const rules = [...page.styleSheets].flatMap((sheet) => usedRules(rulesOf(sheet), report));
  return [...rules, ":root { color-scheme: light; background: #fff; }"].join("\n");
}

/** The rules of a style sheet from another host cannot be read; none of the page's own is there. */
function rulesOf(sheet) {
  try {
    return [...sheet.cssRules];
  } catch (error) {
    if (error instanceof DOMException) return [];
    throw error;
  }
}

function usedRules(rules, report) {
  return rules.flatMap((rule) => {
    if (rule instanceof CSSImportRule) return rule.styleSheet ? usedRules(rulesOf(rule.styleSheet), report) : [];
    if (rule instanceof CSSMediaRule) return usedMedia(rule, report);
    if (rule instanceof CSSPageRule) return [rule.cssText];
    return rule instanceof CSSStyleRule && isUsed(rule.selectorText, report) ? [rule.cssText] : [];
  });
}

function usedMedia(rule, report) {
  const condition = rule.conditionText;
  if (condition.includes("dark")) return [];
  const inner = usedRules([...rule.cssRules], report);
  return inner.length ? [`@media ${condition} {\n${inner.join("\n")}\n}`] : [];
}

function isUsed(selector, report) {
  if (selector === ":root" || selector === "body") return true;
  return report.matches(selector) || report.querySelector(selector) !== null;
}
