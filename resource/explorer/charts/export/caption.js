/** What a saved picture says of its data: the line below its title. The page sets it whenever its state changes. */

let now = { line: "", name: "" };

/** @param {{line: string, name: string}} caption line of words, and what is added to the name of the file */
export function setCaption(caption) {
  now = caption;
}

/** @returns {{line: string, name: string}} */
export function caption() {
  return now;
}
