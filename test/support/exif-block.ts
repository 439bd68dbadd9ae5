/** What an EXIF block made here says. */
export interface ExifWords {
  readonly orientation?: number;
  readonly artist?: string;
  /** `R03` for Adobe RGB, of three letters. */
  readonly interoperability?: string;
  /** Of more than four bytes. */
  readonly makerNote?: Uint8Array;
}

interface Tag {
  readonly tag: number;
  readonly type: 2 | 3 | 4 | 7;
  readonly value: Uint8Array | number;
}

/** A big-endian EXIF block without its `Exif\0\0` mark. */
export function exifBlock({ orientation, artist, interoperability, makerNote }: ExifWords): Buffer {
  const main: Tag[] = [];
  const camera: Tag[] = [];
  const pieces: Buffer[] = [Buffer.from('MM\0*\0\0\0\x08', 'latin1')];
  let length = 8;
  const place = (tags: readonly Tag[]) => {
    const at = length;
    const directory = writeDirectory(tags, at);
    pieces.push(directory);
    length += directory.length;
    return at;
  };
  if (orientation !== undefined) {
    main.push({ tag: 0x0112, type: 3, value: orientation });
  }
  if (artist !== undefined) {
    main.push({ tag: 0x013b, type: 2, value: Buffer.from(`${artist}\0\0\0\0\0`, 'latin1') });
  }
  if (makerNote !== undefined) {
    camera.push({ tag: 0x927c, type: 7, value: makerNote });
  }
  const hasCamera = camera.length > 0 || interoperability !== undefined;
  // The main directory comes first, so the place of the next is told from its size.
  const mainBytes = writeDirectory([...main, ...(hasCamera ? [pointer(0x8769, 0)] : [])], 8).length;
  place([...main, ...(hasCamera ? [pointer(0x8769, 8 + mainBytes)] : [])]);
  if (hasCamera) {
    const at = length;
    const tags = (next: number) => [
      ...camera,
      ...(interoperability === undefined ? [] : [pointer(0xa005, next)]),
    ];
    place(tags(at + writeDirectory(tags(0), at).length));
  }
  if (interoperability !== undefined) {
    place([{ tag: 0x0001, type: 2, value: Buffer.from(`${interoperability}\0`, 'latin1').readUInt32BE() }]);
  }
  return Buffer.concat(pieces);
}

function pointer(tag: number, to: number): Tag {
  return { tag, type: 4, value: to };
}

function writeDirectory(tags: readonly Tag[], at: number): Buffer {
  const directory = Buffer.alloc(2 + tags.length * 12 + 4);
  const values: Uint8Array[] = [];
  let valueAt = at + directory.length;
  directory.writeUInt16BE(tags.length, 0);
  tags.forEach(({ tag, type, value }, i) => {
    const entry = 2 + i * 12;
    directory.writeUInt16BE(tag, entry);
    directory.writeUInt16BE(type, entry + 2);
    directory.writeUInt32BE(typeof value === 'number' ? (type === 2 ? 4 : 1) : value.length, entry + 4);
    if (typeof value !== 'number') {
      directory.writeUInt32BE(valueAt, entry + 8);
      values.push(value);
      valueAt += value.length;
    } else if (type === 3) {
      directory.writeUInt16BE(value, entry + 8);
    } else {
      directory.writeUInt32BE(value, entry + 8);
    }
  });
  return Buffer.concat([directory, ...values]);
}
