/** The choice of one side of a comparison: what it is, and its value. */

import { createSelect } from "../../ui/controls.js";
import { h } from "../../lib/dom.js";
import { plural } from "../../lib/format.js";
import { capital, rising } from "../../store/filters.js";
import { readSide, sideInWords, writeSide } from "../../store/sides.js";
import { choicesOf, firstOfKind, kindChoices, kindOf } from "./side-kinds.js";

/**
 * Make the choice.
 * @param {{letter: "A" | "B", withOthers: boolean}} options
 * @param {(side: string) => void} choose
 * @returns {{element: HTMLElement, update: (side: string, other: string, n: number | null, overview: Overview) => void}}
 */
export function createSidePicker({ letter, withOthers }, choose) {
  const place = letter === "A" ? "left" : "right";
  let shown = null;
  const kind = createSelect(`Side ${letter}`, (value) => {
    const first = firstOfKind(value, shown.other, shown.overview);
    shown = { ...shown, typing: first === null ? value : null };
    if (first === null) draw();
    else choose(first);
  });
  const value = createSelect(`Value of side ${letter}`, (side) => side && choose(side));
  const dates = createDates(letter, choose);
  const search = createSearch(letter, choose);
  const words = h("p", { class: "tx-side-words tx-strong tx-anywhere", dir: "auto" });
  const facts = h("p", { class: "tx-detail" });
  const mark = h("span", { class: `tx-side-mark tx-side-${place}`, "aria-hidden": "true" }, letter);
  const element = h(
    "section",
    { class: `tx-side-picker tx-side-${place}`, "aria-label": `Side ${letter}` },
    h("div", { class: "tx-line-up" }, mark, words),
    h("div", { class: "tx-wrap tx-above-2" }, kind.element, value.element, dates.element, search.element),
    facts,
  );
  const draw = () => {
    const { side, overview, n, typing } = shown;
    const now = typing ?? kindOf(side);
    kind.update(kindChoices(overview, now, withOthers), now);
    const sides = choicesOf(now, overview);
    const isListed = sides.some(([listed]) => listed === side);
    value.update(isListed ? sides : [["", now === "period" ? "Other dates" : "Other value"], ...sides], isListed ? side : "");
    value.element.hidden = sides.length === 0;
    dates.element.hidden = now !== "period";
    search.element.hidden = now !== "search";
    dates.update(side);
    search.update(typing ? "" : readSide(side).q, typing !== null);
    words.textContent = typing ? "Type words to search for" : capital(sideInWords(side, overview));
    facts.textContent = n === null || typing ? "" : plural(n, "document");
  };
  const update = (side, other, n, overview) => {
    const isSame = shown !== null && shown.side === side;
    shown = { side, other, n, overview, typing: isSame ? shown.typing : null };
    draw();
  };
  return { element, update };
}

function createDates(letter, choose) {
  const inputs = ["From", "To"].map((name) => h("input", { type: "date", class: "tx-input", "aria-label": `${name}, side ${letter}` }));
  const [from, to] = inputs;
  const send = () => {
    const ends = rising(from.value || null, to.value || null);
    if (ends.some(Boolean)) choose(writeSide({ from: ends[0], to: ends[1] }));
  };
  for (const input of inputs) input.addEventListener("change", send);
  const element = h("span", { class: "tx-side-dates tx-wrap" }, from, to);
  const update = (side) => {
    const filters = readSide(side);
    const days = [filters.from, filters.to];
    for (const [i, input] of inputs.entries()) {
      if (input !== document.activeElement || input.value === "") input.value = days[i] ?? "";
    }
  };
  return { element, update };
}

function createSearch(letter, choose) {
  const input = h("input", { type: "search", class: "tx-input", dir: "auto", maxlength: "200", "aria-label": `Search of side ${letter}` });
  input.addEventListener("change", () => input.value.trim() && choose(writeSide({ q: input.value.trim() })));
  const update = (q, isNew) => {
    if (isNew && input.value !== "" && document.activeElement !== input) input.value = "";
    else if (!isNew && document.activeElement !== input) input.value = q;
  };
  return { element: input, update };
}
