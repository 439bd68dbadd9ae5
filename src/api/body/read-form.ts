import type { IncomingMessage } from 'node:http';
import busboy from 'busboy';
import { EideticError } from '../../domain/errors.ts';
import { type BodyAllowance, type ReadBytes, readBytes } from './read-bytes.ts';

/** A file of a form. */
export interface FormFile extends ReadBytes {
  /** Name of the field. */
  readonly field: string;
  /** As the client calls it; never used as a path. */
  readonly name: string | null;
}

export interface Form {
  readonly fields: Readonly<Record<string, string>>;
  readonly files: readonly FormFile[];
}

const LIMITS = { fieldNameSize: 100, fieldSize: 65_536, fields: 20, files: 64, parts: 84, headerPairs: 50 };

/**
 * Reads `multipart/form-data`.
 * @throws EideticError INVALID_INPUT when it is malformed or has more parts than allowed; IMAGE_TOO_LARGE, OVERLOADED
 */
export async function readForm(request: IncomingMessage, allowance: BodyAllowance): Promise<Form> {
  const parser = openParser(request);
  const fields: Record<string, string> = Object.create(null) as Record<string, string>;
  const files: Array<Promise<FormFile>> = [];
  await new Promise<void>((resolve, reject) => {
    const fail = (error: unknown) => {
      request.unpipe(parser);
      request.resume();
      reject(error instanceof EideticError ? error : malformed(error));
    };
    parser.on('field', (field, value, info) => {
      if (info.valueTruncated || info.nameTruncated || field in fields) {
        fail(new Error('a field is too long or comes twice'));
      }
      fields[field] = value;
    });
    parser.on('file', (field, stream, { filename }) => {
      const file = readBytes(stream, allowance).then((read) => ({ ...read, field, name: filename ?? null }));
      file.catch(fail);
      files.push(file);
    });
    for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) {
      parser.on(limit, () => fail(new Error('it has too many parts')));
    }
    parser.on('error', fail);
    parser.on('close', resolve);
    request.on('error', fail);
    request.on('aborted', () => fail(new Error('it breaks off')));
    request.pipe(parser);
  });
  return { fields, files: await Promise.all(files) };
}

function openParser(request: IncomingMessage): busboy.Busboy {
  try {
    return busboy({ headers: request.headers, limits: LIMITS, defParamCharset: 'utf8' });
  } catch (cause) {
    throw malformed(cause);
  }
}

function malformed(cause: unknown): EideticError {
  return new EideticError(
    'INVALID_INPUT',
    `The form cannot be read, expected whole multipart/form-data with at most ${LIMITS.files} files and ${LIMITS.fields} fields.`,
    { cause },
  );
}
