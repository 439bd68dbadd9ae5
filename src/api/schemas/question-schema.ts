import { z } from 'zod';
import { pathSchema } from './path-schema.ts';

/** Most folders that one part of a question names. */
const MOST_FOLDERS = 20;

/** One parameter, or the same several times. */
function folders(what: string) {
  return z
    .union([pathSchema, z.array(pathSchema).min(1).max(MOST_FOLDERS)])
    .transform((value) => [value].flat())
    .optional()
    .meta({ description: `${what}; folders or files as answers show them, ${MOST_FOLDERS} at most` });
}

/** Which files a duplicate report is about, in a query string; see ReportQuestion. */
export const questionShape = {
  across: folders(
    'two or more: only what has files in two of them, such as what comes in and an archive, or the splits of a data set. A file belongs to the deepest that it lies in, files elsewhere take no part, and pairs within one folder are looked at only where both pictures match one of another',
  ),
  within: folders('only files in these; not together with across'),
  reference: folders(
    'files in these are kept: they count nowhere as bytes that could be freed, and what has files nowhere else is left out',
  ),
};

const count = z.int();

export const askedPicturesSchema = z
  .object({
    across: z.array(count),
    within: z.array(count),
    reference: z.array(count),
    others: count.describe('pictures of the library that have no file which was asked about'),
  })
  .describe('how many pictures have files in the folders that were named, in their order');
