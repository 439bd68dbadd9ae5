import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { draggedPicture, isPictureDragged } from '../grid/dragged-picture.ts';
import { dropProblem, note, sending, stopSending } from '../state/dropped.ts';
import { searchGiven } from '../state/given.ts';
import { goTo } from '../state/location.ts';
import { texts } from '../texts/texts.ts';
import { shownText } from './file-name.ts';
import { givenIn } from './given-picture.ts';
import { Problem } from './problem.tsx';

/** What people drag from elsewhere: files, and pictures or links of other pages. */
const TAKEN = ['Files', 'text/uri-list'];

/** The whole page takes pictures that are dropped or pasted. */
export function DropTarget({ children }: { readonly children: ComponentChildren }): JSX.Element {
  const isOver = useSignal(false);
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const isWriting = event.target instanceof Element && event.target.closest('input, textarea') !== null;
      const given = givenIn(event.clipboardData);
      if (given.kind !== 'nothing' && (!isWriting || given.kind === 'file')) {
        event.preventDefault();
        searchGiven(given);
      }
    };
    document.addEventListener('paste', onPaste);
    return () => document.removeEventListener('paste', onPaste);
  }, []);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: who has no mouse chooses or pastes a file
    <div
      class="page"
      onDragOver={(event) => {
        if (isTaken(event.dataTransfer)) {
          event.preventDefault();
          isOver.value = true;
        }
      }}
      onDragLeave={(event) => {
        if (event.relatedTarget === null) {
          isOver.value = false;
        }
      }}
      onDragEnd={() => {
        isOver.value = false;
      }}
      onDrop={(event) => {
        isOver.value = false;
        if (isTaken(event.dataTransfer)) {
          event.preventDefault();
          drop(event);
        }
      }}
    >
      {children}
      {isOver.value && <div class="drop-over">{texts.home.dropTitle}</div>}
      {sending.value !== null && (
        <div class="progress" role="progressbar" aria-label={texts.give.sending(sending.value)} />
      )}
      <div class="toast">
        {sending.value !== null && (
          <p class="note" role="status">
            <span>{texts.give.sending(shownText(sending.value))}</span>
            <button type="button" onClick={stopSending}>
              {texts.give.stop}
            </button>
          </p>
        )}
        {note.value !== null && (
          <p class="note" role="status">
            <span>{shownText(note.value)}</span>
            <button
              type="button"
              onClick={() => {
                note.value = null;
              }}
            >
              {texts.actions.close}
            </button>
          </p>
        )}
        {dropProblem.value !== null && (
          <Problem
            error={dropProblem.value}
            onClose={() => {
              dropProblem.value = null;
            }}
          />
        )}
      </div>
    </div>
  );
}

function isTaken(data: DataTransfer | null): boolean {
  return data?.types.some((type) => TAKEN.includes(type)) ?? false;
}

/** A picture of the page itself is known; one that is let go where it was, was not meant to be dragged. */
function drop({ dataTransfer, target }: DragEvent): void {
  if (!isPictureDragged(dataTransfer)) {
    searchGiven(givenIn(dataTransfer));
    return;
  }
  const id = draggedPicture(dataTransfer);
  const at =
    target instanceof Element ? target.closest('.tile')?.querySelector(`[data-picture="${id}"]`) : null;
  if (id !== null && !at) {
    goTo({ view: 'search', query: { kind: 'picture', id, region: null }, filter: {} });
  }
}
