import { parse } from 'yaml';
import type { z } from 'zod';
import { describeSystemError } from '../domain/describe-system-error.ts';
import { EideticError } from '../domain/errors.ts';
import { readTextFile } from '../domain/open-text-file.ts';
import { RULE_SETTINGS, RULES_EXPECTED, type RuleSettings } from './rule-settings.ts';

/** Reads a rules file, YAML or JSON. Folders in it stay as they are written. @throws EideticError INVALID_INPUT, NOT_FOUND */
export async function readRules(path: string): Promise<RuleSettings> {
  let text: string;
  try {
    text = await readTextFile(path);
  } catch (cause) {
    throw new EideticError('NOT_FOUND', `The rules ${path} cannot be read: ${describeSystemError(cause)}.`, {
      cause,
    });
  }
  let written: unknown;
  try {
    written = parse(text);
  } catch (cause) {
    const [first] = (cause as Error).message.split('\n');
    throw new EideticError(
      'INVALID_INPUT',
      `The rules ${path} are neither YAML nor JSON: ${first?.replace(/[.:]*$/, '')}; see "eidetic plan --rules-schema".`,
      { cause },
    );
  }
  const parsed = RULE_SETTINGS.safeParse(written);
  if (!parsed.success) {
    throw new EideticError(
      'INVALID_INPUT',
      `The rules ${path} are wrong: ${problemOf(parsed.error)}; see "eidetic plan --rules-schema".`,
    );
  }
  return parsed.data;
}

function problemOf({ issues }: z.ZodError): string {
  const [issue] = issues as [z.core.$ZodIssue];
  const place = issue.path.map((part) => (typeof part === 'number' ? `${part + 1}` : String(part))).join(' ');
  const before = place === '' ? '' : `${place}: `;
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.map((key) => JSON.stringify(key)).join(', ');
    const expected = place === '' ? '"protected" and "rules" alone' : RULES_EXPECTED;
    return `${before}found ${keys}, expected ${expected}`;
  }
  return `${before}${issue.message}`;
}
