import { copySet } from './copy-set.ts';
import { findForeignPrograms } from './foreign-edits.ts';
import { realPhotos } from './real-photos.ts';

// node dist/bench/make-copy-set.js SEED...; makes the sets of copies of these seeds over EIDETIC_PHOTOS where they are not
// kept from before, and prints their folders.

const programs = findForeignPrograms(console.error);
const collection = realPhotos();
if (programs === null || collection.length === 0) {
  throw new Error('EIDETIC_PHOTOS names no folder of photos, or a program is missing.');
}
for (const seed of process.argv.slice(2)) {
  console.log(await copySet(collection, Number(seed), programs));
}
