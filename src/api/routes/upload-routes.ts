import { Router } from 'express';
import { EideticError } from '../../domain/errors.ts';
import { storeUpload } from '../../uploads/store-upload.ts';
import type { ApiParts } from '../api-parts.ts';
import { readBody } from '../body/read-body.ts';
import type { FormFile } from '../body/read-form.ts';
import { describeInTurn } from '../describe-in-turn.ts';
import { problemOf } from '../errors/problem-of.ts';
import { EXAMPLE_PICTURE } from '../openapi/example-picture.ts';
import { requestIdOf } from '../request-id.ts';
import { addRoute } from '../routing/add-route.ts';
import type { Operation } from '../routing/operation.ts';
import { MOST_FILES_SHOWN, pictureParamsSchema } from '../schemas/picture-schema.ts';
import { type UploadAnswer, uploadAnswerSchema } from '../schemas/upload-schema.ts';
import { type CallerView, callerView } from './caller-view.ts';
import { requirePicture } from './look-up.ts';
import { toPictureAnswer } from './picture-answer.ts';

const ADD = {
  id: 'addPictures',
  method: 'post',
  path: '/v1/pictures',
  tag: 'Pictures',
  summary: 'Adds pictures to the library',
  description:
    'One picture as the body, or several as files of a form. Sending the same bytes again changes nothing; of bytes that lie in an indexed folder the library keeps a copy too. When the answer is there, the picture is kept and the next search finds it. A single picture that is refused is answered with the refusal; of several, each has its own.',
  scope: 'write',
  body: {
    'image/*': 'binary',
    'multipart/form-data': {
      type: 'object',
      properties: { image: { type: 'array', items: { type: 'string', format: 'binary' } } },
    },
  },
  answers: {
    200: {
      description: 'Nothing was new, or all were refused',
      content: { 'application/json': uploadAnswerSchema },
    },
    201: {
      description: 'At least one brought bytes that the library had not',
      content: { 'application/json': uploadAnswerSchema },
    },
  },
  example: {
    answer: {
      status: 201,
      body: {
        uploads: [
          {
            name: 'lake.jpg',
            added: true,
            picture: { ...EXAMPLE_PICTURE, files: ['uploads/9f/9f86.jpeg'] },
            error: null,
          },
        ],
      },
    },
  },
} as const satisfies Operation;

const REMOVE = {
  id: 'deletePicture',
  method: 'delete',
  path: '/v1/pictures/{id}',
  tag: 'Pictures',
  summary: 'Takes an upload out of the library and deletes its file',
  description: 'Only uploads: a file in an indexed folder is never touched, and its picture stays.',
  scope: 'write',
  params: pictureParamsSchema,
  answers: { 204: { description: 'It is gone' } },
  example: { parameters: { id: 5 }, answer: { status: 204 } },
} as const satisfies Operation;

export const UPLOAD_OPERATIONS: readonly Operation[] = [ADD, REMOVE];

type UploadResult = UploadAnswer['uploads'][number];

export function uploadRoutes(parts: ApiParts): Router {
  const router = Router();
  addRoute(router, ADD, async ({ request, response, caller, signal }): Promise<UploadAnswer> => {
    const view = await callerView(parts, caller);
    const body = await readBody(request, response, parts.bodies);
    if (body.kind === 'json') {
      throw new EideticError('FORMAT_UNSUPPORTED', 'Expected a picture, or a form with pictures.');
    }
    const uploads: UploadResult[] = [];
    if (body.kind === 'picture') {
      uploads.push(await store(parts, body.file, view, signal));
    } else {
      requireFiles(body.form.files);
      for (const file of body.form.files) {
        uploads.push(await storeOrRefuse(parts, file, view, signal, requestIdOf(response)));
      }
    }
    response.status(uploads.some(({ added }) => added) ? 201 : 200);
    return { uploads };
  });
  addRoute(router, REMOVE, async ({ params, response }) => {
    await parts.uploads.remove(params.id);
    response.status(204).end();
  });
  return router;
}

function requireFiles(files: readonly FormFile[]): void {
  if (files.length === 0) {
    throw new EideticError('INVALID_INPUT', 'Found a form without files, expected one picture or more.');
  }
}

async function store(
  parts: ApiParts,
  file: FormFile,
  view: CallerView,
  signal: AbortSignal,
): Promise<UploadResult> {
  const { library, uploads, metrics } = parts;
  const { id, added } = await storeUpload(
    {
      folder: library.uploads,
      find: uploads.find,
      describe: (bytes) => describeInTurn(parts, async () => bytes, signal),
      add: (upload) => metrics.time('upload', () => uploads.add(upload)),
    },
    file,
  );
  const picture = toPictureAnswer(await requirePicture(parts, id, MOST_FILES_SHOWN), view);
  return { name: file.name, added, picture, error: null };
}

async function storeOrRefuse(
  parts: ApiParts,
  file: FormFile,
  view: CallerView,
  signal: AbortSignal,
  requestId: string,
): Promise<UploadResult> {
  try {
    return await store(parts, file, view, signal);
  } catch (error) {
    const problem = problemOf(error, requestId);
    if (problem.status === 500) {
      throw error;
    }
    return { name: file.name, added: false, picture: null, error: problem };
  }
}
