import type { Request, Response } from 'express';
import { EideticError } from '../../domain/errors.ts';
import type { BodyBudget } from './body-budget.ts';
import { BodyAllowance, readBytes } from './read-bytes.ts';
import { type Form, type FormFile, readForm } from './read-form.ts';

/** What a client sent, by its content type. */
export type Body =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'picture'; readonly file: FormFile }
  | { readonly kind: 'form'; readonly form: Form };

export interface BodyLimits {
  readonly budget: BodyBudget;
  /** Largest body, bytes. */
  readonly maxBytes: number;
}

/** A vector of 8,192 numbers, 64 times over, is not needed by anyone; 64 of a common model's are 1 MB. */
const MAX_JSON_BYTES = 2 * 1024 * 1024;

/**
 * Reads a body whole, within the limits, refusing as soon as there is too much. Its bytes count against the budget
 * until the answer is sent.
 * @throws EideticError INVALID_INPUT, IMAGE_TOO_LARGE, FORMAT_UNSUPPORTED, OVERLOADED
 */
export async function readBody(request: Request, response: Response, limits: BodyLimits): Promise<Body> {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    throw new EideticError(
      'FORMAT_UNSUPPORTED',
      'The body is compressed, expected it as it is, without Content-Encoding.',
    );
  }
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const most = type === 'application/json' ? Math.min(MAX_JSON_BYTES, limits.maxBytes) : limits.maxBytes;
  const allowance = new BodyAllowance(limits.budget, most);
  response.once('close', () => allowance.giveBack());
  try {
    allowance.require(Number(request.headers['content-length'] ?? 0));
    return await readByType(request, type, allowance);
  } catch (error) {
    allowance.giveBack(); // what was read is dropped before the refusal is sent
    throw error;
  }
}

async function readByType(request: Request, type: string, allowance: BodyAllowance): Promise<Body> {
  if (type === 'application/json') {
    const { bytes } = await readBytes(request, allowance);
    return { kind: 'json', value: parseJson(bytes) };
  }
  if (type === 'multipart/form-data') {
    return { kind: 'form', form: await readForm(request, allowance) };
  }
  if (type.startsWith('image/') || type === 'application/octet-stream') {
    return {
      kind: 'picture',
      file: { ...(await readBytes(request, allowance)), field: 'image', name: null },
    };
  }
  throw new EideticError(
    'FORMAT_UNSUPPORTED',
    `Found a body of type "${type.slice(0, 50)}", expected application/json, multipart/form-data or image/*.`,
  );
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new EideticError('INVALID_INPUT', 'The body is not valid JSON.', { cause });
  }
}
