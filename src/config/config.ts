import type { Device } from '../domain/device.ts';
import type { InputRecipe } from '../domain/model.ts';
import type { PictureLimits } from '../domain/picture-limits.ts';

/** What every command needs to know, whole and validated. */
export interface Config {
  /** Absolute path of the library folder. */
  readonly library: string;
  /** Whether a person named it; else it is `data/library` in the working folder. */
  readonly isLibraryNamed: boolean;
  /** Model id or folder that was asked for; null means the library's own, or the bundled one for a new library. */
  readonly model: string | null;
  /** Folder in which models lie beside the bundled one, absolute. */
  readonly modelsFolder: string;
  /** What forward passes run on. */
  readonly device: Device;
  /** How pictures are fitted into the model's input; null means as the library does, or as the model says. */
  readonly resize: InputRecipe['resize'] | null;
  /** Side of the square that pictures become, in pixels; null likewise. */
  readonly inputSize: number | null;
  /** Whether the network must be left alone. */
  readonly isOffline: boolean;
  readonly limits: PictureLimits;
}
