import { createHash } from 'node:crypto';
import type { WeighingEvent } from '../../station/ledger/event.ts';
import type { Signer } from '../../station/ledger/signing.ts';
import { toBase32 } from '../../station/slips/base32.ts';
import type { SlipCode } from '../../station/slips/slipCode.ts';
import { signSlip } from '../../station/slips/slipCode.ts';

/** The first 64 bits of the SHA-256 over the hashes of a record's pictures, base32; null without pictures. */
export function picturesMark(pictures: readonly string[]): string | null {
  if (pictures.length === 0) return null;
  return toBase32(createHash('sha256').update(pictures.join('')).digest().subarray(0, 8));
}

/**
 * The signed text for a paper of a stored weighing; null where there is no key to sign with, or nothing to say. What
 * a camera or a typist could have made endless is cut: a code has to stay small enough to be printed.
 */
export function paperCode(
  event: WeighingEvent,
  signer: Signer | null,
  paper: { readonly copy: number; readonly validHours: number; readonly released: boolean },
): string | null {
  const { body } = event;
  const outcome = body.decision?.outcome ?? null;
  const decision = paper.released ? 'released' : outcome === 'cannot-decide' ? null : outcome;
  if (signer === null || decision === null || body.grossKg === null) return null;
  const code: SlipCode = {
    drill: event.mode === 'drill',
    station: event.station,
    number: body.number,
    plate: Array.from(body.plate).slice(0, 16).join(''),
    colour: body.colour,
    axles: body.facts.axles,
    grossKg: body.grossKg,
    limitKg: body.decision?.limitKg ?? null,
    tareKg: body.tareKg,
    netKg: body.netKg,
    goods: body.load.goods,
    timeMs: Math.floor(event.timeMs / 1000) * 1000,
    validHours: paper.validHours,
    decision,
    pictures: picturesMark(body.pictures),
    copy: paper.copy,
  };
  return signSlip(code, signer.sign);
}
