import type { JobAnswer } from '../api/jobs/job-schemas.ts';

/** The jobs in a stream of server-sent events, as they come; ends when the stream does. */
export async function* jobEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<JobAnswer> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const bytes of body) {
    text += decoder.decode(bytes, { stream: true });
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const data = /^data: (.*)$/m.exec(event)?.[1];
      if (data !== undefined) {
        yield JSON.parse(data) as JobAnswer;
      }
    }
  }
}
