import type { JSX } from 'preact';
import { Notice } from '../parts/notice.tsx';
import { type Connection, connect, type Trouble } from '../state/server.ts';
import { texts } from '../texts/texts.ts';

type Outside = { readonly kind: 'connecting' } | Exclude<Trouble, { readonly kind: 'needs key' }>;

/** What is to be seen before the server has answered for the first time. */
export function EntranceView({ state }: { readonly state: Extract<Connection, Outside> }): JSX.Element {
  const words = texts.state;
  const again = () => void connect();
  switch (state.kind) {
    case 'connecting':
      return <Notice text={words.connecting} isLate />;
    case 'offline':
      return <Notice text={words.offline} detail={words.offlineHint} onRetry={again} />;
    case 'busy':
      return <Notice text={words.busy} detail={words.busyHint} />;
    case 'not ready':
      switch (state.status.state) {
        case 'lost':
          return <Notice text={words.lost} server={state.status.problem} onRetry={again} />;
        case 'stopping':
          return <Notice text={words.stopping} detail={words.stoppingHint} />;
        default:
          return <Notice text={words.starting} detail={words.startingHint} isWorking />;
      }
  }
}
