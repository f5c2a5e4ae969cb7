import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newStationKey, openExistingKey } from '../native/keys/stationKey.ts';
import type { SecretPlaces } from './keySecret.ts';
import { handedSecret, readSecret, renewedSecret } from './keySecret.ts';
import type { SecretStore } from './secretStore.ts';

/** A keyring of the account: what it seals it opens again, until something happens to it. */
interface FakeStore extends SecretStore {
  missingNow: string | null;
  broken: boolean;
  /** Wants everything sealed anew. */
  old: boolean;
  readonly key: string;
}

function fakeStore(key = 'of this account'): FakeStore {
  const store: FakeStore = {
    missingNow: null,
    broken: false,
    old: false,
    key,
    missing: () => Promise.resolve(store.missingNow),
    seal: (text) => {
      if (store.broken) return Promise.reject(new Error('the keyring refused'));
      return Promise.resolve(Buffer.from(`${store.key}${store.old ? '' : ' again'}|${text}`));
    },
    open: (sealed) => {
      const [by = '', text = ''] = sealed.toString().split('|');
      if (store.broken || !by.startsWith(store.key))
        return Promise.reject(new Error('cannot be opened here'));
      return Promise.resolve({ text, again: store.old });
    },
  };
  return store;
}

let root: string;
let store: FakeStore;
let places: SecretPlaces;
let said: string[];
let dataDir: string;
let plainFile: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'yuanheng-secret-'));
  store = fakeStore();
  said = [];
  dataDir = join(root, 'data');
  plainFile = join(root, 'state', 'yuanheng', 'key-secret');
  mkdirSync(join(dataDir, 'drill'), { recursive: true });
  places = {
    store,
    sealedFile: join(dataDir, 'shell', 'key-secret.sealed'),
    keyDirs: [dataDir, join(dataDir, 'drill')],
    environment: { XDG_STATE_HOME: join(root, 'state') },
    log: (line) => said.push(line),
  };
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function keepPlain(secret: string): void {
  mkdirSync(dirname(plainFile), { recursive: true });
  writeFileSync(plainFile, `${secret}\n`);
}

/** Everything that lies in the shell's folder. */
function shell(): string[] {
  return existsSync(dirname(places.sealedFile)) ? readdirSync(dirname(places.sealedFile)) : [];
}

async function secretOf(): Promise<string> {
  const handed = await handedSecret(places);
  if (handed.kind !== 'store') throw new Error(handed.kind);
  return handed.secret;
}

describe('a computer with a secret store', () => {
  it('gives a new station a secret of its own, the same at every start, and writes it nowhere plain', async () => {
    const secret = await secretOf();
    expect(secret.length).toBeGreaterThan(40);
    expect(await secretOf()).toBe(secret);
    expect(existsSync(plainFile)).toBe(false);
    expect(said.join()).not.toContain(secret);
    expect(shell()).toEqual(['key-secret.sealed']);
  });

  it('takes over the secret of a file, so that a station goes on with its key, and removes the file', async () => {
    keepPlain('of the file');
    const key = newStationKey(dataDir, 'of the file');
    expect(await secretOf()).toBe('of the file');
    expect(existsSync(plainFile)).toBe(false);
    const again = openExistingKey(dataDir, await secretOf());
    expect(again.ok && key.ok && again.value.keyId === key.value.keyId).toBe(true);
    expect(said.join()).not.toContain('of the file');
  });

  it('takes it over for a station that only has a drill yet', async () => {
    keepPlain('of the file');
    newStationKey(join(dataDir, 'drill'), 'of the file');
    expect(await secretOf()).toBe('of the file');
    expect(existsSync(plainFile)).toBe(false);
  });

  it('leaves a file alone that opens nothing here: it is another station’s', async () => {
    keepPlain('of another station');
    expect(await secretOf()).not.toBe('of another station');
    newStationKey(dataDir, 'unknown');
    expect(await secretOf()).not.toBe('of another station');
    expect(readFileSync(plainFile, 'utf8')).toBe('of another station\n');
  });

  it('ends a move that was interrupted when the secret was safe already', async () => {
    const secret = await secretOf();
    keepPlain(secret);
    expect(await secretOf()).toBe(secret);
    expect(existsSync(plainFile)).toBe(false);
    keepPlain('of another station');
    expect(await secretOf()).toBe(secret);
    expect(existsSync(plainFile)).toBe(true);
  });

  it.each(['refuses to seal', 'reads back something else'])(
    'keeps the file where the store %s',
    async (what) => {
      keepPlain('of the file');
      newStationKey(dataDir, 'of the file');
      const fails: SecretStore = {
        ...store,
        ...(what === 'refuses to seal'
          ? { seal: () => Promise.reject(new Error('no')) }
          : { open: () => Promise.resolve({ text: 'something else', again: false }) }),
      };
      expect(await handedSecret({ ...places, store: fails })).toEqual({ kind: 'own' });
      expect(readFileSync(plainFile, 'utf8')).toBe('of the file\n');
      expect(shell()).toEqual([]);
      // And moves it when the store works.
      expect(await secretOf()).toBe('of the file');
    },
  );

  it('seals anew what the store wants sealed anew', async () => {
    store.old = true;
    const secret = await secretOf();
    const first = readFileSync(places.sealedFile);
    store.old = false;
    writeFileSync(places.sealedFile, first);
    const wants: SecretStore = {
      ...store,
      open: async (sealed) => ({ ...(await store.open(sealed)), again: true }),
    };
    expect(await handedSecret({ ...places, store: wants })).toEqual({ kind: 'store', secret });
    expect(readFileSync(places.sealedFile).equals(first)).toBe(false);
    expect(await secretOf()).toBe(secret);
  });
});

