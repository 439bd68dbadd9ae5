import { EideticError } from '../../domain/errors.ts';
import type { LibrarySpace } from '../../engine/library-spaces.ts';
import type { ApiParts } from '../api-parts.ts';
import { readBody } from '../body/read-body.ts';
import type { Form, FormFile } from '../body/read-form.ts';
import type { Call } from '../routing/add-route.ts';
import { parseInput } from '../schemas/parse-input.ts';
import {
  type SearchOptionsInput,
  searchRequestSchema,
  uploadSearchSchema,
} from '../schemas/search-schema.ts';
import { type EmbeddedSearch, embedSearch, embedSent } from './embed-search.ts';

/** A search as its request asks for it, its picture embedded. */
export interface ReadSearch {
  readonly searched: LibrarySpace;
  readonly asked: EmbeddedSearch;
  readonly options: SearchOptionsInput;
}

/**
 * Reads a search from JSON, from a form with a picture, or from a picture with a query string.
 * @param fromQuery the query string's options, for a picture that is the whole body
 */
export async function readSearch(
  parts: ApiParts,
  { request, response, signal }: Pick<Call<unknown, unknown>, 'request' | 'response' | 'signal'>,
  fromQuery: SearchOptionsInput,
): Promise<ReadSearch> {
  const body = await readBody(request, response, parts.bodies);
  if (body.kind === 'json') {
    const search = parseInput(searchRequestSchema, body.value, 'the body');
    const searched = parts.library.spaces.named(search.space);
    return { searched, asked: await embedSearch(parts, searched, search, signal), options: search };
  }
  const { file, options } =
    body.kind === 'picture' ? { file: body.file, options: fromQuery } : readSearchForm(body.form);
  const searched = parts.library.spaces.named(options.space);
  return { searched, asked: await embedSent(parts, searched, file, options.region, signal), options };
}

function readSearchForm({ fields, files }: Form): { file: FormFile; options: SearchOptionsInput } {
  const [file] = files;
  if (file === undefined || files.length > 1) {
    throw new EideticError(
      'INVALID_INPUT',
      `Found ${files.length} files in the form, expected one picture, in the field "image".`,
    );
  }
  const values: Record<string, unknown> = { ...fields };
  for (const name of ['filter', 'region']) {
    if (fields[name] !== undefined) {
      values[name] = parseJsonField(name, fields[name]);
    }
  }
  return { file, options: parseInput(uploadSearchSchema, values, 'the form') };
}

function parseJsonField(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new EideticError('INVALID_INPUT', `The form's field ${name} is not valid JSON.`, { cause });
  }
}
