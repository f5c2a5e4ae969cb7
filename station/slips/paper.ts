import type { PaperForm, PaperKind } from '../contract.ts';
import type { Decision } from '../limits/decision.ts';
import { isOnlyBeyondContract } from '../limits/decision.ts';
import { err, ok, type Result } from '../result.ts';
import { factGrid, legalBasis, weights } from './body.ts';
import { codeBox } from './codeBox.ts';
import { footer, paperMark, signatureRow } from './foot.ts';
import { header, plateBox, verdictBox, type Title, type Verdict } from './head.ts';
import { oneLine } from './measure.ts';
import { planOf } from './plans.ts';
import type { Sheet } from './sheet.ts';
import type { SlipRecord } from './slipRecord.ts';
import { kgWords, releaseKindWords, tonneWords, unknown } from './words.ts';

/** Not exported: only the two functions below can make a paper. */
const drawnFromRecord: unique symbol = Symbol('drawn from a stored record');

/** One sheet; its time is when the weighing was stored. */
export interface PaperLayout<K extends PaperKind = PaperKind> extends Sheet {
  readonly [drawnFromRecord]: true;
  readonly kind: K;
}

type Allowed = SlipRecord & {
  readonly decision: Decision & {
    readonly outcome: 'allow';
    readonly limitKg: number;
    readonly leftKg: number;
  };
};
type Refused = SlipRecord & { readonly decision: Decision & { readonly outcome: 'refuse' } };

/** The word `allow` alone is not enough: the numbers that would be printed must say the same. */
function isAllowed(record: SlipRecord): record is Allowed {
  const { outcome, limitKg, leftKg, overKg, reasons } = record.decision;
  return (
    outcome === 'allow' &&
    limitKg !== null &&
    leftKg === limitKg - record.grossKg &&
    leftKg >= 0 &&
    overKg === 0 &&
    reasons.length === 0
  );
}

function isRefused(record: SlipRecord): record is Refused {
  return record.decision.outcome === 'refuse';
}

function draw<K extends PaperKind>(
  kind: K,
  record: SlipRecord,
  form: PaperForm,
  words: { readonly title: Title; readonly verdict: Verdict; readonly note: string },
): PaperLayout<K> {
  const plan = planOf(form);
  return {
    [drawnFromRecord]: true,
    kind,
    form,
    widthMm: plan.widthMm,
    heightMm: plan.heightMm,
    title: oneLine(`${record.drill ? '演练 ' : ''}${words.title.zh} ${record.displayNumber}`),
    displayNumber: record.displayNumber,
    copy: record.copy,
    timeMs: record.timeMs,
    items: [
      ...paperMark(plan, record),
      ...header(plan, record, words.title),
      ...plateBox(plan, record),
      ...verdictBox(plan, words.verdict),
      ...weights(plan, record),
      ...factGrid(plan, record),
      ...legalBasis(plan, record),
      ...codeBox(plan, record),
      ...signatureRow(plan, record),
      ...footer(plan, record, words.note),
    ],
  };
}

function allowedVerdict(record: Allowed): Verdict {
  const { leftKg, limitKg } = record.decision;
  return {
    word: { zh: '准予出场', en: 'may leave' },
    amount: { zh: '还可装', en: 'May still load' },
    amountWords: tonneWords(leftKg),
    order: `毛重 ${kgWords(record.grossKg)}，未超过限值 ${kgWords(limitKg)}`,
  };
}

function refusedVerdict(record: Refused): Verdict {
  const { overKg, limits } = record.decision;
  return {
    word: { zh: '禁止出场', en: 'must not leave' },
    amount: isOnlyBeyondContract(limits, record.grossKg)
      ? { zh: '超合同', en: 'Beyond the contract' }
      : { zh: '超限', en: 'Over the limit' },
    amountWords: overKg > 0 ? tonneWords(overKg) : unknown,
    order: overKg > 0 ? `需卸货 ≥ ${kgWords(overKg)}，卸货后复磅` : '不予放行，原因见判定依据',
  };
}

/** 出场装载单. There is no other way to one, and none at all unless the stored decision is `allow`. */
export function dispatchSlip(
  record: SlipRecord,
  form: PaperForm,
): Result<PaperLayout<'slip'>, 'not-allowed'> {
  if (!isAllowed(record)) return err('not-allowed');
  return ok(
    draw('slip', { ...record, release: null }, form, {
      title: { zh: '出场装载单', en: 'Dispatch slip' },
      verdict: allowedVerdict(record),
      note: '本单仅限本车本次出场使用，随车携带备查，涂改无效。',
    }),
  );
}

/** 超限拒放单; 拒放单 where weight is not what stands in the way. */
export function refusalNote(
  record: SlipRecord,
  form: PaperForm,
): Result<PaperLayout<'refusal'>, 'not-refused'> {
  if (!isRefused(record)) return err('not-refused');
  const { overKg, limits } = record.decision;
  const zh = overKg > 0 && !isOnlyBeyondContract(limits, record.grossKg) ? '超限拒放单' : '拒放单';
  return ok(
    draw('refusal', { ...record, release: null }, form, {
      title: { zh, en: 'Refusal note' },
      verdict: refusedVerdict(record),
      note: '本单不是出场凭证，不得凭本单出场；卸货复磅合格后，另开出场装载单。',
    }),
  );
}

/**
 * 特许放行单: the paper of a controlled release. Its title, its mark across the sheet and its verdict all differ
 * from a dispatch slip's: the weighing it stands on was refused, and still says so.
 */
export function releasePaper(
  record: SlipRecord,
  form: PaperForm,
): Result<PaperLayout<'release'>, 'not-released'> {
  const { release } = record;
  if (!isRefused(record) || release === null) return err('not-released');
  return ok(
    draw('release', record, form, {
      title: { zh: '特许放行单', en: 'Controlled release, no dispatch slip' },
      verdict: {
        word: { zh: '超限特许', en: 'over limit, released' },
        amount: { zh: '超限', en: 'Over the limit' },
        amountWords: tonneWords(record.decision.overKg),
        order: `凭 ${releaseKindWords(release.kind)} ${release.document} 放行`,
      },
      note: '本单不是出场装载单，须与所列证件原件一并携带，仅限本车本次，涂改无效。',
    }),
  );
}
