import { setImmediate as nextTurn } from 'node:timers/promises';
import type { WeighingBody } from '../../station/ledger/event.ts';
import { openLink } from '../../station/ledger/chain.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import type { Subject } from './bundleForm.ts';
import { periodMs } from './bundleForm.ts';
import { saidOf } from './saidOf.ts';
import type { EvidenceSource } from './source.ts';

export type ExcerptProblem =
  | { readonly code: 'no-such-number'; readonly detail: string }
  | { readonly code: 'nothing-in-period'; readonly detail: string }
  | { readonly code: 'nothing-signed'; readonly detail: string }
  | { readonly code: 'record-broken'; readonly detail: string };

/** Which events a bundle is made of, in their order, and whose evidence goes with them. */
export interface Excerpt {
  readonly sequences: readonly number[];
  readonly run: { readonly from: number; readonly to: number } | null;
  readonly numbers: readonly number[];
  readonly head: { readonly sequence: number; readonly hash: string };
}

/** So many weighings are looked at between two looks at what else there is to do. */
const numbersATurn = 10;

/**
 * Every event that says something of the subject, each with its own signature; where one has none, the events up
 * to the next signed one come along, since that signature covers them. All events about keys and restores are always there.
 */
export async function excerptOf(
  source: EvidenceSource,
  subject: Subject,
): Promise<Result<Excerpt, ExcerptProblem>> {
  const head = source.head();
  if (head === null) return err({ code: 'nothing-signed', detail: '' });
  const period = 'number' in subject ? null : periodMs(subject);
  const run = period === null ? null : source.run(period, head.sequence);
  if (period !== null && run === null) return err({ code: 'nothing-in-period', detail: '' });
  const own =
    'number' in subject ? [subject.number] : run === null ? [] : source.numbersOf(periodMs(subject), run);
  const always = ['key-introduced', 'key-revoked', 'store-restored'] as const;
  const sequences = new Set<number>(always.flatMap((type) => source.ofType(type)));
  const numbers = new Set<number>();
  sequences.add(head.sequence);
  const created = source.before('store-created', head.sequence + 1);
  if (created !== null) sequences.add(created);

  function add(number: number): ExcerptProblem | null {
    if (numbers.has(number)) return null;
    const link = source.linkOfNumber(number);
    if (link === null) return { code: 'no-such-number', detail: String(number) };
    const opened = openLink(link);
    if (!opened.ok || opened.value.type !== 'weighing')
      return { code: 'record-broken', detail: String(number) };
    numbers.add(number);
    sequences.add(link.sequence);
    for (const each of source.about(number, link.sequence, opened.value.body.crossingId)) sequences.add(each);
    for (const each of aroundOf(source, link.sequence, opened.value.body)) sequences.add(each);
    const { tareNumber } = opened.value.body;
    return tareNumber === null ? null : add(tareNumber);
  }

  for (const [index, number] of own.entries()) {
    if (index % numbersATurn === 0) await nextTurn();
    const problem = add(number);
    if (problem !== null) return err(problem);
  }
  if (run !== null) for (let each = run.from; each <= run.to; each += 1) sequences.add(each);
  for (const { from, to } of source.unsignedUpTo([...sequences].sort((one, other) => one - other)))
    for (let each = from; each <= to; each += 1) sequences.add(each);
  return ok({
    sequences: [...sequences].sort((one, other) => one - other),
    run,
    numbers: [...numbers].sort((one, other) => one - other),
    head,
  });
}

/** The settings and rules that were in force for a weighing, and who last said what it rests on. */
function aroundOf(source: EvidenceSource, sequence: number, body: WeighingBody): number[] {
  const sha256 = body.decision?.ruleSetSha256 ?? null;
  const rules = sha256 === null ? null : source.ruleSetSequence(sha256);
  return [
    source.before('settings-loaded', sequence),
    source.before('instrument-changed', sequence),
    ...saidOf(source, sequence, body),
    rules,
  ].filter((each) => each !== null);
}
