import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { KeySecret } from '../../native/keys/keySecret.ts';
import type { TestYard } from '../support/yard.ts';
import { driveOff, driveOn, openYard, save, sixAxles } from '../support/yard.ts';

let yard: TestYard;
afterEach(async () => {
  vi.unstubAllEnvs();
  await yard.close();
});

const inStore = (secret: string): KeySecret => ({ kind: 'open', place: 'os-store', secret });
const closed: KeySecret = { kind: 'closed', detail: 'the keyring is locked' };

/** A station whose secret comes from the desktop; what the desktop says can be changed before the next start. */
async function openDesktopYard(
  first: KeySecret,
): Promise<{ says: KeySecret; renewed: number; makes: KeySecret }> {
  const shell = { says: first, renewed: 0, makes: inStore('made anew') };
  yard = await openYard(undefined, undefined, {
    get keySecret() {
      return shell.says;
    },
    newKeySecret: () => {
      shell.renewed += 1;
      return Promise.resolve(shell.makes);
    },
  });
  return shell;
}

async function weigh(plate: string): Promise<string | null> {
  await driveOn(yard, { plate, kg: 40_000, facts: sixAxles, kind: 'gross' });
  const { outcome } = await save(yard);
  await driveOff(yard);
  return outcome;
}

async function keys() {
  const got = await yard.screen.call('keys.list', {});
  if (!got.ok) throw new Error(got.error.code);
  return got.value;
}

it('a station without a window leaves a secret alone that the desktop program has sealed', async () => {
  yard = await openYard();
  const before = await keys();
  yard.screen.close();
  await yard.station.close();
  vi.stubEnv('YUANHENG_KEY_SECRET', '');
  vi.stubEnv('XDG_STATE_HOME', join(yard.dir, 'state'));
  mkdirSync(join(yard.dir, 'shell'));
  writeFileSync(join(yard.dir, 'shell', 'key-secret.sealed'), 'sealed');
  await yard.reopen();
  expect(await keys()).toMatchObject({ keys: before.keys, secret: null, trouble: { kind: 'store-closed' } });
  expect((await yard.screen.call('key.introduce', { reason: 'new-computer' })).ok).toBe(false);
  expect(existsSync(join(yard.dir, 'state'))).toBe(false);
});

describe('a secret in the operating system’s store', () => {
  it('is named as such, and the key it opens is the same at every start', async () => {
    await openDesktopYard(inStore('of the store'));
    const first = await keys();
    expect(first).toMatchObject({
      secret: 'os-store',
      trouble: null,
      keys: [{ current: true, reason: 'first' }],
    });
    await yard.restart();
    expect(await keys()).toEqual(first);
    expect(await weigh('晋C12345')).toBe('allow');
  });

  it('that cannot be had makes no new key: nothing is decided, and all of it comes back with the store', async () => {
    const shell = await openDesktopYard(inStore('of the store'));
    const before = await keys();
    shell.says = closed;
    await yard.restart();
    expect(yard.screen.view?.faults).toMatchObject([{ code: 'key-unusable' }]);
    expect(await keys()).toEqual({
      ...before,
      secret: null,
      trouble: { kind: 'store-closed', detail: 'the keyring is locked' },
    });
    expect(await weigh('晋C12345')).toBe('cannot-decide');
    expect((await yard.screen.call('key.introduce', { reason: 'rotation' })).ok).toBe(false);
    expect(shell.renewed).toBe(0);
    shell.says = inStore('of the store');
    await yard.restart();
    expect(await keys()).toEqual(before);
    expect(await weigh('晋C12346')).toBe('allow');
  });

  it('that is gone for good gets a successor when a person starts a new key, and not before', async () => {
    const shell = await openDesktopYard(inStore('of the store'));
    shell.says = closed;
    await yard.restart();
    shell.makes = closed;
    const refused = await yard.screen.call('key.introduce', { reason: 'new-computer' });
    expect(refused).toMatchObject({ ok: false, error: { code: 'key-not-made' } });
    expect((await keys()).keys).toHaveLength(1);
    shell.makes = inStore('made anew');
    expect((await yard.screen.call('key.introduce', { reason: 'new-computer', by: '负责人' })).ok).toBe(true);
    expect(await keys()).toMatchObject({
      secret: 'os-store',
      trouble: null,
      keys: [{ current: false }, { current: true, reason: 'new-computer' }],
    });
    expect(await weigh('晋C12345')).toBe('allow');
    shell.says = inStore('made anew');
    await yard.restart();
    expect((await keys()).trouble).toBeNull();
    expect(await weigh('晋C12346')).toBe('allow');
  });
});

it('what the manager says of a record, a crossing and a key bears the manager’s name, not the operator’s', async () => {
  yard = await openYard();
  const { screen } = yard;
  await screen.call('operator.sign-in', { name: '张三' });
  await weigh('晋C12345');
  const by = '负责人';
  for (const said of [
    await screen.call('record.correct', { number: 1, field: 'loader', now: '2号铲车', reason: '写错', by }),
    await screen.call('weighing.void', { number: 1, reason: '重复', by }),
    await screen.call('key.introduce', { reason: 'rotation', by }),
  ])
    expect(said.ok).toBe(true);
  const [old] = (await keys()).keys;
  const revoked = await screen.call('key.revoke', {
    ...{ keyId: old?.keyId ?? '', sinceMs: Date.now(), reason: '旧电脑', by },
  });
  expect(revoked.ok).toBe(true);
  const texts = yard.station.desk.deps.stores.db
    .prepare(
      `SELECT json_extract(text, '$.body.operator') FROM ledger WHERE type IN
       ('record-corrected', 'weighing-voided', 'key-introduced', 'key-revoked') AND sequence > 2`,
    )
    .pluck()
    .all();
  expect(texts).toEqual([by, by, by, by]);
  expect(screen.view?.operator).toBe('张三');
});
