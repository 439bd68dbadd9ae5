/** Whether a key is meant for what has the focus: a field that takes text or a choice. */
export function isTyping({ target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  const isField =
    target instanceof Element && target.closest('input:not([type=range]), select, textarea') !== null;
  return isField || ctrlKey || metaKey || altKey;
}
