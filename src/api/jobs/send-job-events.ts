import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import { hasEnded, type JobId } from '../../domain/job.ts';
import type { JobRunner } from './job-runner.ts';
import { jobToJson } from './job-schemas.ts';

/** How often a job's events are sent at most, milliseconds. */
const EVENT_EVERY_MS = 200;

/** How often a line is sent when nothing happens, so that proxies keep the connection, milliseconds. */
const HEARTBEAT_MS = 15_000;

/**
 * Answers with a job's events (server-sent events) until the job ends, the client goes or the server closes.
 *
 * Every event, named `job`, is the job's whole state, so none needs to be kept for a client that is slow or was
 * away: it gets the latest. A client that reads nothing costs one event of memory, and is dropped when its buffer
 * is still full a heartbeat later. An event's id is a digest of the state: a client that comes back with the
 * `Last-Event-ID` of the current state is not sent it again.
 */
export function sendJobEvents(runner: JobRunner, id: JobId, request: Request, response: Response): void {
  let lastSent = request.get('last-event-id') ?? '';
  let isDirty = true;
  let isSending = false;
  let timer: NodeJS.Timeout | null = null;

  const send = async () => {
    if (runner.isClosing) {
      response.end(); // the client comes back to the next server
    } else if (isDirty && !response.writableNeedDrain) {
      isDirty = false; // before the state is read: a change meanwhile is told by another event
      await sendState();
    }
  };
  const sendState = async () => {
    const job = await runner.get(id);
    if (response.destroyed) {
      return;
    }
    const data = JSON.stringify(jobToJson(job));
    const eventId = createHash('sha256').update(data).digest('base64url').slice(0, 22);
    if (eventId !== lastSent) {
      lastSent = eventId;
      response.write(`id: ${eventId}\nevent: job\ndata: ${data}\n\n`);
    }
    if (hasEnded(job)) {
      response.end();
    }
  };
  const sendOrDrop = async () => {
    if (isSending) {
      return sendLater(); // an older state must not arrive after a newer one
    }
    isSending = true;
    try {
      await send();
    } catch {
      // Nobody above a timer could answer for it. The client asks again, and is told then.
      response.destroy();
    }
    isSending = false;
  };
  const sendLater = () => {
    timer ??= setTimeout(() => {
      timer = null;
      void sendOrDrop();
    }, EVENT_EVERY_MS);
  };
  const onChange = () => {
    isDirty = true;
    sendLater();
  };
  let wasFull = false;
  const heartbeat = setInterval(() => {
    // One that has ended and is not closed waits for the client too, and takes no more lines.
    const isFull = response.writableNeedDrain || response.writableEnded;
    if (isFull && wasFull) {
      response.destroy();
    } else if (!isFull) {
      response.write(':\n\n');
    }
    wasFull = isFull;
  }, HEARTBEAT_MS);

  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  response.write('retry: 2000\n\n');
  const stopWatching = runner.watch(id, onChange);
  response.on('drain', () => void sendOrDrop());
  response.on('close', () => {
    stopWatching();
    clearInterval(heartbeat);
    if (timer !== null) {
      clearTimeout(timer);
    }
  });
  void sendOrDrop();
}
