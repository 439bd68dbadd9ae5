let isKey = false;

addEventListener(
  'keydown',
  () => {
    isKey = true;
  },
  true,
);
addEventListener(
  'pointerdown',
  () => {
    isKey = false;
  },
  true,
);

/** Whether somebody works with the keyboard: then what has the focus leads on. */
export function isByKeyboard(): boolean {
  return isKey;
}
