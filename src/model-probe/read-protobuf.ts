/** One field of a protobuf message, as the wire has it. */
export interface ProtobufField {
  readonly number: number;
  /** Of a varint; 0 for other fields. Exact up to 2^53. */
  readonly value: number;
  /** Of a length-delimited field (string, message, packed numbers); empty for others. */
  readonly bytes: Uint8Array;
}

const NO_BYTES = new Uint8Array(0);
const FIXED_SIZES: Readonly<Record<number, number>> = { 1: 8, 5: 4 };

/**
 * The fields of a message, in the order of the file. Nothing is copied.
 * @throws RangeError when the bytes are no protobuf message
 */
export function* readFields(message: Uint8Array): Generator<ProtobufField> {
  let at = 0;
  const readVarint = (): number => {
    let value = 0;
    for (let factor = 1; factor < 2 ** 70; factor *= 128) {
      const byte = message[at++];
      if (byte === undefined) {
        throw new RangeError('a number runs beyond the end');
      }
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) {
        return value;
      }
    }
    throw new RangeError('a number is too long');
  };
  while (at < message.length) {
    const tag = readVarint();
    const number = Math.floor(tag / 8);
    const wireType = tag % 8;
    if (wireType === 0) {
      yield { number, value: readVarint(), bytes: NO_BYTES };
      continue;
    }
    const size = wireType === 2 ? readVarint() : FIXED_SIZES[wireType];
    if (size === undefined || number === 0 || at + size > message.length) {
      throw new RangeError(`a field of type ${wireType} runs beyond the end or is none`);
    }
    yield { number, value: 0, bytes: wireType === 2 ? message.subarray(at, at + size) : NO_BYTES };
    at += size;
  }
}

/** Values of a repeated integer field, packed or not. */
export function readIntegers({ bytes, value }: ProtobufField): number[] {
  if (bytes.length === 0) {
    return [value];
  }
  const values: number[] = [];
  let current = 0;
  let factor = 1;
  for (const byte of bytes) {
    current += (byte & 0x7f) * factor;
    factor *= 128;
    if (byte < 0x80) {
      values.push(current);
      current = 0;
      factor = 1;
    }
  }
  return values;
}

export function readText({ bytes }: ProtobufField): string {
  return new TextDecoder().decode(bytes);
}
