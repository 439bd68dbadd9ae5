import { useEffect } from 'preact/hooks';
import { texts } from '../texts/texts.ts';

/** Names the tab, and the entry of the history, after what is shown. @param name as it may be shown; empty for nothing */
export function useTitle(name: string): void {
  useEffect(() => {
    document.title = name === '' ? texts.appName : `${name} – ${texts.appName}`;
  }, [name]);
}
