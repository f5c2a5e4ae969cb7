import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dispatchSlip } from '../../station/slips/paper.ts';
import { allowedRecord } from '../../station/slips/testRecord.ts';
import { listPrinters, lpPrinter } from './lpPrinter.ts';

const slip = dispatchSlip(allowedRecord, '241x140');
if (!slip.ok) throw new Error(slip.error);
const paper = slip.value;

describe.skipIf(process.platform === 'win32')('printing through lp', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yuanheng-lp-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  async function tool(name: string, script: string): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, `#!/bin/sh\n${script}\n`);
    await chmod(path, 0o755);
    return path;
  }

  test('the form, the printer and the whole PDF reach lp as they are', async () => {
    const lp = await tool(
      'lp-ok',
      `for a in "$@"; do echo "$a"; done > ${folder}/args; cat > ${folder}/in; echo request id is X-1`,
    );
    expect(await lpPrinter({ lp })(paper, 'LQ_730K')).toEqual({
      ok: true,
      value: { detail: 'request id is X-1' },
    });
    const args = (await readFile(join(folder, 'args'), 'utf8')).trim().split('\n');
    expect(args.slice(0, 2)).toEqual(['-d', 'LQ_730K']);
    expect(args).toContain('media=Custom.241x140mm');
    expect(args).toContain('YQ01 00000128 slip');
    const sent = await readFile(join(folder, 'in'));
    expect(sent.subarray(0, 5).toString('latin1')).toBe('%PDF-');
    expect(sent.subarray(-6).toString('latin1')).toContain('%%EOF');
  });

  test.each(['-oraw', '--', 'a b', 'x;reboot', '$(id)', 'a/b', '', 'x'.repeat(200)])(
    'a printer name that could be anything else (%j) never reaches lp',
    async (name) => {
      const failed = await lpPrinter({ lp: join(folder, 'never') })(paper, name);
      expect(failed).toMatchObject({ ok: false, error: { code: 'bad-printer-name' } });
    },
  );

  test('a missing lp, a refusing one, a deaf one and an endlessly talking one each end in plain words', async () => {
    const run = async (lp: string): Promise<unknown> => lpPrinter({ lp, timeoutMs: 500 })(paper, 'X');
    expect(await run(join(folder, 'not-there'))).toMatchObject({ error: { code: 'tool-missing' } });
    expect(
      await run(await tool('lp-no', 'echo "lp: Unsupported document-format" >&2; exit 1')),
    ).toMatchObject({
      error: { code: 'refused', detail: expect.stringContaining('Unsupported document-format') as string },
    });
    expect(await run(await tool('lp-deaf', 'exec sleep 600'))).toMatchObject({
      error: { code: 'timed-out' },
    });
    expect(await run(await tool('lp-endless', 'exec yes >&2'))).toMatchObject({
      error: { code: 'timed-out' },
    });
  });

  test('a dead print service is told from a missing printer', async () => {
    const lp = await tool('lp-gone', 'echo "lp: Error - The printer or class does not exist." >&2; exit 1');
    const dead = await tool('lpstat-dead', '[ "$1" = -e ] || echo scheduler is not running');
    const alive = await tool(
      'lpstat-alive',
      'if [ "$1" = -e ]; then printf "LQ_730K\\nOffice-A4\\n"; else echo scheduler is running; fi',
    );
    expect(await lpPrinter({ lp, lpstat: dead })(paper, 'X')).toMatchObject({
      error: { code: 'spooler-not-running' },
    });
    expect(await lpPrinter({ lp, lpstat: alive })(paper, 'X')).toMatchObject({
      error: { code: 'no-such-printer' },
    });
    expect(await listPrinters({ lpstat: dead })).toMatchObject({ error: { code: 'spooler-not-running' } });
    expect(await listPrinters({ lpstat: alive })).toEqual({ ok: true, value: ['LQ_730K', 'Office-A4'] });
  });
});
