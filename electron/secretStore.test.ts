import { describe, expect, it } from 'vitest';
import type { SafeStorage } from './secretStore.ts';
import { systemStore } from './secretStore.ts';

const answerMs = 20;

/** Electron's module as older programs have it: everything at once. */
const older: SafeStorage = {
  getSelectedStorageBackend: () => 'gnome_libsecret',
  isEncryptionAvailable: () => true,
  encryptString: (text) => Buffer.from(`sealed ${text}`),
  decryptString: (sealed) => sealed.toString().slice('sealed '.length),
};
/** As newer ones have it beside that. */
const newer: SafeStorage = {
  ...older,
  isEncryptionAvailable: () => {
    throw new Error('the asynchronous one is asked');
  },
  isAsyncEncryptionAvailable: () => Promise.resolve(true),
  encryptStringAsync: (text) => Promise.resolve(Buffer.from(`sealed ${text}`)),
  decryptStringAsync: (sealed) =>
    Promise.resolve({ result: sealed.toString().slice('sealed '.length), shouldReEncrypt: true }),
};

describe.each([
  ['an older Electron', older, false],
  ['a newer Electron', newer, true],
] as const)("%s's store", (_name, safe, again) => {
  it('opens what it sealed', async () => {
    const store = systemStore(safe, 'linux', answerMs);
    expect(await store.missing()).toBeNull();
    expect(await store.open(await store.seal('a secret'))).toEqual({ text: 'a secret', again });
  });

  it.each(['basic_text', 'unknown'])('is none on Linux where Chromium says %s', async (backend) => {
    const open = { ...safe, getSelectedStorageBackend: () => backend };
    expect(await systemStore(open, 'linux', answerMs).missing()).toContain(backend);
    // Elsewhere the word means nothing.
    expect(await systemStore(open, 'win32', answerMs).missing()).toBeNull();
  });
});

it('a store that is not there is said to be missing', async () => {
  const none = { ...older, isEncryptionAvailable: () => false };
  expect(await systemStore(none, 'win32', answerMs).missing()).toContain('does not answer');
});

it('a keyring that waits for somebody to type a password keeps nobody waiting for ever', async () => {
  const never = (): Promise<never> => new Promise(() => undefined);
  const asking: SafeStorage = {
    ...newer,
    isAsyncEncryptionAvailable: never,
    encryptStringAsync: never,
    decryptStringAsync: never,
  };
  const store = systemStore(asking, 'linux', answerMs);
  await expect(store.missing()).rejects.toThrow('does not answer');
  await expect(store.seal('a secret')).rejects.toThrow('does not answer');
  await expect(store.open(Buffer.from('x'))).rejects.toThrow('does not answer');
});
