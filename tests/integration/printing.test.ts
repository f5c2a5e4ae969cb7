import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { paperPdf } from '../../native/printers/filePrinter.ts';
import { listPrinters, lpPrinter } from '../../native/printers/lpPrinter.ts';
import { dispatchSlip, refusalNote, type PaperLayout } from '../../station/slips/paper.ts';
import { allowedRecord, refusedRecord } from '../../station/slips/testRecord.ts';
import { canRunCups, startCups, type TestCups } from '../support/cups.ts';

function made<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown },
): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** A PDF reader that shares nothing with the program. */
function read(tool: 'pdftotext' | 'pdfinfo' | 'pdffonts', path: string): string {
  const args = tool === 'pdftotext' ? ['-layout', path, '-'] : [path];
  const { stdout, status, error } = spawnSync(tool, args, { encoding: 'utf8' });
  if (error !== undefined) throw new Error(`${tool} is missing: apt-get install poppler-utils`);
  expect(status).toBe(0);
  return stdout;
}

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yuanheng-paper-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function pdfOf(paper: PaperLayout): Promise<string> {
  const { bytes, fileName } = made(await paperPdf(paper));
  const path = join(folder, `${paper.form}-${fileName}`);
  await writeFile(path, bytes);
  return path;
}

const slipWords = [
  '出场装载单',
  '晋C12345',
  'YQ01-00000128',
  '46,650 kg',
  '49,000 kg',
  '15,320 kg',
  '31,330 kg',
  '2.35 t',
];
const refusalWords = [
  '超限拒放单',
  '晋C6789A',
  'YQ01-00000129',
  '32,200 kg',
  '31,000 kg',
  '1.20 t',
  '需卸货 ≥ 1,200 kg',
];

describe('a PDF reader', () => {
  const papers = [
    {
      name: 'slip 241x140',
      paper: made(dispatchSlip(allowedRecord, '241x140')),
      words: slipWords,
      size: [241, 140],
    },
    { name: 'slip A4', paper: made(dispatchSlip(allowedRecord, 'A4')), words: slipWords, size: [210, 297] },
    {
      name: 'refusal 241x140',
      paper: made(refusalNote(refusedRecord, '241x140')),
      words: refusalWords,
      size: [241, 140],
    },
    {
      name: 'refusal A4',
      paper: made(refusalNote(refusedRecord, 'A4')),
      words: refusalWords,
      size: [210, 297],
    },
  ] as const;

  test.each(papers)(
    'finds on the $name what it must say, on one sheet of the right size',
    async ({ paper, words, size }) => {
      const path = await pdfOf(paper);
      const text = read('pdftotext', path);
      for (const word of words) expect(text).toContain(word);
      const info = read('pdfinfo', path);
      expect(info).toMatch(/Pages:\s+1\n/);
      const points = /Page size:\s+([\d.]+) x ([\d.]+) pts/.exec(info)?.slice(1).map(Number) ?? [];
      expect(points.map((value) => Math.round((value / 72) * 25.4))).toEqual(size);
    },
  );

  test('finds both fonts embedded, cut down to what is used, with a map back to characters', async () => {
    const path = await pdfOf(papers[0].paper);
    const fonts = read('pdffonts', path).trim().split('\n').slice(2);
    expect(fonts).toHaveLength(2);
    for (const font of fonts) expect(font).toMatch(/NotoSansSC-\w+ +CID TrueType +Identity-H +yes yes yes/);
    expect((await stat(path)).size).toBeLessThan(200_000);
  });
});

describe.runIf(canRunCups)('through a real CUPS', () => {
  let cups: TestCups;
  beforeAll(async () => {
    cups = await startCups();
    await vi.waitFor(
      async () => {
        expect(made(await listPrinters({ server: cups.server }))).toEqual([cups.printer]);
      },
      { timeout: 30_000, interval: 100 },
    );
  });
  afterAll(async () => {
    await cups.stop();
  });

  async function printed(words: readonly string[]): Promise<string> {
    let text = '';
    await vi.waitFor(
      async () => {
        await stat(cups.output);
        text = spawnSync('pdftotext', ['-layout', cups.output, '-'], { encoding: 'utf8' }).stdout;
        for (const word of words) expect(text).toContain(word);
      },
      { timeout: 30_000, interval: 100 },
    );
    return text;
  }

  test('the slip comes out of the printer on a continuous form, unscaled', async () => {
    const print = lpPrinter({ server: cups.server });
    const sent = made(await print(made(dispatchSlip(allowedRecord, '241x140')), cups.printer));
    expect(sent.detail).toContain(cups.printer);
    await printed(slipWords);
    expect(read('pdfinfo', cups.output)).toMatch(/Page size:\s+683(\.\d+)? x 39[67](\.\d+)? pts/);
  });

  test('the refusal note comes out of the default printer on A4', async () => {
    made(await lpPrinter({ server: cups.server })(made(refusalNote(refusedRecord, 'A4')), null));
    await printed(refusalWords);
    expect(read('pdfinfo', cups.output)).toMatch(/Page size:\s+595(\.\d+)? x 84[12](\.\d+)? pts/);
  });

  test('a printer that is not there is named as such', async () => {
    const failed = await lpPrinter({ server: cups.server })(
      made(dispatchSlip(allowedRecord, 'A4')),
      'NO_SUCH',
    );
    expect(failed).toMatchObject({ ok: false, error: { code: 'no-such-printer' } });
  });

  test('a print service that is not running is named as such', async () => {
    const failed = await lpPrinter({ server: join(folder, 'none.sock') })(
      made(dispatchSlip(allowedRecord, 'A4')),
      cups.printer,
    );
    expect(failed).toMatchObject({ ok: false, error: { code: 'spooler-not-running' } });
  });
});
