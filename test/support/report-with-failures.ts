import { Readable } from 'node:stream';
import type { EventData } from 'node:test';
import { spec, type TestEvent, tap } from 'node:test/reporters';

/** What the runner wraps around what a test threw. Its types leave out why the test failed. */
type TestFailure = Error & { failureType?: string };

/**
 * The test runner's own report, for a screen or for a file. In a file a failure is tens of thousands of lines from the end,
 * and of a long log often only the end is kept: there each failure is named once more, right before the summary.
 */
// biome-ignore lint/style/noDefaultExport: The runner takes a reporter from there.
export default async function* reportWithFailures(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  yield* process.stdout.isTTY ? Readable.from(events).compose(new spec()) : tap(nameFailures(events));
}

async function* nameFailures(events: AsyncIterable<TestEvent>): AsyncGenerator<TestEvent, void> {
  const failures: string[] = [];
  for await (const event of events) {
    if (
      event.type === 'test:fail' &&
      (event.data.details.error as TestFailure).failureType !== 'subtestsFailed'
    ) {
      failures.push(describeFailure(event.data));
    }
    if (
      event.type === 'test:diagnostic' &&
      event.data.nesting === 0 &&
      /^tests \d+$/.test(event.data.message)
    ) {
      for (const message of failures) {
        yield { type: 'test:diagnostic', data: { nesting: 0, message } };
      }
    }
    yield event;
  }
}

function describeFailure({ name, file, line, details }: EventData.TestFail): string {
  const { cause, message } = details.error;
  const reason = cause instanceof Error ? cause.message : message;
  return `failed: ${name} (${file}:${line}): ${reason.replaceAll(/\s+/g, ' ')}`;
}
