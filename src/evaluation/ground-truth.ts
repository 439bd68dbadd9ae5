import { z } from 'zod';
import { EideticError } from '../domain/errors.ts';

const names = z.array(z.string().min(1)).default([]);

const truthSchema = z.strictObject({
  database: z.array(z.string().min(1)).min(1).optional(),
  queries: z
    .array(
      z.strictObject({
        image: z.string().min(1),
        bbox: z
          .tuple([z.number(), z.number(), z.number(), z.number()])
          .refine(([left, top, right, bottom]) => left < right && top < bottom, {
            error: 'expected [left, top, right, bottom], left below right and top below bottom',
          })
          .optional(),
        easy: names,
        hard: names,
        junk: names,
      }),
    )
    .min(1),
});

/** What is to be found, by the names of pictures: their paths below the folder, with `/` between folders. */
export type GroundTruth = z.infer<typeof truthSchema>;

/** A picture to be looked for, or that part of it in `bbox`: left, top, right and bottom, pixels of the upright picture. */
export type TruthQuery = GroundTruth['queries'][number];

const FORM =
  '{"queries": [{"image": "a.jpg", "bbox": [left, top, right, bottom], "easy": ["b.jpg"], "hard": [], "junk": []}]}';

/**
 * The ground truth in a JSON text: `{ database?, queries: [{ image, bbox?, easy?, hard?, junk? }] }`.
 * @param file its name, for messages
 * @throws EideticError INVALID_INPUT when it has another form, a picture is two things to one query, or no query has
 *   anything to find
 */
export function parseGroundTruth(text: string, file: string): GroundTruth {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw wrongTruth(file, `it is no JSON (${(cause as Error).message})`);
  }
  const parsed = truthSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = (issue?.path ?? []).join('.');
    throw wrongTruth(file, `${place === '' ? '' : `at ${place}: `}${issue?.message}`);
  }
  const { queries, database } = parsed.data;
  for (const [i, query] of queries.entries()) {
    const problem = problemOf(query, database);
    if (problem !== null) {
      throw wrongTruth(file, `at queries.${i}: ${problem}`);
    }
  }
  if (queries.every(({ easy, hard }) => easy.length + hard.length === 0)) {
    throw wrongTruth(file, 'no query has an easy or a hard picture to find');
  }
  return parsed.data;
}

function problemOf(
  { image, easy, hard, junk }: TruthQuery,
  database: readonly string[] | undefined,
): string | null {
  const right = [...easy, ...hard];
  const seen = new Set<string>();
  for (const name of [...right, ...junk]) {
    if (seen.has(name)) {
      return `${JSON.stringify(name)} is listed twice`;
    }
    seen.add(name);
  }
  if (right.includes(image)) {
    return `${JSON.stringify(image)} is to be found by itself`;
  }
  const searched = new Set(database ?? right);
  const outside = right.find((name) => !searched.has(name));
  return outside === undefined ? null : `${JSON.stringify(outside)} is to be found and not in "database"`;
}

function wrongTruth(file: string, what: string): EideticError {
  return new EideticError(
    'INVALID_INPUT',
    `The ground truth ${file} cannot be used: ${what}; expected ${FORM}.`,
  );
}

/**
 * Names of the pictures that are searched: those of `database`, or without it all but pictures that are only asked for,
 * which the revisited Oxford and Paris evaluation keeps apart.
 * @param all names of all pictures there are
 */
export function databaseOf({ database, queries }: GroundTruth, all: readonly string[]): Set<string> {
  if (database !== undefined) {
    return new Set(database);
  }
  const answers = new Set(queries.flatMap(({ easy, hard, junk }) => [...easy, ...hard, ...junk]));
  const asked = new Set(queries.map(({ image }) => image));
  return new Set(all.filter((name) => answers.has(name) || !asked.has(name)));
}

/** Every name in it, each once. */
export function namesIn({ database = [], queries }: GroundTruth): Set<string> {
  return new Set([
    ...database,
    ...queries.flatMap(({ image, easy, hard, junk }) => [image, ...easy, ...hard, ...junk]),
  ]);
}
