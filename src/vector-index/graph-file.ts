import { type FileHandle, open } from 'node:fs/promises';

/*
 * The file of hnswlib 0.8 as a 64-bit little-endian machine writes it: a header of 96 bytes (number of points at
 * byte 16, bytes per point at byte 24), then the points with their lowest links, then for each point the length of
 * its upper links (uint32) and the links.
 */
const HEADER_BYTES = 96;
const POINTS_OFFSET = 16;
const BYTES_PER_POINT_OFFSET = 24;

/**
 * Makes sure that a graph file is as long as its own header and lengths say. The library does not notice when the
 * disk is full.
 * @throws Error when the file ends too early or too late
 */
export async function requireWholeGraphFile(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const expected = size < HEADER_BYTES ? HEADER_BYTES : await measureGraph(file, size);
    if (size !== expected) {
      throw new Error(`only ${size} bytes of the graph could be written, is the disk full?`);
    }
  } finally {
    await file.close();
  }
}

/** Bytes that the graph needs; more than `size` when the file ends within it. */
async function measureGraph(file: FileHandle, size: number): Promise<number> {
  const header = await readExactly(file, 0, HEADER_BYTES);
  const points = Number(header.readBigUInt64LE(POINTS_OFFSET));
  const linksStart = HEADER_BYTES + points * Number(header.readBigUInt64LE(BYTES_PER_POINT_OFFSET));
  if (linksStart > size) return linksStart;
  const links = await readExactly(file, linksStart, size - linksStart);
  let end = 0;
  for (let point = 0; point < points; point++) {
    if (end + 4 > links.length) return linksStart + end + 4;
    end += 4 + links.readUInt32LE(end);
  }
  return linksStart + end;
}

async function readExactly(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, position);
  return bytes.subarray(0, bytesRead);
}
