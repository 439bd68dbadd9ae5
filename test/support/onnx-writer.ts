// Writes ONNX files by hand, as far as the tests need them (onnx.proto of the ONNX project).

type Field = Uint8Array;

/** An attribute of a node. Whole numbers become `i` or `ints`. */
export type OnnxAttributes = Readonly<Record<string, number | readonly number[]>>;

/** An operator with the names of what goes in and comes out. */
export interface OnnxNode {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: OnnxAttributes;
}

/** A constant of the graph. `location` puts its bytes into a file of its own, beside the ONNX file. */
export interface OnnxTensor {
  readonly name: string;
  readonly dims: readonly number[];
  readonly data: Float32Array | BigInt64Array | Uint8Array;
  readonly location?: string;
}

/** An input or output; a text is a dimension of any size. */
export interface OnnxValue {
  readonly name: string;
  readonly dims: ReadonlyArray<number | string>;
  readonly type?: 'float32' | 'uint8';
}

const TYPES = { float32: 1, uint8: 2, int64: 7 } as const;

/** The bytes of an ONNX file of opset 17. */
export function writeOnnx(graph: {
  readonly nodes: readonly OnnxNode[];
  readonly tensors: readonly OnnxTensor[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
}): Uint8Array {
  const body = message(
    ...graph.nodes.map((node) => bytes(1, nodeMessage(node))),
    text(2, 'test'),
    ...graph.tensors.map((tensor) => bytes(5, tensorMessage(tensor))),
    ...graph.inputs.map((value) => bytes(11, valueMessage(value))),
    ...graph.outputs.map((value) => bytes(12, valueMessage(value))),
  );
  const opset = message(text(1, ''), integer(2, 17));
  return message(integer(1, 8), bytes(7, body), bytes(8, opset));
}

function nodeMessage({ operator, inputs, outputs, attributes = {} }: OnnxNode): Uint8Array {
  return message(
    ...inputs.map((name) => text(1, name)),
    ...outputs.map((name) => text(2, name)),
    text(4, operator),
    ...Object.entries(attributes).map(([name, value]) => bytes(5, attributeMessage(name, value))),
  );
}

function attributeMessage(name: string, value: number | readonly number[]): Uint8Array {
  return typeof value === 'number'
    ? message(text(1, name), integer(3, value), integer(20, 2))
    : message(text(1, name), ...value.map((one) => integer(8, one)), integer(20, 7));
}

function tensorMessage({ name, dims, data, location }: OnnxTensor): Uint8Array {
  const type =
    data instanceof Float32Array ? TYPES.float32 : data instanceof Uint8Array ? TYPES.uint8 : TYPES.int64;
  const raw = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const content =
    location === undefined
      ? [bytes(9, raw)]
      : [bytes(13, message(text(1, 'location'), text(2, location))), integer(14, 1)];
  return message(...dims.map((dim) => integer(1, dim)), integer(2, type), text(8, name), ...content);
}

function valueMessage({ name, dims, type = 'float32' }: OnnxValue): Uint8Array {
  const shape = message(
    ...dims.map((dim) => bytes(1, typeof dim === 'number' ? integer(1, dim) : text(2, dim))),
  );
  const tensor = message(integer(1, TYPES[type]), bytes(2, shape));
  return message(text(1, name), bytes(2, message(bytes(1, tensor))));
}

function message(...fields: readonly Field[]): Uint8Array {
  return Buffer.concat(fields);
}

function integer(number: number, value: number): Field {
  return Buffer.concat([varint(number * 8), varint(value)]);
}

function bytes(number: number, content: Uint8Array): Field {
  return Buffer.concat([varint(number * 8 + 2), varint(content.length), content]);
}

function text(number: number, value: string): Field {
  return bytes(number, Buffer.from(value, 'utf8'));
}

/** Negative numbers as 64-bit two's complement. */
function varint(value: number): Uint8Array {
  const result: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest >= 128n) {
    result.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  return Uint8Array.from([...result, Number(rest)]);
}
