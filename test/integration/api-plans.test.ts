import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openKeyStore } from '../../src/api/keys/key-store.ts';
import {
  createEideticClient,
  EideticApiError,
  type EideticClient,
  type PlanAnswer,
  type PlanRequest,
} from '../../src/client/eidetic-client.ts';
import { resolveConfig } from '../../src/config/resolve-config.ts';
import { askEidetic, askEideticJson } from '../support/ask-eidetic.ts';
import { drawNumbered } from '../support/picture-folder.ts';
import { type ServedApp, serveFolder } from '../support/served-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Line {
  readonly drop: { readonly path: string };
  readonly keep: { readonly path: string };
}

describe('plans over HTTP', () => {
  const folder = temporaryFolder();
  const at = (name: string) => join(folder, 'pictures', name);
  let app: ServedApp;
  let client: EideticClient;

  before(async () => {
    for (const name of ['a', 'b']) mkdirSync(at(name), { recursive: true });
    for (const [n, name] of ['a/one.jpg', 'a/two.jpg'].entries()) {
      await drawNumbered(n, 200).jpeg().toFile(at(name));
      cpSync(at(name), at(name.replace('a/', 'b/copy of ')), { preserveTimestamps: true });
    }
    app = await serve();
    client = createEideticClient({ address: app.address });
  });
  after(() => app.close());

  const serve = (settings = {}) =>
    serveFolder(folder, resolveConfig({ library: join(folder, 'library') }, {}), settings);

  async function made(request: PlanRequest = {}): Promise<PlanAnswer> {
    const asked = await client.makePlan(request);
    assert.deepEqual([asked.state, asked.overview], ['making', null]);
    for (;;) {
      const plan = await client.plan(asked.id);
      if (plan.state !== 'making') {
        return plan;
      }
      await sleep(10);
    }
  }

  async function linesOf({ id }: PlanAnswer): Promise<Line[]> {
    const [, ...lines] = (await (await client.planFile(id)).text()).trim().split('\n');
    return lines.map((line) => JSON.parse(line) as Line);
  }

  async function refused(request: unknown, status: number, words: RegExp): Promise<void> {
    await assert.rejects(client.makePlan(request as PlanRequest), (error) => {
      assert.ok(error instanceof EideticApiError);
      assert.equal(error.problem.status, status);
      assert.match(error.message, words);
      return true;
    });
  }

  it('are what the command line makes, and carried out by it', async () => {
    const plan = await made();
    assert.equal(plan.state, 'made', plan.error?.message);
    const { groups, files, action, freesBytes, left, missing } = plan.overview ?? assert.fail();
    assert.deepEqual([groups, files, action, left, missing.goneGroups], [2, 2, 'trash', [], 0]);
    const file = join(folder, 'plan.jsonl');
    writeFileSync(file, Buffer.from(await (await client.planFile(plan.id)).arrayBuffer()));
    const library = ['--library', join(folder, 'library')];
    const own = join(folder, 'own.jsonl');
    await askEidetic([...library, 'plan', '--out', own]);
    const header = headerOf(file, own);
    assert.deepEqual([header['planId'], header['freesBytes']], [plan.id, freesBytes]);
    assert.equal(plan.isBegun, false);
    const applied = await askEideticJson<{ readonly done: object }>([
      ...library,
      'apply',
      file,
      '--yes',
      '--json',
    ]);
    assert.deepEqual(applied.done, { trash: 2, move: 0, hardlink: 0, reflink: 0, delete: 0 });
    assert.deepEqual(readdirSync(at('b')), []);
    assert.equal((await client.plan(plan.id)).isBegun, true);
    await askEidetic([...library, 'undo']);
    assert.equal(readdirSync(at('b')).length, 2);
  });

  it('keep what the request says, by rules, folders and names', async () => {
    const dropped = async (request: PlanRequest) =>
      (await linesOf(await made(request))).map(({ drop }) => drop.path).sort();
    const [ofA, ofB] = [
      [at('a/one.jpg'), at('a/two.jpg')],
      [at('b/copy of one.jpg'), at('b/copy of two.jpg')],
    ];
    assert.deepEqual(await dropped({}), ofB);
    assert.deepEqual(await dropped({ rules: { rules: [{ 'folder-order': [at('b')] }] } }), ofA);
    assert.deepEqual(await dropped({ keep: 'folder', across: [at('b'), at('a')] }), ofA);
    assert.deepEqual(await dropped({ reference: [at('b')] }), ofA);
    assert.deepEqual(await dropped({ protect: [at('a'), at('b')] }), []);
    assert.deepEqual(await dropped({ within: [at('a')] }), []);
    const target = join(folder, 'dropped');
    const moved = await made({ action: 'move', moveTo: target });
    assert.deepEqual([moved.overview?.action, moved.overview?.moveTo], ['move', target]);
    assert.ok(!existsSync(target));
  });

  it('are refused for what cannot be followed, before anything is made', async () => {
    const before = (await client.plans({ limit: 100 })).plans.length;
    await refused({ keep: 'folder' }, 400, /without folders in an order/);
    await refused({ keep: 'best', rules: { rules: ['largest'] } }, 400, /Found keep and rules/);
    await refused({ rules: { rules: ['biggest'] } }, 400, /rules.*found "biggest"/);
    await refused({ action: 'move' }, 400, /Found no moveTo/);
    await refused({ action: 'move', moveTo: 'here' }, 400, /absolute path/);
    await refused({ moveTo: '/there' }, 400, /with move alone/);
    await refused({ protect: ['a'] }, 400, /absolute path/);
    await refused({ protect: [at('c')] }, 404, /nothing at/);
    await refused({ within: [at('c')] }, 404, /No picture/);
    await refused({ copies: true, preset: 'strict', precision: 0.9 }, 400, /one of them/);
    await refused({ actions: 'trash' }, 400, /actions/);
    assert.equal((await client.plans({ limit: 100 })).plans.length, before);
  });

  it('tell why they fail', async () => {
    writeFileSync(join(folder, 'a file'), '');
    const plan = await made({ action: 'move', moveTo: join(folder, 'a file') });
    assert.deepEqual([plan.state, plan.error?.code, plan.overview], ['failed', 'INVALID_INPUT', null]);
    await assert.rejects(client.planFile(plan.id), /it failed, and says why/);
    await client.removePlan(plan.id);
    await assert.rejects(client.plan(plan.id), /There is no plan/);
  });

  it('are listed by pages, the latest first, and can be taken away', async () => {
    const plans = [await made(), await made(), await made()].reverse();
    const first = await client.plans({ limit: 2 });
    assert.deepEqual(
      first.plans.map(({ id }) => id),
      plans.slice(0, 2).map(({ id }) => id),
    );
    const [, second] = plans;
    await client.removePlan(second?.id ?? '');
    const next = await client.plans({ limit: 1, cursor: first.nextCursor ?? '' });
    assert.deepEqual(
      next.plans.map(({ id }) => id),
      [plans[2]?.id],
    );
    await assert.rejects(client.removePlan(second?.id ?? ''), /There is no plan/);
    await assert.rejects(client.plan(randomUUID()), /There is no plan/);
    await assert.rejects(client.plans({ cursor: 'x' }), /not one of this server/);
    const response = await fetch(`${app.address}/v1/plans/..%2f..%2fcatalog/file`);
    assert.equal(response.status, 400);
  });

  it('outlive the server, and one whose record is damaged is told of', async () => {
    const plan = await made();
    const damaged = await made();
    writeFileSync(join(folder, 'library', 'plans', `${damaged.id}.json`), '{"askedAt": "2026-');
    writeFileSync(join(folder, 'library', 'plans', 'not an id.json'), '{}');
    const told = await client.plan(damaged.id);
    assert.deepEqual([told.state, told.error?.code], ['failed', 'CATALOG_DAMAGED']);
    const listed = (await client.plans({ limit: 100 })).plans.map(({ id }) => id);
    assert.ok(listed.includes(damaged.id));
    assert.ok(!listed.includes('not an id'), 'a file of somebody else is no plan');
    await app.close();
    app = await serve();
    client = createEideticClient({ address: app.address });
    assert.deepEqual(await client.plan(plan.id), plan);
    await client.removePlan(damaged.id);
  });

  it('are for who may administer', async () => {
    const keys = openKeyStore(join(folder, 'library', 'keys'));
    const { secret } = await keys.add('curator', 'write');
    await app.close();
    app = await serve({ requireKey: true });
    const writer = createEideticClient({ address: app.address, key: secret });
    await assert.rejects(writer.makePlan(), /403 FORBIDDEN/);
    await assert.rejects(writer.plans(), /403 FORBIDDEN/);
  });
});

type Json = Readonly<Record<string, unknown>>;

/** Of the first of two plans that say the same, but for what is of one alone. */
function headerOf(...files: readonly [string, string]): Json {
  const [one, other] = files.map((file) => {
    const [header = {}, ...lines] = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Json);
    return { header, lines };
  });
  const { planId: _, madeAt: __, ...said } = one?.header ?? {};
  assert.deepEqual([{ ...other?.header, ...said }, one?.lines], [other?.header, other?.lines]);
  return one?.header ?? {};
}
