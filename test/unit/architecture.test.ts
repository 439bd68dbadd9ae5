import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, it } from 'node:test';
import { MIGRATION_STEPS } from '../../src/storage/migrate/migration-steps.ts';
import { readArchitectureTable } from '../support/architecture-table.ts';

const SRC = 'src';
const table = readArchitectureTable(readFileSync('ARCHITECTURE.md', 'utf8'));
const rows = new Map(table.map((row) => [row.folder, row]));

interface Import {
  readonly file: string;
  readonly line: number;
  readonly specifier: string;
}

function sourceFiles(): string[] {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:cts|ts|tsx)$/.test(name))
    .map((name) => join(SRC, name));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  const pattern = /(?:\bfrom\s+|\bimport\s+|\bimport\(\s*)'([\w@./:-]+)'/g;
  return [...text.matchAll(pattern)].map((match) => ({
    file,
    line: text.slice(0, match.index).split('\n').length,
    specifier: match[1] ?? '',
  }));
}

/** The part of `src` that a path belongs to: a folder, or a file at the top without its ending. */
function partOf(path: string): string {
  const [first = ''] = relative(SRC, path).split(sep);
  return first.replace(/\.ts$/, '');
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function violation({ file, line, specifier }: Import): string | null {
  const part = partOf(file);
  const row = rows.get(part);
  const place = `${file}:${line}: ${part} imports ${specifier}`;
  if (row === undefined) {
    return `${place}, but ARCHITECTURE.md has no row for ${part}`;
  }
  if (specifier.startsWith('node:')) {
    return null;
  }
  if (specifier.startsWith('.')) {
    const target = partOf(relative(process.cwd(), resolve(dirname(file), specifier)));
    return target === part || row.ours.includes(target) ? null : place;
  }
  return row.packages.includes(packageOf(specifier)) ? null : place;
}

describe('architecture', () => {
  const imports = sourceFiles().flatMap(importsOf);

  it('imports only what the table in ARCHITECTURE.md allows', () => {
    assert.ok(imports.length > 100, `only ${imports.length} imports found: is the reader broken?`);
    assert.deepEqual(
      imports.map(violation).filter((found) => found !== null),
      [],
    );
  });

  it('has a row for each part of src, and no other', () => {
    const parts = new Set(sourceFiles().map(partOf));
    assert.deepEqual([...rows.keys()].sort(), [...parts].sort());
  });

  it('grants no import that nobody makes', () => {
    const made = new Set(
      imports.map(({ file, specifier }) => {
        const isOurs = specifier.startsWith('.');
        const target = isOurs
          ? partOf(relative(process.cwd(), resolve(dirname(file), specifier)))
          : packageOf(specifier);
        return `${partOf(file)} > ${target}`;
      }),
    );
    const granted = table.flatMap(({ folder, ours, packages }) =>
      [...ours, ...packages].map((name) => `${folder} > ${name}`),
    );
    assert.deepEqual(
      granted.filter((grant) => !made.has(grant)),
      [],
    );
  });

  it('takes nothing but types of the server into the client', () => {
    const foreign = sourceFiles()
      .filter((file) => partOf(file) === 'client')
      .flatMap((file) => [
        ...readFileSync(file, 'utf8').matchAll(/^(?:import|export)\s[^;]*?from '\.\.[^;]*;/gm),
      ])
      .map(([statement]) => statement);
    assert.ok(foreign.length >= 8, `only ${foreign.length} imports found: is the reader broken?`);
    assert.deepEqual(
      foreign.filter((statement) => !statement.startsWith('import type')),
      [],
    );
  });

  it('has no import cycles between parts', () => {
    const visiting = new Set<string>();
    const visit = (part: string, path: readonly string[]): void => {
      assert.ok(!visiting.has(part), `cycle: ${[...path, part].join(' > ')}`);
      visiting.add(part);
      for (const next of rows.get(part)?.ours ?? []) {
        visit(next, [...path, part]);
      }
      visiting.delete(part);
    };
    for (const part of rows.keys()) {
      visit(part, []);
    }
  });

  it('tells the steps of the migration as the code has them', () => {
    const rows = MIGRATION_STEPS.map(({ name, does }) => `| \`${name}\` | ${does} |`);
    assert.ok(readFileSync('ARCHITECTURE.md', 'utf8').includes(rows.join('\n')), rows.join('\n'));
  });

  it('finds a forbidden import', () => {
    const forbidden = { file: 'src/domain/picture.ts', line: 1, specifier: 'sharp' };
    assert.equal(violation(forbidden), 'src/domain/picture.ts:1: domain imports sharp');
    assert.notEqual(violation({ ...forbidden, specifier: '../storage/schema.ts' }), null);
  });
});
