/**
 * Puts a text into the clipboard. A page over plain http from another machine has no clipboard of its own: there the
 * browser copies what is selected.
 * @returns whether it did
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  }
}

function copySelected(text: string): boolean {
  const { activeElement } = document;
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'unseen';
  document.body.append(field);
  field.select();
  const isCopied = document.execCommand('copy');
  field.remove();
  (activeElement as HTMLElement | null)?.focus();
  return isCopied;
}
