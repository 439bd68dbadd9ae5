import type { PassedOver } from './scan-rules.ts';

/** Why a scan did not find a known path. */
export type Absence =
  /** The folder that held it was listed, on the same device, without it. */
  | { readonly kind: 'gone' }
  /** There is a folder by its name. */
  | { readonly kind: 'folder' }
  | ({ readonly kind: 'passed over' } & PassedOver)
  | {
      readonly kind: 'away';
      readonly place: string;
      /** What is the matter there, and what to do. */
      readonly reason: string;
      /** Whether a person can know better that it is gone (`--allow-empty`). */
      readonly canBeConfirmed: boolean;
    };

/** Nobody can tell that it is gone. */
export function away(place: string, reason: string, canBeConfirmed = false): Absence {
  return { kind: 'away', place, reason, canBeConfirmed };
}
