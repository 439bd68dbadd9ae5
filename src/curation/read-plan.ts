import { isAbsolute, normalize } from 'node:path';
import { z } from 'zod';
import { EideticError } from '../domain/errors.ts';
import { linesOf } from './lines-of.ts';
import { PLAN_ACTIONS, PLAN_SCHEMA_VERSION, type PlanHeader, type PlannedAction } from './plan.ts';

const ABSOLUTE = z
  .string()
  .refine(
    (path) => isAbsolute(path) && normalize(path) === path && !path.includes('\0'),
    'expected an absolute path without "." or ".." in it',
  );
const HASH = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits');
const COUNT = z.int().nonnegative();

const FILE = z.strictObject({
  path: ABSOLUTE,
  contentHash: HASH,
  imageDataHash: HASH.nullable(),
  sizeBytes: COUNT,
  modifiedMs: z.number(),
  device: z.string().nullable(),
  inode: z.string().nullable(),
});

const HEADER = z.strictObject({
  kind: z.literal('eidetic-plan'),
  schemaVersion: z.literal(PLAN_SCHEMA_VERSION),
  planId: z.uuid(),
  libraryId: z.string(),
  madeAt: z.iso.datetime(),
  roots: z.array(ABSOLUTE),
  protected: z.array(ABSOLUTE),
  rules: z.array(z.string()),
  groups: COUNT,
  actions: COUNT,
  freesBytes: COUNT,
});

const ACTION = z
  .strictObject({
    number: z.int().positive(),
    action: z.enum(PLAN_ACTIONS),
    to: ABSOLUTE.nullable(),
    group: z.int().positive(),
    relation: z.enum(['identical', 'same-image-data', 'same-pixels', 'copy', 'similar']),
    drop: FILE,
    keep: FILE,
    reason: z.string(),
    warnings: z.array(z.string()),
    freesBytes: COUNT,
    companionOf: z.int().positive().nullable(),
  })
  .refine(
    ({ action, to }) => (action === 'move') === (to !== null),
    'expected "to" for a move and for nothing else',
  );

/** A plan that is read line by line. */
export interface ReadPlan {
  readonly header: PlanHeader;
  /** In the order of the file; to be walked once. */
  readonly actions: AsyncIterable<PlannedAction>;
}

/**
 * Reads a plan; lines that somebody has taken out are no mistake.
 * @throws EideticError INVALID_INPUT with the line that is wrong, also while its actions are walked
 */
export async function readPlan(path: string): Promise<ReadPlan> {
  const lines = linesOf(path, 'The plan');
  const first = await lines.next();
  if (first.done) {
    throw new EideticError(
      'INVALID_INPUT',
      `Found an empty file at ${path}, expected a plan; make one with "eidetic plan".`,
    );
  }
  const header = parseLine(HEADER, path, first.value, 1);
  return { header, actions: actionsIn(path, lines) };
}

async function* actionsIn(path: string, lines: AsyncIterable<string>): AsyncGenerator<PlannedAction> {
  let line = 1;
  let last = 0;
  for await (const text of lines) {
    line++;
    if (text.trim() === '') {
      continue;
    }
    const action = parseLine(ACTION, path, text, line);
    if (action.number <= last) {
      throw wrongLine(path, line, `number is ${action.number}, expected more than ${last}`);
    }
    last = action.number;
    yield action;
  }
}

function parseLine<Value>(schema: z.ZodType<Value>, path: string, text: string, line: number): Value {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw wrongLine(path, line, 'it is no JSON, as when a file was cut short');
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) {
    return parsed.data;
  }
  const [issue] = parsed.error.issues;
  throw wrongLine(path, line, `${issue?.path.join('.') || 'it'}: ${issue?.message}`);
}

function wrongLine(path: string, line: number, what: string): EideticError {
  return new EideticError(
    'INVALID_INPUT',
    `Line ${line} of the plan ${path} is wrong: ${what}. Make the plan anew.`,
  );
}
