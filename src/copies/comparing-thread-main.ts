import { parentPort } from 'node:worker_threads';
import { compareDetail } from './compare-detail.ts';
import { comparePages } from './compare-pages.ts';
import { compareViews } from './compare-views.ts';
import type { ComparingAnswer, ComparingReply, ComparingRequest } from './comparing-protocol.ts';
import { hasMarks } from './find-marks.ts';
import { packView, unpackView } from './pack-view.ts';
import { viewPicture } from './picture-view.ts';

// Entry of a worker thread: describes and compares pictures, which takes too long for a thread that answers requests.

if (parentPort === null) {
  throw new Error('comparing-thread-main runs as a worker thread only');
}
const port = parentPort;

port.on('message', (request: ComparingRequest) => {
  let reply: ComparingReply;
  try {
    reply = { answer: answer(request) };
  } catch (error) {
    reply = { error: error as Error };
  }
  port.postMessage(reply);
});

function answer(request: ComparingRequest): ComparingAnswer {
  switch (request.task) {
    case 'view':
      return packView(viewPicture(request.rgb, request.width, request.height));
    case 'compare':
      return compareViews(unpackView(request.a), unpackView(request.b));
    case 'pages':
      return comparePages(request.a, request.b, request.map);
    case 'marks':
      return hasMarks(unpackView(request.a), unpackView(request.b), request.map, request.areWhole);
    case 'detail':
      return compareDetail(request.large, request.small);
  }
}
