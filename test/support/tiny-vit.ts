import {
  type OnnxAttributes,
  type OnnxNode,
  type OnnxTensor,
  type OnnxValue,
  writeOnnx,
} from './onnx-writer.ts';
import { seededRandom } from './seeded-random.ts';

/** A Vision Transformer of one block with random weights, as small as it can be and still behave like one. */
export interface TinyVit {
  readonly dimensions: number;
  readonly patchSize: number;
  readonly heads: number;
  readonly registers: number;
  /** Pixels of a fixed size, or null for any multiple of the patch side. */
  readonly side: number | null;
  /** `tokens`, the CLS token alone, or tokens and a pooled copy of one of them. */
  readonly output: 'tokens' | 'cls' | 'tokens-and-pooled';
  /** Where CLS and registers stand. */
  readonly specials: 'first' | 'last' | 'none';
  readonly declaresAttention: boolean;
  /** Multiplies by DynamicQuantizeLinear and MatMulInteger, as dynamic int8 quantization does. */
  readonly isQuantized: boolean;
  /** Number of the batch dimension, or null for any. */
  readonly batch: number | null;
  /** Name of the file that holds the patch embedding, or null to keep it inside. */
  readonly dataFile: string | null;
  /** Row that the pooled output copies. */
  readonly pooledToken: number;
  /** Whether tokens look at each other; without it the CLS token is a constant. */
  readonly hasAttention: boolean;
}

const DEFAULTS: TinyVit = {
  dimensions: 384,
  patchSize: 16,
  heads: 6,
  registers: 0,
  side: null,
  output: 'tokens',
  specials: 'first',
  declaresAttention: false,
  isQuantized: false,
  batch: null,
  dataFile: null,
  pooledToken: 0,
  hasAttention: true,
};

/** Values a patch is first reduced to; keeps the file small. */
const BOTTLENECK = 12;

/** An ONNX file and, when asked for, the file with a part of its weights. */
export interface TinyModel {
  readonly onnx: Uint8Array;
  readonly data: Uint8Array | null;
}

export function tinyVit(wanted: Partial<TinyVit> = {}): TinyModel {
  const vit = { ...DEFAULTS, ...wanted };
  const graph = new Graph(7);
  graph.vitTokens(vit);
  const size = vit.side ?? 'height';
  const batch = vit.batch ?? 'batch';
  const outputs = graph.vitOutputs(vit, batch);
  const input = { name: 'pixel_values', dims: [batch, 3, size, vit.side ?? 'width'] };
  const onnx = writeOnnx({ nodes: graph.nodes, tensors: graph.tensors, inputs: [input], outputs });
  const external = graph.tensors.find(({ location }) => location !== undefined);
  return { onnx, data: external === undefined ? null : new Uint8Array(external.data.buffer) };
}

class Graph {
  readonly nodes: OnnxNode[] = [];
  readonly tensors: OnnxTensor[] = [];
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  /** Patches by convolution, CLS and registers beside them, one block of attention: ends in `tokens`. */
  vitTokens(vit: TinyVit): void {
    const { dimensions, patchSize } = vit;
    this.#weights('patch_weights', [BOTTLENECK, 3, patchSize, patchSize], 0.04, vit.dataFile);
    const strides = [patchSize, patchSize];
    this.#node('Conv', ['pixel_values', 'patch_weights'], 'grid', { kernel_shape: strides, strides });
    this.#node('Reshape', ['grid', this.#shape([0, BOTTLENECK, -1])], 'columns');
    this.#node('Transpose', ['columns'], 'narrow', { perm: [0, 2, 1] });
    this.#multiply(vit, 'narrow', 'patches');
    if (vit.specials === 'none') {
      this.#node('Identity', ['patches'], 'sequence');
    } else {
      const count = 1 + vit.registers;
      this.#weights('special_tokens', [1, count, dimensions], 1, null);
      this.#node('Shape', ['patches'], 'batch_size', { start: 0, end: 1 });
      this.#node('Concat', ['batch_size', this.#shape([count, dimensions])], 'special_shape', { axis: 0 });
      this.#node('Expand', ['special_tokens', 'special_shape'], 'specials');
      const order = vit.specials === 'first' ? ['specials', 'patches'] : ['patches', 'specials'];
      this.#node('Concat', order, 'sequence', { axis: 1 });
    }
    this.#attend(vit);
  }

