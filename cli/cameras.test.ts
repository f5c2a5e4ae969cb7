import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answerProbes } from '../simulator/cameras/discovery.ts';
import { hikvisionForm } from '../simulator/cameras/hikvision.ts';
import { alarmInfoPlate } from '../simulator/cameras/vzenithPush.ts';
import { visitByName } from '../simulator/trucks.ts';
import { runCameras } from './cameras.ts';

async function run(...args: string[]): Promise<{ code: number; out: string[]; err: string[] }> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCameras(args, { out: (line) => out.push(line), err: (line) => err.push(line) });
  return { code, out, err };
}

const snapshot = { visit: visitByName('legal')!, plateId: 7, atMs: Date.UTC(2026, 2, 9), picture: null };

describe('yuanheng cameras', () => {
  it('find names who answers a probe', async () => {
    const camera = await answerProbes(8080);
    const { code, out } = await run(
      'find',
      '--address',
      '127.0.0.1',
      '--port',
      String(camera.port),
      '--seconds',
      '1',
    );
    await camera.close();
    expect(code).toBe(0);
    expect(JSON.parse(out[0]!)).toEqual({
      from: '127.0.0.1',
      name: 'YUANHENG DRILL',
      hardware: 'SIM-1',
      addresses: ['http://127.0.0.1:8080/onvif/device_service'],
    });
  });

  it('read tells what a station hears in a push that was saved', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'yuanheng-cameras-'));
    const file = join(dir, 'push');
    writeFileSync(file, alarmInfoPlate(snapshot));
    const vzenith = await run('read', 'vzenith-push', file);
    expect(vzenith.code).toBe(0);
    expect(JSON.parse(vzenith.out[0]!)).toMatchObject({
      eventId: '7/1773014400',
      plate: { text: '晋C83N16' },
      drill: true,
    });
    writeFileSync(file, hikvisionForm(snapshot, 'none').body);
    const hikvision = await run('read', 'hikvision-push', file);
    expect(JSON.parse(hikvision.out[0]!)).toMatchObject({ plate: { said: '黄晋C83N16', text: '晋C83N16' } });
    const wrong = await run('read', 'json-push', file);
    expect(wrong).toMatchObject({ code: 1, out: [expect.stringContaining('not-json')] });
    rmSync(dir, { recursive: true });
  });

  it.each([
    [[], /say find/],
    [['read', 'acme', 'x'], /KIND must be one of vzenith-push/],
    [['read', 'json-push', '/no/such/file'], /ENOENT/],
    [['find', '--seconds', '0'], /--seconds must be/],
  ])('%j is refused in one line', async (args, words) => {
    const { code, err } = await run(...args);
    expect(code).toBe(2);
    expect(err).toHaveLength(1);
    expect(err[0]).toMatch(words);
  });
});
