import { it } from 'node:test';
import { prepareOne } from '../support/prepare-one.ts';
import { refuses } from '../support/refuses.ts';

/** Files that have a header and no picture: damage is not what is the matter with them. */
const HOLLOW: ReadonlyArray<readonly [what: string, bytes: string, words: RegExp]> = [
  ['a JPEG', '\xff\xd8\xff\xd9', /This JPEG file holds no picture at all/],
  ['a GIF', 'GIF89a\x01\0\x01\0\0\0\0;', /This GIF file holds no picture at all/],
  ['a drawing', '<svg xmlns="http://www.w3.org/2000/svg"/>', /This SVG file says no size; give it a width/],
];

for (const [what, bytes, words] of HOLLOW) {
  it(`says of ${what} with nothing in it that nothing is in it`, async () => {
    await refuses(prepareOne(Buffer.from(bytes, 'latin1')), 'IMAGE_UNREADABLE', words);
  });
}