  /** Names the outputs that the model shall have. */
  vitOutputs(vit: TinyVit, batch: number | string): OnnxValue[] {
    const { dimensions, heads } = vit;
    if (vit.output !== 'tokens') {
      this.tensors.push({ name: 'row', dims: [], data: BigInt64Array.of(BigInt(vit.pooledToken)) });
    }
    if (vit.output === 'cls') {
      this.#node('Gather', ['tokens', 'row'], 'embedding', { axis: 1 });
      return [{ name: 'embedding', dims: [batch, dimensions] }];
    }
    this.#node('Identity', ['tokens'], 'last_hidden_state');
    const outputs: OnnxValue[] = [{ name: 'last_hidden_state', dims: [batch, 'tokens', dimensions] }];
    if (vit.output === 'tokens-and-pooled') {
      this.#node('Gather', ['tokens', 'row'], 'pooler_output', { axis: 1 });
      outputs.push({ name: 'pooler_output', dims: [batch, dimensions] });
    }
    if (vit.declaresAttention) {
      outputs.push({ name: 'attention', dims: [batch, heads, 'tokens', 'tokens'] });
    }
    return outputs;
  }

  #attend({ dimensions, heads, hasAttention }: TinyVit): void {
    if (!hasAttention) {
      this.#node('Identity', ['sequence'], 'tokens');
      return;
    }
    this.#node('Reshape', ['sequence', this.#shape([0, -1, heads, dimensions / heads])], 'split');
    this.#node('Transpose', ['split'], 'values', { perm: [0, 2, 1, 3] });
    this.#node('Transpose', ['split'], 'keys', { perm: [0, 2, 3, 1] });
    this.#node('MatMul', ['values', 'keys'], 'products');
    this.tensors.push({ name: 'scale', dims: [], data: Float32Array.of(1 / Math.sqrt(dimensions)) });
    this.#node('Mul', ['products', 'scale'], 'scores');
    this.#node('Softmax', ['scores'], 'attention', { axis: -1 });
    this.#node('MatMul', ['attention', 'values'], 'mixed');
    this.#node('Transpose', ['mixed'], 'joined', { perm: [0, 2, 1, 3] });
    this.#node('Reshape', ['joined', this.#shape([0, -1, dimensions])], 'attended');
    this.#node('Add', ['sequence', 'attended'], 'tokens');
  }

  /** To the full dimensions, in float or with the activations quantized by one scale for the whole batch. */
  #multiply({ dimensions, isQuantized }: TinyVit, from: string, to: string): void {
    if (!isQuantized) {
      this.#weights('widen', [BOTTLENECK, dimensions], 1, null);
      this.#node('MatMul', [from, 'widen'], to);
      return;
    }
    const integers = Uint8Array.from({ length: BOTTLENECK * dimensions }, () =>
      Math.floor(this.#random() * 256),
    );
    this.tensors.push({ name: 'widen', dims: [BOTTLENECK, dimensions], data: integers });
    this.tensors.push({ name: 'widen_zero', dims: [], data: Uint8Array.of(128) });
    this.tensors.push({ name: 'widen_scale', dims: [], data: Float32Array.of(1 / 128) });
    this.nodes.push({
      operator: 'DynamicQuantizeLinear',
      inputs: [from],
      outputs: ['quantized', 'quantized_scale', 'quantized_zero'],
    });
    this.#node('MatMulInteger', ['quantized', 'widen', 'quantized_zero', 'widen_zero'], 'integers');
    this.#node('Cast', ['integers'], 'floats', { to: 1 });
    this.#node('Mul', ['quantized_scale', 'widen_scale'], 'both_scales');
    this.#node('Mul', ['floats', 'both_scales'], to);
  }

  #node(operator: string, inputs: readonly string[], output: string, attributes: OnnxAttributes = {}): void {
    this.nodes.push({ operator, inputs, outputs: [output], attributes });
  }

  #weights(name: string, dims: readonly number[], scale: number, location: string | null): void {
    const length = dims.reduce((product, dim) => product * dim, 1);
    const data = Float32Array.from({ length }, () => (this.#random() * 2 - 1) * scale);
    this.tensors.push({ name, dims, data, ...(location === null ? {} : { location }) });
  }

  #shape(values: readonly number[]): string {
    const name = `shape_${this.tensors.length}`;
    this.tensors.push({ name, dims: [values.length], data: BigInt64Array.from(values, BigInt) });
    return name;
  }
}
