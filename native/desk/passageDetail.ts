import type { CallError, PassageDetail } from '../../station/contract.ts';
import { openLink } from '../../station/ledger/chain.ts';
import type { WeighingBody } from '../../station/ledger/event.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import { exitsOf } from '../exits/exitList.ts';
import { lateRows } from '../latePlates/lateRows.ts';
import { amendmentsOf } from '../records/amend.ts';
import { releaseOf } from '../releases/releases.ts';
import type { Records } from '../store/records.ts';
import { shotsOf } from '../snapshots/shotsOf.ts';
import { curvePoints } from './curvePoints.ts';

/** One record with everything kept beside it, its hash checked again. */
export function passageDetail(stores: Records, number: number): Result<PassageDetail, CallError> {
  const row = stores.passages.row(number);
  const link = stores.ledger.linkOfNumber(number);
  if (row === null || link === null) return err({ code: 'no-such-passage', detail: String(number) });
  const opened = openLink(link);
  const before = link.sequence === 1 ? null : stores.ledger.link(link.sequence - 1);
  const intact = opened.ok && (before === null || before.hash === link.previousHash);
  if (!opened.ok || opened.value.type !== 'weighing') {
    return err({ code: 'store-failed', detail: `record ${String(number)} does not hold` });
  }
  const { body } = opened.value;
  const curve = curveOf(stores, body);
  const sent = stores.passages.outbox(link.sequence);
  return ok({
    row,
    lane: body.lane,
    operator: body.operator,
    plateSource: body.plateSource,
    cameraPlate: body.cameraPlate,
    rearPlate: body.case?.plates.rear ?? null,
    rearStated: body.case?.rearStated ?? null,
    axleLoads: axleLoadsOf(body),
    facts: body.facts,
    decision: body.decision,
    attempt: body.attempt,
    release: releaseOf(stores, number),
    amendments: amendmentsOf(stores, number),
    tareNumber: body.tareNumber,
    pictureSha256: [...body.pictures],
    papers: stores.passages.papers(number),
    curveFlags: [...body.curveFlags],
    moments: [...body.moments],
    shots: shotsIn(stores, number),
    exits: exitsOf(stores, number),
    latePlates: lateRows(stores, number),
    curve: curvePoints(curve ?? '', body.instrument),
    frames: [...body.frames],
    ledger: {
      sequence: link.sequence,
      hash: link.hash,
      previousHash: link.previousHash,
      intact,
      canonical: link.text,
    },
    sync: {
      attempts: sent?.attempts ?? 0,
      lastError: sent?.lastError ?? null,
      deliveredAtMs: sent?.deliveredAtMs ?? null,
    },
  });
}

/** Of the whole crossing once it is over; up to the record where the program was stopped in between, or it was not kept. */
function curveOf(stores: Records, { crossingId, curveSha256 }: WeighingBody): string | null {
  const saved = curveSha256 === null ? null : stores.curves.read(curveSha256);
  const wholeSha256 = stores.db
    .prepare('SELECT curve FROM crossings WHERE crossing_id = ?')
    .pluck()
    .get(crossingId);
  const whole = typeof wholeSha256 === 'string' ? stores.curves.read(wholeSha256) : null;
  return whole !== null && (saved === null || whole.startsWith(saved)) ? whole : saved;
}

function shotsIn(stores: Records, number: number): PassageDetail['shots'] {
  const shots = shotsOf(stores, number);
  return shots === null ? null : [...shots];
}

function axleLoadsOf({ case: each }: WeighingBody): PassageDetail['axleLoads'] {
  return each?.axleLoadsKg ? { kg: [...each.axleLoadsKg], by: each.axleLoadsBy ?? '' } : null;
}
