import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { createRandom, type Random } from '../../src/sample/seeded-random.ts';
import { keptFolder } from '../kept-folder.ts';
import type { FilePair } from '../verify-pairs.ts';
import { type Mark, printPage, scanPage } from './draw-page.ts';
import { allPairs, type NegativeKind } from './negative-kind.ts';
import {
  drawInvoice,
  type Invoice,
  writeBookPage,
  writeForm,
  writeInvoice,
  writeLetter,
  writeTable,
} from './write-documents.ts';

/** Raise it when pages change. */
const REVISION = 2;

const OF_EACH = 10;

/** Pixels of the longer side of a preview. */
const PREVIEW = 500;

interface Documents {
  readonly name: string;
  readonly pages: ReadonlyArray<readonly Mark[]>;
  readonly pairs: readonly FilePair[];
}

/**
 * Pages of text of one template with other content: as printed, as scanned, and as previews too small to read; and, as
 * copies, the scan of each page with the page as printed and with another scan of it.
 */
export async function pageNegatives(): Promise<NegativeKind[]> {
  const documents = writeDocuments();
  const folder = await keptFolder(`copy-negatives-pages-${REVISION}`, (made) => drawAll(documents, made));
  const pathsOf = (name: string, make: Make, count: number) =>
    Array.from({ length: count }, (_, i) => join(folder, fileName(name, i, make)));
  const kinds = (make: Make, how: string) =>
    documents.map(({ name, pages, pairs }) => ({
      name: `${name}, ${how}`,
      about: `pairs of ${pages.length} pages`,
      paths: pathsOf(name, make, pages.length),
      pairs,
    }));
  const scans = (['print', 'second scan'] as const).flatMap((make) =>
    documents.map(({ name, pages }): NegativeKind => {
      const count = pages.length;
      const paths = [...pathsOf(name, make, count), ...pathsOf(name, 'scan', count)];
      const pairs = pages.map((_, i) => ({ a: i, b: count + i }));
      return { name: `${name}: ${make} and scan of one`, about: 'copies', paths, pairs, areCopies: true };
    }),
  );
  return [
    ...kinds('print', 'printed'),
    ...kinds('scan', 'scanned'),
    ...kinds('preview', 'previews'),
    ...scans,
  ];
}

type Make = 'print' | 'scan' | 'second scan' | 'preview';

function fileName(name: string, at: number, make: Make): string {
  const ending = make.endsWith('scan') ? 'jpg' : 'png';
  return `${name}-${at}-${make}.${ending}`.replaceAll(' ', '-');
}

async function drawAll(documents: readonly Documents[], folder: string): Promise<void> {
  for (const { name, pages } of documents) {
    for (const [i, marks] of pages.entries()) {
      const printed = await printPage(marks);
      const preview = sharp(printed).resize(PREVIEW, PREVIEW, { fit: 'inside' });
      writeFileSync(join(folder, fileName(name, i, 'print')), printed);
      for (const scan of ['scan', 'second scan'] as const) {
        const scanned = await scanPage(printed, createRandom(`${scan}/${name}/${i}`));
        writeFileSync(join(folder, fileName(name, i, scan)), scanned);
      }
      writeFileSync(join(folder, fileName(name, i, 'preview')), await preview.png().toBuffer());
    }
  }
}

function writeDocuments(): Documents[] {
  const license = fileURLToPath(new URL('../../../LICENSE', import.meta.url));
  const words = readFileSync(license, 'utf8')
    .split(/\s+/)
    .filter((word) => /^[A-Za-z,.;]+$/.test(word));
  const each = (name: string, write: (random: Random, i: number) => Mark[]): Documents => {
    const pages = Array.from({ length: OF_EACH }, (_, i) => write(createRandom(`${name}/${i}`), i));
    return { name, pages, pairs: allPairs(pages.map((_, i) => i)) };
  };
  return [
    each('letters of one firm', (random) => writeLetter(words, random)),
    each('invoices of one firm', (random) => writeInvoice(drawInvoice(words, random))),
    changedInvoices(words),
    each('one form filled in', (random) => writeForm(words, random)),
    each('tables with one head', (random) => writeTable(random)),
    each('pages of one book', (random, i) => writeBookPage(words, 20 + i, random)),
  ];
}

/** Each of ten invoices with four others that say the same but for one thing. */
function changedInvoices(words: readonly string[]): Documents {
  const families = Array.from({ length: OF_EACH }, (_, i) => {
    const random = createRandom(`changed/${i}`);
    const invoice = drawInvoice(words, random);
    return [invoice, ...changesOf(invoice, random)].map(writeInvoice);
  });
  const size = (families[0] as Mark[][]).length;
  const pairs = families.flatMap((_, family) =>
    Array.from({ length: size - 1 }, (_, i) => ({ a: family * size, b: family * size + 1 + i })),
  );
  return { name: 'invoices with one thing changed', pages: families.flat(), pairs };
}

/** Another number by one, another day, another price with its sums, another name of an item. */
function changesOf(invoice: Invoice, random: Random): Invoice[] {
  const at = random.whole(0, invoice.items.length - 1);
  const withItem = (change: Partial<Invoice['items'][number]>) => ({
    ...invoice,
    items: invoice.items.map((item, i) => (i === at ? { ...item, ...change } : item)),
  });
  const [day, ...rest] = invoice.date.split('.');
  return [
    { ...invoice, number: invoice.number + 1 },
    { ...invoice, date: [Number(day) === 28 ? 27 : Number(day) + 1, ...rest].join('.') },
    withItem({ cents: (invoice.items[at] as Invoice['items'][number]).cents + 100 }),
    withItem({ name: `${(invoice.items[at] as Invoice['items'][number]).name} again` }),
  ];
}
