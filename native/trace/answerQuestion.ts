import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PassageDetail, Recheck } from '../../station/contract.ts';
import type { CanonicalValue } from '../../station/ledger/canonical.ts';
import type { TraceAnswer, TraceQuestion } from '../../station/sync/traceQuestions.ts';
import { signAnswer } from '../../station/sync/traceQuestions.ts';
import type { Desk } from '../desk/desk.ts';
import { passageDetail } from '../desk/passageDetail.ts';
import { ownSigner } from '../inspection/ownKey.ts';
import { findTrace, traceAround } from './trace.ts';

const mostPassages = 20;

/**
 * What this station knows of a truck the city asks about, signed; what was given out is in the ledger first. Null
 * while it cannot sign or write: the question stays asked.
 */
export async function answerQuestion(desk: Desk, question: TraceQuestion): Promise<TraceAnswer | null> {
  const { stores, settings, rules, clock, mode } = desk.deps;
  const signer = ownSigner(desk);
  if (signer === null) return null;
  const { id, ...query } = question;
  const { hits, more } = findTrace(stores, query, settings.station.id);
  const told = hits.slice(0, mostPassages);
  const passages: CanonicalValue[] = [];
  for (const hit of told) {
    await nextTurn();
    const around = traceAround(stores, settings.station, hit.number, (sha256) => rules.bySha256(sha256));
    const detail = passageDetail(stores, hit.number);
    passages.push({
      ...hit,
      passage: detail.ok ? passageContent(detail.value) : null,
      check: around.ok ? checkContent(around.value.check) : null,
    });
  }
  const answer = signAnswer(
    id,
    {
      format: 'yuanheng-trace-1',
      ...{ station: settings.station.id, stationName: settings.station.name, mode, question },
      answeredMs: clock.nowMs(),
      more: more || hits.length > told.length,
      passages,
    },
    signer,
  );
  const written = desk.append({
    type: 'evidence-exported',
    body: {
      what: 'trace',
      numbers: `${told.map(({ number }) => number).join(' ')} (${id})`.slice(0, 512),
      sha256: answer.sha256,
      operator: null,
    },
  });
  return written.ok ? answer : null;
}

/** What a city may hold against its own copy of the ledger; pictures are named by hash and asked for apart. */
function passageContent(detail: PassageDetail): CanonicalValue {
  const { row, lane, operator, decision, papers, amendments, pictureSha256, ledger, tareNumber } = detail;
  const { shots, exits } = detail;
  return {
    ...{ lane, operator, tareNumber, pictureSha256 },
    ...{ tareKg: row.tareKg, limitKg: row.limitKg, overKg: row.overKg, load: row.load },
    decision:
      decision === null
        ? null
        : {
            outcome: decision.outcome,
            reasons: decision.reasons.map(({ code, detail: words }) => `${code} ${words}`),
            clauses: decision.clauses.map(({ id, source, textZh }) => ({ id, source, textZh })),
            ruleSet: decision.ruleSet,
            ruleSetSha256: decision.ruleSetSha256,
          },
    // What a city may not hold yet is missed here with its reason, never left out.
    shots: shots?.map(({ camera, view, sha256, missed }) => ({ camera, view, sha256, missed })) ?? null,
    exits: exits.map(({ camera, seenMs, plate, found, probably, pictures }) => ({
      ...{ camera, seenMs, plate, found, probably, pictures },
    })),
    papers: papers.map(({ kind, copy, timeMs, failure }) => ({ kind, copy, timeMs, failure })),
    amendments,
    ledger: { sequence: ledger.sequence, hash: ledger.hash, previousHash: ledger.previousHash },
  };
}

/** Canonical JSON holds no fractions: a weight read again counts in grams. */
function checkContent({ readKg, ...check }: Recheck): CanonicalValue {
  return { ...check, readGrams: readKg === null ? null : Math.round(readKg * 1000) };
}
