import { readFile } from 'node:fs/promises';
import type { InputRecipe, ModelManifest } from '../domain/model.ts';
import type { ProbedModel, ProbeHints } from '../domain/probed-model.ts';
import { chooseLayout } from './choose-layout.ts';
import { chooseTokensOutput, type TokensOutput } from './choose-tokens-output.ts';
import { findPooledToken, requireLivingCls } from './cls-token.ts';
import { countLeadingTokens } from './count-leading-tokens.ts';
import { describeAttention, describeInput, describeOutput } from './describe-evidence.ts';
import { findAttention } from './find-attention.ts';
import { findBaseSize, findOtherSizes, trySize, type WorkingSize } from './find-sizes.ts';
import { type BatchBehaviour, probeBatch } from './probe-batch.ts';
import { openProbeSession, type ProbeSession, refusal } from './probe-session.ts';
import { type GraphFacts, readGraphFacts } from './read-graph-facts.ts';
import type { TokenLayout } from './solve-layouts.ts';

/** Of ImageNet, which every published DINO model is normalized with. */
const IMAGENET = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } as const;

/**
 * Finds out what an ONNX file is, by its graph, its shapes and how it behaves; see ProbeModel. Blocks its thread.
 * The color normalization cannot be seen from outside and is taken to be ImageNet's.
 * @throws EideticError MODEL_UNAVAILABLE saying what is not understood
 */
export async function probeModel(file: string, hints: ProbeHints): Promise<ProbedModel> {
  const facts = await readFacts(file);
  const session = await openProbeSession(file, file);
  try {
    return await probe(file, session, facts, hints);
  } finally {
    await session.release();
  }
}

async function readFacts(file: string): Promise<GraphFacts> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw refusal(file, `it cannot be read (${(cause as Error).message}).`, cause);
  });
  try {
    return readGraphFacts(bytes);
  } catch (cause) {
    throw refusal(file, `it is no ONNX file (${(cause as Error).message}).`, cause);
  }
}

async function probe(
  file: string,
  session: ProbeSession,
  facts: GraphFacts,
  hints: ProbeHints,
): Promise<ProbedModel> {
  const first = await findBaseSize(file, session);
  const output = chooseTokensOutput(file, first.outputs, hints.output);
  const others = await findOtherSizes(session, first);
  const isDynamic = others.length > 0 && (output.kind === 'cls' || gridsDiffer(output, [first, ...others]));
  const layout =
    output.kind === 'cls'
      ? null
      : chooseLayout(
          file,
          (isDynamic ? [first, ...others] : [first]).map((size) => countOf(size, output)),
          facts.convolutionStride,
          hints,
        );
  const multipleOf = layout?.patchSize ?? facts.convolutionStride;
  const base = isDynamic ? await fitGrid(file, session, first, multipleOf) : first;
  await requireLivingCls(file, session, base, output);
  if (layout !== null) {
    await requireLeadingCls(file, session, base, output, layout, hints);
  }
  const batch = quantizesByBatch(facts) ?? (await probeBatch(session, base, output.name, output.dimensions));
  const elapsedMs = session.quickestMs;
  const tokens = layout === null ? null : countOf(base, output).tokens;
  const attention = tokens === null ? null : await findAttention(file, facts, base, tokens);
  return {
    input: recipe(session.input.name, base, isDynamic, multipleOf),
    outputs: { tokens: output.name, attentions: attention?.name ?? null },
    patchSize: layout?.patchSize ?? null,
    registers: layout === null ? 0 : layout.specials - 1,
    dimensions: output.dimensions,
    heads: attention?.heads ?? null,
    dtype: dtypeOf(facts),
    batchSafe: batch.isSafe,
    dataFiles: facts.dataFiles,
    elapsedMs,
    evidence: [
      describeInput(session.input.name, base, isDynamic, multipleOf),
      describeOutput(output, tokens, layout),
      describeAttention(attention),
      `Its weights are ${dtypeOf(facts)}.`,
      batch.evidence,
      `One picture takes ${elapsedMs.toFixed(0)} ms.`,
    ],
  };
}

/** Dynamic quantization scales by the largest value of the whole batch, whether two pictures show it or not. */
function quantizesByBatch({ operators }: GraphFacts): BatchBehaviour | null {
  const operator = [...operators.keys()].find((name) => name.startsWith('DynamicQuantize'));
  return operator === undefined
    ? null
    : {
        isSafe: false,
        evidence: `It quantizes while it runs (${operator}): pictures are embedded one at a time.`,
      };
}

/** A model that scales its pictures itself takes all sizes, yet gives the same grid for each. */
function gridsDiffer(output: TokensOutput, sizes: readonly WorkingSize[]): boolean {
  return new Set(sizes.map((size) => countOf(size, output).tokens)).size > 1;
}

function countOf(size: WorkingSize, output: TokensOutput) {
  const tokens = size.outputs.get(output.name)?.dims[1] ?? 0;
  return { height: size.height, width: size.width, tokens };
}

/** The usual size, made a multiple of the patch side. */
async function fitGrid(
  file: string,
  session: ProbeSession,
  size: WorkingSize,
  multipleOf: number,
): Promise<WorkingSize> {
  const side = Math.floor(size.height / multipleOf) * multipleOf;
  if (side === size.height || side === 0) {
    return size;
  }
  const fitted = await trySize(session, side, side);
  if (fitted instanceof Error) {
    throw refusal(file, `it works at ${size.height} pixels, but not at ${side}, a multiple of its patches.`);
  }
  return fitted;
}

async function requireLeadingCls(
  file: string,
  session: ProbeSession,
  base: WorkingSize,
  output: TokensOutput,
  layout: TokenLayout,
  hints: ProbeHints,
): Promise<void> {
  const pooled = findPooledToken(base.outputs, output);
  if (pooled !== null && pooled !== 0) {
    throw refusal(file, `its pooled output is token ${pooled}, expected the CLS token to be the first.`);
  }
  const grid = { ...base, ...output, output: output.name, patchSize: layout.patchSize };
  const leading = await countLeadingTokens(session, grid);
  if (leading === null && hints.registers === null) {
    throw refusal(
      file,
      `its tokens do not tell which of them belong to patches; if the first is CLS and ${layout.specials - 1} registers follow, say --registers ${layout.specials - 1}.`,
    );
  }
  if (leading !== null && leading !== layout.specials) {
    throw refusal(
      file,
      `${leading} of its ${layout.specials} special tokens stand before the patches, expected all of them, CLS first.`,
    );
  }
}

function recipe(
  name: string,
  { height, width }: WorkingSize,
  dynamic: boolean,
  multipleOf: number,
): InputRecipe {
  return {
    name,
    height,
    width,
    dynamic,
    multipleOf: dynamic ? multipleOf : 1,
    resize: 'squash',
    resizeTo: height,
    kernel: 'cubic',
    ...IMAGENET,
  };
}

function dtypeOf({ operators, halfShare }: GraphFacts): ModelManifest['dtype'] {
  const names = [...operators.keys()];
  if (names.includes('MatMulNBits')) {
    return 'int4';
  }
  if (names.some((name) => /Quantize|Integer|QLinear/.test(name))) {
    return 'int8';
  }
  return halfShare > 0.5 ? 'float16' : 'float32';
}
