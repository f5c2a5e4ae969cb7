import { Buffer } from 'node:buffer';
import type { CallError, CallOutput } from '../../station/contract.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import { paintSvg } from '../../station/slips/paintSvg.ts';
import { readPlate } from '../../station/vehicles/plate.ts';
import { tareAt } from '../../station/weighing/tareBook.ts';
import { beamsHandlers } from '../yard/beams/handlers.ts';
import { cameraHandlers } from '../cameraDesk/handlers.ts';
import { exitHandlers } from '../exits/handlers.ts';
import { gateHandlers } from '../gate/handlers.ts';
import { inspectionHandlers } from '../inspection/handlers.ts';
import { evidenceHandlers } from '../evidence/handlers.ts';
import { copiesHandlers } from '../copies/handlers.ts';
import { instrumentHandlers } from '../installer/handlers.ts';
import { loadingView } from '../loading/loadingView.ts';
import type { Handlers } from '../peer.ts';
import { paperPdf } from '../printers/filePrinter.ts';
import { recordsHandlers } from '../records/handlers.ts';
import { registerHandlers } from '../register/handlers.ts';
import { releaseHandlers } from '../releases/handlers.ts';
import { rulesHandlers } from '../rules/handlers.ts';
import { shiftHandlers } from '../shift/handlers.ts';
import { traceHandlers } from '../trace/handlers.ts';
import type { Desk } from './desk.ts';
import { registerPorts } from './lanePorts.ts';
import { registeredNames } from './loadNames.ts';
import { passageDetail } from './passageDetail.ts';
import { stateVehicle } from './stateVehicle.ts';

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
    'rear.enter': ({ crossingId, plate }) => {
      const entered = desk.lane.enterRear(crossingId, plate);
      desk.changed();
      return entered.ok ? done : entered;
    },
    'axles.state': ({ crossingId, axleLoadsKg, measuredBy }) => {
      const loads = axleLoadsKg === null ? null : { kg: axleLoadsKg, by: measuredBy };
      const stated = desk.lane.stateAxleLoads(crossingId, loads);
      desk.changed();
      return stated.ok ? done : stated;
    },
    'load.state': ({ crossingId, load }) => {
      const stated = desk.lane.stateLoad(crossingId, registeredNames(stores.db, load));
      desk.changed();
      return stated.ok ? done : stated;
    },
    'vehicle.state': (input) => stateVehicle(desk, input),
    'vehicle.get': ({ plate, colour }) => {
      const text = readPlate(plate)?.text ?? plate;
      const known = registerPorts(desk.deps).vehicle(text, colour, null);
      const tare = stores.register.tare(text, colour, known?.trailerPlate ?? null);
      const validDays = settings.lane.weighing.tareValidDays;
      return ok({
        facts: known?.facts ?? null,
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
    'passages.detail': ({ number }) => {
      desk.latePlates.looked(number);
      return passageDetail(stores, number);
    },
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
    ...cameraHandlers(desk),
    ...exitHandlers(desk),
    ...evidenceHandlers(desk),
    ...registerHandlers(desk),
    ...rulesHandlers(desk),
    ...releaseHandlers(desk),
    ...instrumentHandlers(desk),
    ...beamsHandlers(desk),
    ...traceHandlers(desk),
    ...inspectionHandlers(desk, desk.inspector),
    ...gateHandlers(desk),
    ...shiftHandlers(desk),
    ...copiesHandlers(desk),
    'loading.get': () => ok(loadingView(desk)),
  };
}

/** A paper looked at again carries the mark of the last copy that was printed. */
function shownCopy(desk: Desk, number: number): number {
  return desk.deps.stores.passages.papers(number).at(-1)?.copy ?? 1;
}
