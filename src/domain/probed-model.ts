import type { ModelManifest } from './model.ts';

/** What a person knows of an ONNX file, for where its behaviour leaves a doubt. */
export interface ProbeHints {
  readonly patchSize: number | null;
  readonly registers: number | null;
  /** Name of the output that holds the tokens. */
  readonly output: string | null;
}

type Probed =
  | 'input'
  | 'outputs'
  | 'patchSize'
  | 'registers'
  | 'dimensions'
  | 'heads'
  | 'dtype'
  | 'batchSafe';

/** What an unknown ONNX file was found to be. */
export interface ProbedModel extends Pick<ModelManifest, Probed> {
  /** Names of the files beside it that hold its weights. */
  readonly dataFiles: readonly string[];
  /** One forward pass of one picture, milliseconds, the quickest seen. */
  readonly elapsedMs: number;
  /** What was seen and what follows from it, a sentence each. */
  readonly evidence: readonly string[];
}

/**
 * Looks at an ONNX file that nothing is known of.
 * @throws EideticError MODEL_UNAVAILABLE with what keeps it from being understood
 */
export type ProbeModel = (file: string, hints: ProbeHints) => Promise<ProbedModel>;
