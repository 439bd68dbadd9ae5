import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

// What Node alone takes to list folders and look at each file, as find does, with nothing else around it: the number of
// files as JSON; argv: folder.

function lookBelow(folder: string): number {
  let files = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      files += lookBelow(path);
    } else {
      files += lstatSync(path).isFile() ? 1 : 0;
    }
  }
  return files;
}

console.log(JSON.stringify(lookBelow(process.argv[2] ?? '.')));
