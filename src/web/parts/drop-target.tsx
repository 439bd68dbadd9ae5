import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { dropProblem, isSending } from '../state/dropped.ts';
import { texts } from '../texts/texts.ts';
import { Problem } from './problem.tsx';

/** The whole page takes pictures that are dropped or pasted. */
export function DropTarget(props: {
  readonly onPicture: (picture: File) => void;
  readonly children: ComponentChildren;
}): JSX.Element {
  const isOver = useSignal(false);
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const picture = firstPicture(event.clipboardData);
      if (picture !== null) {
        event.preventDefault();
        props.onPicture(picture);
      }
    };
    document.addEventListener('paste', onPaste);
    return () => document.removeEventListener('paste', onPaste);
  }, [props.onPicture]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: who has no mouse chooses or pastes a file
    <div
      class="page"
      onDragOver={(event) => {
        if (event.dataTransfer?.types.includes('Files')) {
          event.preventDefault();
          isOver.value = true;
        }
      }}
      onDragLeave={(event) => {
        if (event.relatedTarget === null) {
          isOver.value = false;
        }
      }}
      onDrop={(event) => {
        isOver.value = false;
        const picture = firstPicture(event.dataTransfer);
        if (picture !== null) {
          event.preventDefault();
          props.onPicture(picture);
        }
      }}
    >
      {props.children}
      {isOver.value && <div class="drop-over">{texts.home.dropTitle}</div>}
      {isSending.value && <div class="progress" role="progressbar" aria-label={texts.home.dropTitle} />}
      {dropProblem.value !== null && (
        <div class="toast">
          <Problem
            error={dropProblem.value}
            onClose={() => {
              dropProblem.value = null;
            }}
          />
        </div>
      )}
    </div>
  );
}

function firstPicture(data: DataTransfer | null): File | null {
  return data?.files[0] ?? null;
}
