/** An uncompressed TIFF of red, green, blue and two channels that nobody says the meaning of, 8 bits each. */
export function fiveChannelTiff(width: number, height: number): Buffer {
  const [short, long] = [3, 4];
  const pixels = Buffer.from(Array.from({ length: width * height * 5 }, (_, i) => (i * 37) % 256));
  const pixelsAt = 8;
  const bitsAt = pixelsAt + pixels.length + (pixels.length % 2);
  const directoryAt = bitsAt + 10;
  const entries: ReadonlyArray<readonly [tag: number, type: number, count: number, value: number]> = [
    [256, long, 1, width],
    [257, long, 1, height],
    [258, short, 5, bitsAt],
    [259, short, 1, 1], // not compressed
    [262, short, 1, 2], // RGB
    [273, long, 1, pixelsAt],
    [277, short, 1, 5],
    [278, long, 1, height],
    [279, long, 1, pixels.length],
    [284, short, 1, 1], // channels side by side
    [338, short, 2, 0], // two extra channels, unspecified
  ];
  const file = Buffer.alloc(directoryAt + 2 + entries.length * 12 + 4);
  file.write('II*\0', 'latin1');
  file.writeUInt32LE(directoryAt, 4);
  pixels.copy(file, pixelsAt);
  for (let channel = 0; channel < 5; channel++) {
    file.writeUInt16LE(8, bitsAt + channel * 2);
  }
  file.writeUInt16LE(entries.length, directoryAt);
  for (const [i, [tag, type, count, value]] of entries.entries()) {
    const at = directoryAt + 2 + i * 12;
    file.writeUInt16LE(tag, at);
    file.writeUInt16LE(type, at + 2);
    file.writeUInt32LE(count, at + 4);
    file.writeUInt32LE(value, at + 8);
  }
  return file;
}
