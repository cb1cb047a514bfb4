/** Copy a text, also where browsers offer no clipboard: without https, or in a frame that is not allowed to use it. */

/**
 * @param {Window} page @param {string} text
 * @returns {Promise<boolean>} whether it was copied
 */
export async function copyText(page, text) {
  try {
    await page.navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(page.document, text); // no clipboard, or not allowed
  }
}

function copySelected(page, text) {
  const field = page.createElement("textarea");
  field.className = "tx-sr-only";
  field.value = text;
  const focused = page.activeElement;
  // Behind an open dialog nothing can be selected.
  (page.querySelector("dialog[open]") ?? page.body).append(field);
  field.select();
  const isCopied = page.execCommand("copy");
  field.remove();
  focused?.focus({ preventScroll: true });
  return isCopied;
}
