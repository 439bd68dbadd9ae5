import { type ProtobufField, readFields, readIntegers, readText } from './read-protobuf.ts';

/** What an ONNX file says of itself that ONNX Runtime does not pass on. Evidence for a probe, not proof. */
export interface GraphFacts {
  /** How many nodes of each operator there are. */
  readonly operators: ReadonlyMap<string, number>;
  /** Product of the strides of all convolutions: the patch side of a ViT. 1 when there are none. */
  readonly convolutionStride: number;
  /** Outputs of the Softmax nodes, in the order of the graph. */
  readonly softmaxOutputs: readonly string[];
  /** Names of files that hold weights outside of this one, ascending. */
  readonly dataFiles: readonly string[];
  /** Share of weights that are 16-bit floats, 0 to 1. */
  readonly halfShare: number;
}

// Field numbers of onnx.proto (ONNX project, Apache-2.0), as far as they are read here.
const MODEL = { graph: 7 };
const GRAPH = { node: 1, initializer: 5 };
const NODE = { output: 2, operator: 4, attribute: 5 };
const ATTRIBUTE = { name: 1, tensor: 5, integers: 8 };
const TENSOR = { dims: 1, dataType: 2, externalData: 13 };
const ENTRY = { key: 1, value: 2 };
const FLOAT16 = 10;

interface Tally {
  readonly operators: Map<string, number>;
  readonly softmaxOutputs: string[];
  readonly dataFiles: Set<string>;
  convolutionStride: number;
  weights: number;
  halfWeights: number;
}

/**
 * Reads the few fields of an ONNX file that tell how it was made.
 * @throws RangeError when the bytes are no ONNX file
 */
export function readGraphFacts(bytes: Uint8Array): GraphFacts {
  const tally: Tally = {
    operators: new Map(),
    softmaxOutputs: [],
    dataFiles: new Set(),
    convolutionStride: 1,
    weights: 0,
    halfWeights: 0,
  };
  for (const graph of fields(bytes, MODEL.graph)) {
    for (const field of readFields(graph.bytes)) {
      if (field.number === GRAPH.node) {
        readNode(field, tally);
      } else if (field.number === GRAPH.initializer) {
        readTensor(field, tally);
      }
    }
  }
  if (tally.operators.size === 0) {
    throw new RangeError('it has no graph');
  }
  return {
    operators: tally.operators,
    convolutionStride: tally.convolutionStride,
    softmaxOutputs: tally.softmaxOutputs,
    dataFiles: [...tally.dataFiles].sort(),
    halfShare: tally.halfWeights / Math.max(1, tally.weights),
  };
}

function* fields(message: Uint8Array, number: number): Generator<ProtobufField> {
  for (const field of readFields(message)) {
    if (field.number === number) {
      yield field;
    }
  }
}

function readNode({ bytes }: ProtobufField, tally: Tally): void {
  let operator = '';
  let output: string | null = null;
  const attributes: ProtobufField[] = [];
  for (const field of readFields(bytes)) {
    if (field.number === NODE.operator) {
      operator = readText(field);
    } else if (field.number === NODE.output) {
      output ??= readText(field);
    } else if (field.number === NODE.attribute) {
      attributes.push(field);
    }
  }
  tally.operators.set(operator, (tally.operators.get(operator) ?? 0) + 1);
  if (operator === 'Softmax' && output !== null) {
    tally.softmaxOutputs.push(output);
  }
  const isConvolution = operator === 'Conv' || operator === 'ConvInteger' || operator === 'QLinearConv';
  for (const attribute of attributes) {
    readAttribute(attribute, isConvolution, tally);
  }
}

function readAttribute({ bytes }: ProtobufField, isConvolution: boolean, tally: Tally): void {
  let name = '';
  const integers: number[] = [];
  for (const field of readFields(bytes)) {
    if (field.number === ATTRIBUTE.name) {
      name = readText(field);
    } else if (field.number === ATTRIBUTE.integers) {
      integers.push(...readIntegers(field));
    } else if (field.number === ATTRIBUTE.tensor) {
      readTensor(field, tally); // weights may also lie in Constant nodes
    }
  }
  if (isConvolution && name === 'strides') {
    tally.convolutionStride *= integers[0] ?? 1;
  }
}

function readTensor({ bytes }: ProtobufField, tally: Tally): void {
  let elements = 1;
  let dataType = 0;
  for (const field of readFields(bytes)) {
    if (field.number === TENSOR.dims) {
      elements *= readIntegers(field).reduce((product, dim) => product * dim, 1);
    } else if (field.number === TENSOR.dataType) {
      dataType = field.value;
    } else if (field.number === TENSOR.externalData) {
      readExternalData(field, tally);
    }
  }
  tally.weights += elements;
  tally.halfWeights += dataType === FLOAT16 ? elements : 0;
}

function readExternalData({ bytes }: ProtobufField, tally: Tally): void {
  let key = '';
  let value = '';
  for (const field of readFields(bytes)) {
    if (field.number === ENTRY.key) {
      key = readText(field);
    } else if (field.number === ENTRY.value) {
      value = readText(field);
    }
  }
  if (key === 'location') {
    tally.dataFiles.add(value);
  }
}
