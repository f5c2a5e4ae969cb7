import { plateKind } from '../vehicles/plate.ts';
import { isMisreading } from '../vehicles/suggestPlate.ts';
import type { DecisionCase } from './case.ts';
import type { Reason } from './decision.ts';

const isTrailers = (plate: string): boolean => plate.endsWith('挂');

/**
 * Front and rear belong to one vehicle: behind a trailer hangs the trailer's plate, behind a single truck its own. A
 * reading that is nearly right, or no whole plate, is a question and no accusation; what a person sees stands above it.
 */
export function plateConcerns(each: DecisionCase): readonly Reason[] {
  const { plates, rearStated, policy, version } = each;
  const { front, trailer } = plates;
  if (front === null) return policy.noPlate ? [{ code: 'no-plate', detail: '' }] : [];
  const rear = rearStated ?? plates.rear;
  if (rear === null || !policy.platesDisagree) return [];
  // A case of version 1 looked at the rear alone to know which plate to expect there.
  const expected = version < 2 ? (isTrailers(rear) ? trailer : front) : (trailer ?? front);
  if (rear === expected) return [];
  const isReading = version >= 2 && rearStated === null;
  if (isReading && rear !== front && isUnclear(rear, [front, ...(trailer === null ? [] : [trailer])])) {
    return [{ code: 'rear-plate-unclear', detail: `${rear} ≠ ${expected ?? '—'}` }];
  }
  if (isTrailers(rear) || rear === front) {
    return [{ code: 'trailer-disagrees', detail: `${rear} ≠ ${trailer ?? '—'}` }];
  }
  return [{ code: 'plates-disagree', detail: `${front} ≠ ${rear}` }];
}

function isUnclear(text: string, meant: readonly string[]): boolean {
  if (plateKind(text) === null) return true;
  return meant.some((plate) => isMisreading({ text, colour: 'other', characterPercents: [] }, plate));
}
