import { Router } from 'express';
import { isAtOrBelow } from '../../domain/is-below.ts';
import type { Job } from '../../domain/job.ts';
import type { Root } from '../../domain/roots.ts';
import { type FolderLook, folderLooks } from '../../indexer/folder-looks.ts';
import type { ApiParts } from '../api-parts.ts';
import { addRoute } from '../routing/add-route.ts';
import type { Operation } from '../routing/operation.ts';
import { type RootsAnswer, rootsAnswerSchema } from '../schemas/root-schema.ts';
import { callerView } from './caller-view.ts';
import { foldersToIndex } from './folders-to-index.ts';

const ROOTS = {
  id: 'listRoots',
  method: 'get',
  path: '/v1/roots',
  tag: 'Library',
  summary: 'The folders that the library was made from, with their rules and what they have',
  scope: 'read',
  answers: { 200: { description: 'All folders', content: { 'application/json': rootsAnswerSchema } } },
  example: {
    answer: {
      status: 200,
      body: {
        pictures: 19_812,
        roots: [
          {
            path: '/photos',
            rules: { exclude: ['*.xmp', 'trash/**'], includeHidden: false, followSymlinks: false },
            files: 20_412,
            pictures: 19_870,
            failures: 3,
            unsupported: 0,
            others: 12,
            failedSince: 0,
            lastJob: { id: 1, endedAt: '2024-06-01T09:20:00.000Z' },
            openJob: null,
            look: { state: 'there', reason: null },
            mayIndex: true,
          },
        ],
      },
    },
  },
} as const satisfies Operation;

export const ROOT_OPERATIONS: readonly Operation[] = [ROOTS];

/** More than are kept. */
const ALL_JOBS = 10_000;

type RootAnswer = RootsAnswer['roots'][number];

const NOTHING = { files: 0, pictures: 0, failures: 0, unsupported: 0, others: 0, failedSince: 0 };

export function rootRoutes(parts: ApiParts): Router {
  const { library, counted, jobs, metrics } = parts;
  const { files } = library.catalog;
  const lookAtFolders = folderLooks();
  const router = Router();
  addRoute(router, ROOTS, async ({ caller }): Promise<RootsAnswer> => {
    const view = await callerView(parts, caller);
    const roots = await files.roots();
    const counts = new Map(
      (await metrics.time('catalog', () => counted.countsByRoot())).map(({ root, ...has }) => [root, has]),
    );
    const known = await jobs.list(ALL_JOBS, null);
    const looks = await lookAtFolders(roots.map(({ path }) => path));
    const allowed = await foldersToIndex(parts, caller);
    const { pictures } = await counted.counts();
    return {
      pictures,
      roots: roots.map((root, i) => ({
        path: view.show(root.path),
        rules: root.rules && { ...root.rules, exclude: [...root.rules.exclude] },
        ...(counts.get(root.id) ?? NOTHING),
        ...jobsOf(root, known),
        look: { ...(looks[i] as FolderLook) },
        mayIndex: allowed.some((folder) => isAtOrBelow(root.path, folder)),
      })),
    };
  });
  return router;
}

/** @param jobs the latest first */
function jobsOf({ path }: Root, jobs: readonly Job[]): Pick<RootAnswer, 'lastJob' | 'openJob'> {
  const own = jobs.filter(({ roots }) => roots.some((folder) => isAtOrBelow(path, folder)));
  const [latest] = own;
  const done = own.find(({ state }) => state === 'done');
  return {
    lastJob: done === undefined || done.endedAt === null ? null : { id: done.id, endedAt: done.endedAt },
    openJob: latest === undefined || latest.state === 'done' ? null : { id: latest.id, state: latest.state },
  };
}
