import { type ProbeOutput, refusal } from './probe-session.ts';

/** The output that embeddings are read from. */
export interface TokensOutput {
  readonly name: string;
  /** `tokens`: [1, tokens, dimensions]; `cls`: [1, dimensions], the CLS embedding alone. */
  readonly kind: 'tokens' | 'cls';
  readonly dimensions: number;
}

/** What exports of Vision Transformers call their tokens. */
const USUAL_NAME = 'last_hidden_state';

/** Fewer values than this are no embedding; classifiers and detectors have such outputs. */
const LEAST_DIMENSIONS = 32;

/**
 * Chooses the output that holds tokens, or else the one that holds an embedding of the whole picture.
 * @param outputs of one picture
 * @param named what the person asked for, or null
 * @throws EideticError MODEL_UNAVAILABLE when none fits, or several do
 */
export function chooseTokensOutput(
  file: string,
  outputs: ReadonlyMap<string, ProbeOutput>,
  named: string | null,
): TokensOutput {
  const fitting = [...outputs].flatMap(([name, { dims }]) => describe(name, dims));
  const shapes = [...outputs].map(([name, { dims }]) => `${name} [${dims.join(', ')}]`).join(', ');
  if (named !== null) {
    const wanted = fitting.find(({ name }) => name === named);
    if (wanted === undefined) {
      throw refusal(file, `its output "${named}" cannot hold embeddings; it has ${shapes}.`);
    }
    return wanted;
  }
  const candidates = [fitting.filter(({ kind }) => kind === 'tokens'), fitting].find(
    (some) => some.length > 0,
  );
  const chosen =
    candidates?.length === 1 ? candidates[0] : candidates?.find(({ name }) => name === USUAL_NAME);
  if (chosen === undefined) {
    const expected = 'float32 [batch, tokens, dimensions] or [batch, dimensions]';
    throw refusal(
      file,
      candidates === undefined
        ? `found the outputs ${shapes || 'none of float32'}, expected ${expected}.`
        : `found several outputs that could hold the embedding: ${shapes}; name the right one with --output.`,
    );
  }
  if (chosen.name === 'logits') {
    throw refusal(
      file,
      'its output "logits" holds the classes of a classifier rather than an embedding; --output logits takes it all the same.',
    );
  }
  return chosen;
}

function describe(name: string, dims: readonly number[]): TokensOutput[] {
  const dimensions = dims.at(-1) ?? 0;
  const isOnePicture = dims[0] === 1 && dimensions >= LEAST_DIMENSIONS;
  if (isOnePicture && dims.length === 3 && (dims[1] ?? 0) > 1) {
    return [{ name, kind: 'tokens', dimensions }];
  }
  return isOnePicture && dims.length === 2 ? [{ name, kind: 'cls', dimensions }] : [];
}
