import { createHash } from 'node:crypto';
import { canonicalJson } from '../../station/ledger/canonical.ts';
import { storedKeys } from '../keys/keyRing.ts';
import type { SampleStore } from './store.testStore.ts';
import { station } from './store.testStore.ts';

/** The station's keys as it would publish them, signed with the one in use. */
export function publishedText(
  store: SampleStore,
  change: (keys: Record<string, string | number | boolean | null>[]) => void = () => undefined,
  voided: { number: number; timeMs: number }[] = [],
): string {
  const { signer } = store.keys;
  if (signer === null) throw new Error('no key');
  const keys = storedKeys(store.stores).map(({ keyId, publicKey, fromMs, revokedSinceMs }) => ({
    ...{ id: keyId, publicKey, fromMs, revokedSinceMs },
    untilMs: null,
    vouched: true,
  }));
  change(keys);
  const body = {
    ...{ format: 'yuanheng-keys-1', station, stationName: '阳泉证据煤场', asOfMs: store.clock.nowMs() },
    ...{ keys, voided, signedBy: signer.keyId },
  };
  const sha256 = createHash('sha256').update(canonicalJson(body), 'utf8').digest('hex');
  return JSON.stringify({ ...body, signature: signer.sign(`yuanheng-keys-1:${sha256}`) });
}
