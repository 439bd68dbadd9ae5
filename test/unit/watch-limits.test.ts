import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeError } from '../../src/watch/folder-watcher.ts';

const systemError = (code: string) => Object.assign(new Error(`${code}: System limit reached`), { code });

describe("the system's limits on watching", () => {
  it('are named with the setting that raises them', () => {
    const watches = describeError(systemError('ENOSPC'), '/photos');
    assert.match(
      watches.message,
      /fs\.inotify\.max_user_watches.*\/photos.*sudo sysctl fs\.inotify\.max_user_watches=/,
    );
    assert.match(describeError(systemError('EMFILE'), '/photos').message, /max_user_instances/);
  });

  it('are not blamed for other errors', () => {
    const error = systemError('EIO');
    assert.equal(describeError(error, '/photos'), error);
  });
});
