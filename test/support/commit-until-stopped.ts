import { existsSync } from 'node:fs';
import { addPictures, openVectorLibrary, removePictures } from './vector-library.ts';

// A program that commits to a library, change after change, until a file is there; argv: folder, file.

const [folder = '', stop = ''] = process.argv.slice(2);
const { catalog } = await openVectorLibrary(folder);
for (let n = 1_000; !existsSync(stop); n++) {
  await addPictures(catalog, n, 1);
  if (n % 3 === 0) {
    await removePictures(catalog, n - 1);
  }
}
await catalog.close();
