/**
 * An ONNX file that also returns one of its inner tensors: protobuf merges repeated fields of concatenated
 * messages, so `ModelProto { graph { output { name } } }` behind the file's bytes adds an output to its graph.
 * @param name of the tensor, as a node of the graph gives it
 */
export function exposeOutput(model: Uint8Array, name: string): Uint8Array {
  const output = field(1, new TextEncoder().encode(name)); // ValueInfoProto.name
  const graph = field(12, output); // GraphProto.output
  return Buffer.concat([model, field(7, graph)]); // ModelProto.graph
}

function field(number: number, bytes: Uint8Array): Uint8Array {
  return Buffer.concat([Uint8Array.of(number * 8 + 2), varint(bytes.length), bytes]);
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return Uint8Array.from([...bytes, rest]);
}
