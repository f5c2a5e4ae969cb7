/** The part of Electron's `safeStorage` that is used. Its asynchronous half is not there in every Electron. */
export interface SafeStorage {
  readonly getSelectedStorageBackend?: () => string;
  readonly isEncryptionAvailable: () => boolean;
  readonly encryptString: (text: string) => Buffer;
  readonly decryptString: (sealed: Buffer) => string;
  readonly isAsyncEncryptionAvailable?: () => Promise<boolean>;
  readonly encryptStringAsync?: (text: string) => Promise<Buffer>;
  readonly decryptStringAsync?: (
    sealed: Buffer,
  ) => Promise<{ readonly result: string; readonly shouldReEncrypt: boolean }>;
}

/** The operating system's secret store: DPAPI, the Keychain, libsecret or KWallet. */
export interface SecretStore {
  /** Null where there is one to be had now; otherwise why not. */
  readonly missing: () => Promise<string | null>;
  /** Throws when the store does not. */
  readonly seal: (text: string) => Promise<Buffer>;
  /** `again`: the store wants it sealed anew. Throws when it cannot be opened here. */
  readonly open: (sealed: Buffer) => Promise<{ readonly text: string; readonly again: boolean }>;
}

/** How long the store may take: somebody may have to type a password. */
export const secretAnswerMs = 20_000;

/** Not secret at all: Chromium "seals" with a key everybody knows. */
const noStores: ReadonlySet<string> = new Set(['basic_text', 'unknown']);

/**
 * A keyring that waits for a password somebody has to type does not keep the station from starting: it gets
 * `answerMs`, where the calls are asynchronous.
 */
export function systemStore(safe: SafeStorage, platform: NodeJS.Platform, answerMs: number): SecretStore {
  return {
    missing: async () => {
      const backend = platform === 'linux' ? safe.getSelectedStorageBackend?.() : undefined;
      if (backend !== undefined && noStores.has(backend)) return `no secret store (${backend})`;
      const there = await answered(
        safe.isAsyncEncryptionAvailable?.() ?? safe.isEncryptionAvailable(),
        answerMs,
      );
      return there ? null : `the secret store ${backend ?? ''} does not answer`;
    },
    seal: (text) => answered(safe.encryptStringAsync?.(text) ?? safe.encryptString(text), answerMs),
    open: async (sealed) => {
      if (safe.decryptStringAsync === undefined) return { text: safe.decryptString(sealed), again: false };
      const { result, shouldReEncrypt } = await answered(safe.decryptStringAsync(sealed), answerMs);
      return { text: result, again: shouldReEncrypt };
    },
  };
}

async function answered<T>(asked: T | Promise<T>, answerMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error('the secret store does not answer'));
    }, answerMs);
  });
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}
