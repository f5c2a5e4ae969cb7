import type { CallError, PaperForm, PaperKind } from '../../station/contract.ts';
import { openLink } from '../../station/ledger/chain.ts';
import type { WeighingEvent } from '../../station/ledger/event.ts';
import type { Signer } from '../../station/ledger/signing.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import type { PaperLayout } from '../../station/slips/paper.ts';
import { dispatchSlip, refusalNote, releasePaper } from '../../station/slips/paper.ts';
import type { Sheet } from '../../station/slips/sheet.ts';
import type { SlipRecord, SlipRelease } from '../../station/slips/slipRecord.ts';
import type { PaperPrinter } from '../printers/printer.ts';
import type { LedgerStore } from '../store/ledgerStore.ts';
import type { PassagesStore } from '../store/passagesStore.ts';
import { paperCode } from './paperCode.ts';
import { displayNumber } from '../store/passagesStore.ts';

export interface Issued {
  readonly copy: number;
  readonly failure: string | null;
}

export interface PaperDeskDeps {
  readonly ledger: LedgerStore;
  readonly passages: PassagesStore;
  readonly stationName: string;
  readonly drill: boolean;
  readonly form: PaperForm;
  readonly printerName: string | null;
  /** Keeps each paper as a PDF, whatever the printer does. */
  readonly keep: (paper: Sheet) => ReturnType<PaperPrinter>;
  /** The system's printer; null when papers are only kept. */
  readonly print: PaperPrinter | null;
  readonly operator: () => string | null;
  /** The controlled release granted for a weighing, read from the ledger. */
  readonly release: (number: number) => SlipRelease | null;
  /** How long a paper is good for. */
  readonly validHours: number;
  /** Null while this station cannot sign as itself. */
  readonly signer: () => Signer | null;
  /** Whether the weighing was voided: then there is no paper of it any more. */
  readonly voided: (number: number) => boolean;
}

/**
 * Issues papers. There is one way to a slip: a record read from the ledger, its hash checked again,
 * with `allow` in it. Nothing held in memory is ever printed.
 */
export class PaperDesk {
  readonly #deps: PaperDeskDeps;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(deps: PaperDeskDeps) {
    this.#deps = deps;
  }

  layout(number: number, form: PaperForm, copy: number): Result<PaperLayout, CallError> {
    const { ledger, stationName, drill } = this.#deps;
    if (this.#deps.voided(number)) return err({ code: 'already-voided', detail: String(number) });
    const link = ledger.linkOfNumber(number);
    if (link === null) return err({ code: 'no-such-passage', detail: String(number) });
    const opened = openLink(link);
    if (!opened.ok)
      return err({ code: 'store-failed', detail: `record ${String(number)}: ${opened.error.kind}` });
    const event = opened.value;
    if (event.type !== 'weighing') return err({ code: 'no-such-passage', detail: String(number) });
    const release = this.#deps.release(number);
    const shownCopy = release === null ? copy : Math.max(1, copy - this.#refusals(number));
    const { validHours } = this.#deps;
    const record = slipRecordOf(event, {
      hash: link.hash,
      displayNumber: displayNumber(event.station, event.body.number, drill),
      previousDisplayNumber:
        event.body.attempt === null
          ? null
          : displayNumber(event.station, event.body.attempt.previousNumber, drill),
      stationName,
      copy: shownCopy,
      release,
      validHours,
      code: paperCode(event, this.#deps.signer(), {
        copy: shownCopy,
        validHours,
        released: release !== null,
      }),
    });
    if (record === null) return err({ code: 'no-slip-for-this-record', detail: event.body.kind });
    const { outcome } = record.decision;
    const paper =
      outcome === 'allow'
        ? dispatchSlip(record, form)
        : record.release === null
          ? refusalNote(record, form)
          : releasePaper(record, form);
    return paper.ok ? ok(paper.value) : err({ code: 'no-slip-for-this-record', detail: outcome });
  }

  /** Refusal notes printed before a release: its own first paper is no reprint of them. */
  #refusals(number: number): number {
    return this.#deps.passages.papers(number).filter(({ kind }) => kind === 'refusal').length;
  }

  /** Prints the next copy of a record's paper and writes down that it did, or why not. One at a time. */
  issue(number: number): Promise<Result<Issued, CallError>> {
    const turn = this.#queue.then(() => this.#issue(number));
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  /** Resolves when no paper is under way. */
  async idle(): Promise<void> {
    await this.#queue;
  }

  async #issue(number: number): Promise<Result<Issued, CallError>> {
    const { form, printerName } = this.#deps;
    // A copy that cannot be written down is not made; the one before may still wait to be.
    const written = this.#deps.ledger.writeKept();
    if (!written.ok) return err({ code: 'store-failed', detail: written.error.detail });
    const copy = (this.#deps.passages.papers(number).at(-1)?.copy ?? 0) + 1;
    const made = this.layout(number, form, copy);
    if (!made.ok) return made;
    const paper = made.value;
    const kept = await this.#deps.keep(paper);
    const printed = this.#deps.print === null ? kept : await this.#deps.print(paper, printerName);
    const failure = printed.ok ? null : describe(printed.error);
    const kind: PaperKind = paper.kind;
    const appended = this.#deps.ledger.appendOrKeep(() => ({
      type: 'paper-issued',
      body: { number, kind, copy, form, printer: printerName, failure, operator: this.#deps.operator() },
    }));
    if (!appended.ok) return err({ code: 'store-failed', detail: appended.error.detail });
    return ok({ copy, failure });
  }
}

/** What a paper says of a stored weighing; null for a tare, which asks for no permission. */
function slipRecordOf(
  event: WeighingEvent,
  around: Pick<
    SlipRecord,
    | 'hash'
    | 'displayNumber'
    | 'previousDisplayNumber'
    | 'stationName'
    | 'copy'
    | 'release'
    | 'code'
    | 'validHours'
  >,
): SlipRecord | null {
  const { body } = event;
  if (body.decision === null || body.grossKg === null) return null;
  return {
    ...around,
    number: body.number,
    drill: event.mode === 'drill',
    stationId: event.station,
    lane: body.lane,
    timeMs: event.timeMs,
    plate: body.plate,
    colour: body.colour,
    trailerPlate: body.trailerPlate,
    axles: body.facts.axles,
    vehicleClass: body.facts.vehicleClass,
    layout: body.facts.layout,
    grossKg: body.grossKg,
    tareKg: body.tareKg,
    tareNumber: body.tareNumber,
    netKg: body.netKg,
    decision: body.decision,
    operator: body.operator,
    goods: body.load.goods,
    consignee: body.load.consignee,
    destination: body.load.destination,
    driver: body.load.driver,
    loader: body.load.loader,
    attempt: body.attempt,
    sequence: event.sequence,
  };
}

function describe(failure: { readonly detail: string }): string {
  return failure.detail.slice(0, 500);
}
