import { Buffer } from 'node:buffer';
import type { CallError, CallOutput, PassageDetail } from '../../station/contract.ts';
import { openLink } from '../../station/ledger/chain.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import { paintSvg } from '../../station/slips/paintSvg.ts';
import { readPlate } from '../../station/vehicles/plate.ts';
import { tareAt } from '../../station/weighing/tareBook.ts';
import { evidenceHandlers } from '../evidence/handlers.ts';
import { cameraHandlers } from '../cameraDesk/handlers.ts';
import { listExits } from '../exits/exitWatch.ts';
import { shotsOf } from '../snapshots/shotsOf.ts';
import { instrumentHandlers } from '../installer/handlers.ts';
import { loadingView } from '../loading/loadingView.ts';
import type { Handlers } from '../peer.ts';
import { paperPdf } from '../printers/filePrinter.ts';
import { amendmentsOf } from '../records/amend.ts';
import { recordsHandlers } from '../records/handlers.ts';
import { registerHandlers } from '../register/handlers.ts';
import { releaseHandlers } from '../releases/handlers.ts';
import { releaseOf } from '../releases/releases.ts';
import { rulesHandlers } from '../rules/handlers.ts';
import { curvePoints } from './curvePoints.ts';
import type { Desk } from './desk.ts';
import { registerPorts } from './lanePorts.ts';

const done = ok({});

/** What each call of the contract does at this desk. */
export function makeHandlers(desk: Desk): Handlers {
  const { stores, clock, settings } = desk.deps;
  return {
    'view.get': () => ok(desk.view()),
    'operator.sign-in': ({ name }) => {
      const written = desk.append({ type: 'operator-signed-in', body: { name } });
      if (!written.ok) return written;
      desk.operator = name;
      desk.changed();
      return done;
    },
    'plate.enter': ({ crossingId, plate, colour }) => {
      const read = readPlate(plate);
      const entered = desk.lane.enterPlate(crossingId, {
        plate: read?.text ?? plate,
        colour,
        wellFormed: read?.wellFormed ?? false,
      });
      desk.changed();
      return entered.ok ? done : entered;
    },
    'plate.none': ({ crossingId }) => {
      const stated = desk.lane.stateUnplated(crossingId);
      desk.changed();
      return stated.ok ? done : stated;
    },
    'trailer.enter': ({ crossingId, plate }) => {
      const entered = desk.lane.enterTrailer(crossingId, plate);
      desk.changed();
      return entered.ok ? done : entered;
    },
    'load.state': ({ crossingId, load }) => {
      const stated = desk.lane.stateLoad(crossingId, load);
      desk.changed();
      return stated.ok ? done : stated;
    },
    'vehicle.state': ({ plate, colour, facts, papers }) => {
      const read = readPlate(plate);
      if (read?.wellFormed !== true) return err({ code: 'plate-malformed', detail: plate });
      const written = desk.append({
        type: 'vehicle-stated',
        body: { plate: read.text, colour, facts, papers, operator: desk.operator },
      });
      if (!written.ok) return written;
      desk.lane.registerChanged({ plate: read.text, colour });
      desk.changed();
      return done;
    },
    'vehicle.get': ({ plate, colour }) => {
      const text = readPlate(plate)?.text ?? plate;
      const tare = stores.register.tare(text, colour);
      const validDays = settings.lane.weighing.tareValidDays;
      return ok({
        facts: registerPorts(desk.deps).vehicle(text, colour, null)?.facts ?? null,
        tare: tare === null ? null : tareAt(tare, clock.nowMs(), validDays),
      });
    },
    'kind.choose': ({ crossingId, kind }) => {
      const chosen = desk.lane.chooseKind(crossingId, kind);
      desk.changed();
      return chosen.ok ? done : chosen;
    },
    'weighing.save': ({ crossingId }) => desk.save(crossingId),
    'paper.print': ({ number }) => desk.print(number),
    'paper.view': ({ number, form }) => {
      const made = desk.papers.layout(number, form, shownCopy(desk, number));
      if (!made.ok) return made;
      const { kind, widthMm, heightMm } = made.value;
      return ok({ kind, widthMm, heightMm, svg: paintSvg(made.value) });
    },
    'paper.pdf': async ({ number, form }) => {
      const made = desk.papers.layout(number, form, shownCopy(desk, number));
      if (!made.ok) return made;
      const painted = await paperPdf(made.value);
      if (!painted.ok) return err({ code: 'print-failed', detail: painted.error.detail });
      return ok({
        fileName: painted.value.fileName,
        base64: Buffer.from(painted.value.bytes).toString('base64'),
      });
    },
    'passages.list': (query) => ok(stores.passages.list(query)),
    'passages.detail': ({ number }) => detail(desk, number),
    'picture.get': ({ sha256 }): Result<CallOutput<'picture.get'>, CallError> => {
      const bytes = stores.pictures.read(sha256);
      return bytes === null
        ? err({ code: 'no-such-picture', detail: sha256 })
        : ok({ mime: 'image/jpeg', base64: Buffer.from(bytes).toString('base64') });
    },
    'outbox.list': () => ok({ setAside: stores.outbox.listSetAside() }),
    'outbox.retry': ({ sequence }) => {
      stores.outbox.retry(sequence);
      desk.wakeSync();
      return done;
    },
    'clock.confirm': () => {
      const behindMs = Math.round(stores.ledger.clockBehindMs());
      const written = desk.append({ type: 'clock-confirmed', body: { behindMs, operator: desk.operator } });
      return written.ok ? done : written;
    },
    'console.get': () => ok({ console: desk.console }),
    ...recordsHandlers(desk),
    ...evidenceHandlers(desk),
    ...cameraHandlers(desk),
    'exits.list': (query) => ok(listExits(stores, query)),
    ...registerHandlers(desk),
    ...rulesHandlers(desk),
    ...releaseHandlers(desk),
    ...instrumentHandlers(desk),
    'loading.get': () => ok(loadingView(desk)),
  };
}

function copied<T>(list: readonly T[] | null): T[] | null {
  return list === null ? null : [...list];
}

/** A paper looked at again carries the mark of the last copy that was printed. */
function shownCopy(desk: Desk, number: number): number {
  return desk.deps.stores.passages.papers(number).at(-1)?.copy ?? 1;
}

function detail(desk: Desk, number: number): Result<PassageDetail, CallError> {
  const { stores } = desk.deps;
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
  const curve = body.curveSha256 === null ? null : stores.curves.read(body.curveSha256);
  const sent = stores.passages.outbox(link.sequence);
  return ok({
    row,
    lane: body.lane,
    operator: body.operator,
    plateSource: body.plateSource,
    cameraPlate: body.cameraPlate,
    facts: body.facts,
    decision: body.decision,
    attempt: body.attempt,
    release: releaseOf(stores, number),
    amendments: amendmentsOf(stores, number),
    tareNumber: body.tareNumber,
    pictureSha256: [...body.pictures],
    shots: copied(shotsOf(stores, number)),
    papers: stores.passages.papers(number),
    curveFlags: [...body.curveFlags],
    moments: [...body.moments],
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
