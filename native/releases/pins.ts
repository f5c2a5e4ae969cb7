import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** About 60 ms on a yard's computer; 32 MB while it runs. */
const cost = { N: 32_768, r: 8, p: 1, maxmem: 96 * 1024 * 1024 } as const;
const hashBytes = 32;
const saltBytes = 16;

export interface PinHash {
  readonly salt: Uint8Array;
  readonly hash: Uint8Array;
}

let queue: Promise<unknown> = Promise.resolve();

/** One at a time: a flood of tries must not take the station's memory. */
function stretch(pin: string, salt: Uint8Array): Promise<Uint8Array> {
  const turn = queue.then(
    () =>
      new Promise<Uint8Array>((resolve, reject) => {
        scrypt(pin.normalize('NFKC'), salt, hashBytes, cost, (problem, key) => {
          if (problem === null) resolve(key);
          else reject(problem);
        });
      }),
  );
  queue = turn.catch(() => undefined);
  return turn;
}

export async function hashPin(pin: string): Promise<PinHash> {
  const salt = randomBytes(saltBytes);
  return { salt, hash: await stretch(pin, salt) };
}

/** Takes as long for nobody as for somebody: a wrong name must not answer faster than a wrong PIN. */
export async function pinFits(pin: string, stored: PinHash | null): Promise<boolean> {
  const against = stored ?? { salt: randomBytes(saltBytes), hash: randomBytes(hashBytes) };
  const key = await stretch(pin, against.salt);
  return key.length === against.hash.length && timingSafeEqual(key, against.hash) && stored !== null;
}
