import { chineseDate } from '../../station/chineseTime.ts';
import type { CallError, ReleaseRequest, ReleaseView } from '../../station/contract.ts';
import { openLink } from '../../station/ledger/chain.ts';
import type { WeighingBody } from '../../station/ledger/event.ts';
import type { ReasonCode } from '../../station/limits/decision.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import { nameKey } from '../../station/nameKey.ts';
import { assertNever } from '../../station/assertNever.ts';
import type { GoodsCategory } from '../../station/vehicles/credentials.ts';
import { readPlate } from '../../station/vehicles/plate.ts';
import type { Desk } from '../desk/desk.ts';
import { entryNamed } from '../desk/loadNames.ts';
import { stationObstacles } from '../desk/obstacles.ts';
import { amendmentsOf, isVoided } from '../records/amend.ts';
import { notProven } from './notProven.ts';
import type { People } from './people.ts';
import { isReleased, releaseOf } from './releases.ts';

/** A permit or an order stands above a limit on weight, and above nothing else. */
const ofWeight: ReadonlySet<ReasonCode> = new Set<ReasonCode>(['overload', 'above-other-limit']);

/**
 * Grants a lawful exception for one refused weighing, signed by two different people, the second one a manager.
 * It is in the ledger before anything is printed; what it did not write, it did not grant.
 */
export async function grantRelease(
  desk: Desk,
  people: People,
  request: ReleaseRequest,
): Promise<Result<ReleaseView, CallError>> {
  const before = standsInTheWay(desk, request);
  if (before !== null) return err(before);
  const { requestedBy, approvedBy } = request;
  if (nameKey(requestedBy.name) === nameKey(approvedBy.name)) {
    return err({ code: 'same-person', detail: '' });
  }
  const [requester, approver] = await Promise.all([
    people.prove(requestedBy.name, requestedBy.pin),
    people.prove(approvedBy.name, approvedBy.pin),
  ]);
  if (!requester.ok) return err(notProven(requester.error, 'requestedBy'));
  if (!approver.ok) return err(notProven(approver.error, 'approvedBy'));
  if (approver.value.role !== 'manager') return err({ code: 'not-allowed', detail: 'approver-not-manager' });
  // Once more, with nothing in between: while the PINs were checked another may have been granted.
  const now = standsInTheWay(desk, request);
  if (now !== null) return err(now);
  const { number, kind, document, validUntil, picture, reason } = request;
  const isPermit = kind === 'oversize-permit';
  const written = desk.append({
    type: 'release-granted',
    body: {
      number,
      kind,
      document,
      validUntil,
      picture,
      permittedKg: isPermit ? request.permittedKg : null,
      permitPlate: isPermit ? plateOf(request) : null,
      authority: isPermit ? null : request.authority,
      reason,
      requestedBy: requester.value.name,
      approvedBy: approver.value.name,
    },
  });
  if (!written.ok) return written;
  const granted = releaseOf(desk.deps.stores, number);
  if (granted === null) return err({ code: 'store-failed', detail: `release of ${String(number)}` });
  // A printer that fails is a fault on every screen; the release stands and is printed again from the record.
  await desk.print(number);
  return ok(granted);
}

function standsInTheWay(desk: Desk, request: ReleaseRequest): CallError | null {
  const { settings, settingsProblem, stores, clock } = desk.deps;
  const not = (detail: string): CallError => ({ code: 'not-allowed', detail });
  if (!settings.releases.enabled || settingsProblem !== null) return not('releases-off');
  // What would keep a station from deciding keeps it from releasing.
  const [obstacle] = stationObstacles(desk.deps);
  if (obstacle !== undefined) return not(obstacle.code);
  const weighing = storedWeighing(desk, request.number);
  if (weighing === null) return { code: 'no-such-passage', detail: String(request.number) };
  if (isVoided(stores, request.number)) return { code: 'already-voided', detail: String(request.number) };
  const { decision } = weighing;
  if (weighing.kind !== 'gross' || decision?.outcome !== 'refuse') return not('not-refused');
  const onlyWeight = decision.reasons.every(({ code }) => ofWeight.has(code));
  if (!onlyWeight || decision.reasons.length === 0 || decision.overKg <= 0) return not('other-reasons');
  if (isReleased(stores, request.number)) return not('already-released');
  if (weighedSince(desk, weighing)) return not('weighed-since');
  if (request.validUntil < chineseDate(clock.nowMs())) return not('document-expired');
  if (stores.pictures.read(request.picture) === null)
    return { code: 'picture-missing', detail: request.picture };
  const misfit = request.kind === 'oversize-permit' ? permitMisfit(desk, request, weighing) : null;
  return misfit === null ? null : not(misfit);
}

/**
 * A permit is for an indivisible load (order 62, chapter 3), of one vehicle, up to a weight of its own. Coal is unloaded.
 * What the goods were said to be at the scale counts beside what they were corrected to.
 */
function permitMisfit(desk: Desk, request: ReleaseRequest, weighing: WeighingBody): string | null {
  const { stores } = desk.deps;
  const corrected = amendmentsOf(stores, weighing.number).corrections.findLast(
    ({ field }) => field === 'goods',
  );
  const named = [weighing.load.goods, corrected?.now ?? null].filter((name) => name !== null);
  const goods = named.map((name) => entryNamed(stores, 'goods', name));
  if (goods.length === 0 || goods.includes(null)) return 'goods-unknown';
  if (goods.some((each) => each !== null && isDivisible(each.category))) return 'goods-divisible';
  if (plateOf(request) !== weighing.plate) return 'permit-of-another';
  return (weighing.grossKg ?? 0) > (request.permittedKg ?? 0) ? 'above-permit' : null;
}

function plateOf({ permitPlate }: ReleaseRequest): string | null {
  return permitPlate === null ? null : (readPlate(permitPlate)?.text ?? null);
}

function isDivisible(category: GoodsCategory): boolean {
  switch (category) {
    case 'coal':
    case 'coke':
    case 'ore':
    case 'gravel':
      return true;
    case 'other':
      return false;
    default:
      return assertNever(category);
  }
}

/** The record as the ledger has it, its hash checked again. */
function storedWeighing(desk: Desk, number: number): WeighingBody | null {
  const link = desk.deps.stores.ledger.linkOfNumber(number);
  if (link === null) return null;
  const opened = openLink(link);
  return opened.ok && opened.value.type === 'weighing' ? opened.value.body : null;
}

/** A release is for the load that was refused; a vehicle that came back has another record now. */
function weighedSince(desk: Desk, { number, plate, colour }: WeighingBody): boolean {
  const later = desk.deps.stores.db
    .prepare('SELECT 1 FROM passages WHERE plate = ? AND colour = ? AND number > ? LIMIT 1')
    .pluck()
    .get(plate, colour, number);
  return later !== undefined;
}
