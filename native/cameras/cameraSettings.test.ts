import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSettings } from '../settings.ts';
import { CamerasSettings } from './cameraSettings.ts';

describe('camera settings', () => {
  it('of before keep working, with the same defaults', () => {
    expect(CamerasSettings.parse([{ id: 'entry', kind: 'vzenith-push', allowFrom: ['10.0.0.1'] }])).toEqual([
      {
        id: 'entry',
        kind: 'vzenith-push',
        allowFrom: ['10.0.0.1'],
        serialNumbers: [],
        end: 'front',
        hears: 'both',
        place: 'scale',
        recognise: false,
        view: 'front',
      },
    ]);
  });

  const called = { id: 'a', host: '10.0.0.1', user: 'admin' };
  it.each([
    [
      'a password in the file',
      { ...called, kind: 'onvif', passwordVariable: 'geheim-123' },
      /passwordVariable: .*environment variable/,
    ],
    [
      'a password beside its variable',
      { ...called, kind: 'onvif', passwordVariable: 'P', password: 'x' },
      /cameras.0: .*"password"/,
    ],
    [
      'an address for a name',
      { ...called, kind: 'hikvision-stream', passwordVariable: 'P', host: 'http://10.0.0.1' },
      /host: .*without http/,
    ],
    ['a brand nobody knows', { id: 'a', kind: 'acme' }, /cameras.0.kind: one of vzenith-push, .*onvif/],
    ['nobody allowed', { id: 'a', kind: 'json-push', allowFrom: [] }, /cameras.0.allowFrom/],
    [
      'a wildcard for a serial number',
      { id: 'a', kind: 'vzenith-mqtt', host: 'b', serialNumbers: ['+'] },
      /serialNumbers.0: .*without/,
    ],
  ])('%s is refused in words', (_, camera, words) => {
    const dir = mkdtempSync(join(tmpdir(), 'yuanheng-cameras-'));
    const file = join(dir, 'config.json');
    writeFileSync(file, JSON.stringify({ cameras: [camera] }));
    const read = readSettings(file);
    rmSync(dir, { recursive: true });
    expect(read).toMatchObject({ ok: false });
    expect(read.ok ? '' : read.error).toMatch(words);
  });

  it('two cameras of one name are refused by that name', () => {
    const camera = { id: 'entry', kind: 'json-push', allowFrom: ['10.0.0.1'] };
    const read = CamerasSettings.safeParse([camera, camera]);
    expect(read.error?.issues[0]).toMatchObject({ path: [1, 'id'], message: 'two cameras are called entry' });
  });
});