describe('a store that fails later', () => {
  const failures: readonly (readonly [string, (of: FakeStore) => void])[] = [
    ['is not there', (of) => (of.missingNow = 'no secret store (basic_text)')],
    ['does not open', (of) => (of.broken = true)],
  ];
  it.each(failures)('that %s leads to no new secret and loses nothing', async (_what, fail) => {
    const secret = await secretOf();
    const before = readFileSync(places.sealedFile);
    fail(store);
    expect(await handedSecret(places)).toMatchObject({ kind: 'closed' });
    expect(await handedSecret(places)).toMatchObject({ kind: 'closed' });
    expect(readFileSync(places.sealedFile).equals(before)).toBe(true);
    expect([existsSync(plainFile), shell()]).toEqual([false, ['key-secret.sealed']]);
    expect(await readSecret(places)).toBeNull();
    Object.assign(store, { missingNow: null, broken: false });
    expect(await secretOf()).toBe(secret);
  });

  it('of another computer does not open what was copied there; a person may start anew, and nothing is thrown away', async () => {
    const secret = await secretOf();
    const there = { ...places, store: fakeStore('of another computer') };
    expect(await handedSecret(there)).toMatchObject({ kind: 'closed', detail: 'cannot be opened here' });
    const renewed = await renewedSecret(there, 1_790_000_000_000);
    expect(renewed).toMatchObject({ kind: 'store' });
    expect(renewed).not.toMatchObject({ secret });
    expect(await handedSecret(there)).toEqual(renewed);
    const [aside = ''] = shell().filter((name) => name !== 'key-secret.sealed');
    expect(aside).toBe('key-secret.sealed.before-1790000000000');
    expect((await store.open(readFileSync(join(dirname(places.sealedFile), aside)))).text).toBe(secret);
  });

  it('and is gone for good: a person starts anew, and the secret lies in a file again', async () => {
    await secretOf();
    store.missingNow = 'no secret store (basic_text)';
    expect(await renewedSecret(places, 1)).toEqual({ kind: 'own' });
    expect(await handedSecret(places)).toEqual({ kind: 'own' });
  });
});

describe('a computer without one', () => {
  it('leaves the secret where a station without a window looks for it', async () => {
    store.missingNow = 'no secret store (basic_text)';
    expect(await handedSecret(places)).toEqual({ kind: 'own' });
    keepPlain('of the file');
    newStationKey(dataDir, 'of the file');
    expect(await handedSecret(places)).toEqual({ kind: 'own' });
    expect(await readSecret(places)).toBe('of the file');
    expect(shell()).toEqual([]);
  });

  it('takes what whoever starts the program gives, whatever the store says', async () => {
    await secretOf();
    const given = { ...places, environment: { ...places.environment, YUANHENG_KEY_SECRET: 'given' } };
    expect(await handedSecret(given)).toEqual({ kind: 'own' });
    expect(await readSecret(given)).toBe('given');
  });
});

it('a command reads the secret as it lies, and makes or moves none', async () => {
  expect(await readSecret(places)).toBeNull();
  keepPlain('of the file');
  newStationKey(dataDir, 'of the file');
  expect(await readSecret(places)).toBe('of the file');
  expect([shell(), existsSync(plainFile)]).toEqual([[], true]);
  expect(await secretOf()).toBe('of the file');
  expect(await readSecret(places)).toBe('of the file');
});
