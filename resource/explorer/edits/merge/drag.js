/** Drag a topic in the list: onto another one to merge them, after a preview; onto a super-topic to move it there. */

const TYPE = "application/x-text-explorer-topic";

/**
 * Make an item of the list draggable, and a drop target for the others.
 * @param {HTMLElement} item @param {{id: number}} topic
 * @param {{openMerge: (id: number, into: number) => void, editsOn: () => boolean}} actions
 * @returns {HTMLElement} the same item
 */
export function makeMergeTarget(item, topic, actions) {
  if (!actions.editsOn()) return item;
  item.draggable = true;
  item.addEventListener("dragstart", (event) => {
    event.dataTransfer.setData(TYPE, String(topic.id));
    event.dataTransfer.effectAllowed = "move";
  });
  return makeTarget(item, (dragged) => dragged !== topic.id && actions.openMerge(dragged, topic.id));
}

/**
 * Make the head of a super-topic a drop target for topics.
 * @param {HTMLElement} item @param {number} id
 * @param {Actions} actions
 * @returns {HTMLElement} the same item
 */
export function makeMoveTarget(item, id, actions) {
  return makeTarget(item, (dragged) => actions.moveToSuperTopic(dragged, id));
}

function makeTarget(item, drop) {
  const over = (event) => {
    // The dragged data can only be read on drop; its type tells a topic from a file or a word.
    if (!event.dataTransfer.types.includes(TYPE)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "move";
    item.classList.add("tx-drop");
  };
  item.addEventListener("dragenter", over);
  item.addEventListener("dragover", over);
  item.addEventListener("dragleave", () => item.classList.remove("tx-drop"));
  item.addEventListener("drop", (event) => {
    item.classList.remove("tx-drop");
    const dragged = event.dataTransfer.getData(TYPE);
    if (!/^\d{1,9}$/.test(dragged)) return;
    event.preventDefault();
    drop(Number(dragged));
  });
  return item;
}
