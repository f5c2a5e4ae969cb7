import type { ExitMatch } from '../../station/exits/matchExit.ts';
import { letOut, matchExit } from '../../station/exits/matchExit.ts';
import type { ExitPlate, ExitReading } from '../../station/exits/whoIsIt.ts';
import type { AdmittedPlate } from '../cameras/plateDoor.ts';
import type { PlateEvent, SeenPlate } from '../cameras/plateEvent.ts';
import { percentsOf } from '../cameras/plateOffers.ts';
import type { Desk } from '../desk/desk.ts';
import { isRegistered, isWhitelisted, weighingsLike } from './exitRecords.ts';
import { sameTruck, unnamedBefore, unreadAgainMs } from './sameTruck.ts';
import { firstSeenMs, onlyProbably, sightingsAround } from './sightings.ts';

const hourMs = 3_600_000;
const minuteMs = 60_000;
/** So far a camera's clock, put right, may still be off: a truck is not seen leaving before it was weighed. */
const lateToleranceMs = 60_000;
const maxPictures = 8;

/**
 * Matches a vehicle at the exit with the yard's records and writes down what it found, unless it is a truck that
 * still stands there and nothing is new.
 */
export function seenAtExit(desk: Desk, admitted: AdmittedPlate): void {
  const { stores, settings } = desk.deps;
  const { db } = stores;
  const { cameraId, event, seenAtMs, late } = admitted;
  const { yardHours, onlyTaredMinutes, sameTruckMinutes, ignoreColours } = settings.exits;
  const sameTruckMs = sameTruckMinutes * minuteMs;
  const reading = readingOf(event, endOf(desk, cameraId));
  const seen = sightingsAround(db, seenAtMs, sameTruckMs);
  const span = {
    fromMs: seenAtMs - yardHours * hourMs,
    toMs: late ? seenAtMs + lateToleranceMs : seenAtMs,
  };
  const reads = [reading.front, reading.rear].filter((read) => read !== null);
  const matched = matchExit(reading, reads.length === 0 ? [] : weighingsLike(db, reads, span), {
    seenMs: seenAtMs,
    slipValidMs: settings.papers.validHours * hourMs,
    onlyTaredMs: onlyTaredMinutes * minuteMs,
    ignoreColours,
    isKnown: (plate) => isRegistered(db, plate),
    isWhitelisted: (plate, colour) => isWhitelisted(db, plate, colour, seenAtMs),
    standsSinceMs: (number) => {
      const before = seen.find((each) => each.number === number);
      return before === undefined ? null : firstSeenMs(db, before);
    },
  });
  const plate = reads[0]?.text ?? null;
  const now = { camera: cameraId, seenMs: seenAtMs, plate, ...matched };
  const end = (camera: string): 'front' | 'rear' => endOf(desk, camera);
  const before = sameTruck(now, seen, end);
  const isNews = before === null || (before.probably === 1 && isSurelyOut(matched));
  // Told again now and then, so that one that waits for long is known for the same.
  const tellAgainMs = (matched.found === 'unreadable' ? unreadAgainMs : sameTruckMs) / 3;
  if (!isNews && Math.abs(seenAtMs - before.seenMs) < tellAgainMs) return;
  const again = before === null ? null : (before.again ?? before.sequence);
  const { found, number, probably } =
    before === null || isNews ? matched : { ...before, probably: before.probably === 1 };
  desk.note({
    type: 'exit-seen',
    body: {
      ...{ camera: cameraId, plate, colour: reads[0]?.colour ?? 'other', found, number, probably },
      rearPlate: reading.front === null ? null : (reading.rear?.text ?? null),
      ...{ seenMs: seenAtMs, late, again },
      settles: before === null ? unnamedBefore(now, seen, end) : null,
      doubts:
        isSurelyOut(matched) && number !== null
          ? onlyProbably(db, number, { atMs: seenAtMs, withinMs: sameTruckMs, except: again })
          : null,
      pictures: keptPictures(desk, event),
    },
  });
}

function isSurelyOut({ found, probably }: ExitMatch): boolean {
  return !probably && letOut.includes(found);
}

function endOf(desk: Desk, cameraId: string): 'front' | 'rear' {
  return desk.deps.settings.cameras.find(({ id }) => id === cameraId)?.end ?? 'front';
}

function readingOf({ plate, rearPlate }: PlateEvent, end: 'front' | 'rear'): ExitReading {
  const own = plate === null ? null : exitPlate(plate);
  const rear = rearPlate === null ? null : exitPlate(rearPlate);
  return end === 'front' ? { front: own, rear } : { front: null, rear: own ?? rear };
}

function exitPlate(seen: SeenPlate): ExitPlate {
  const { text, colour, wellFormed } = seen;
  return { text, colour, wellFormed, characterPercents: percentsOf(seen) };
}

function keptPictures(desk: Desk, { pictures }: PlateEvent): string[] {
  return pictures.slice(0, maxPictures).flatMap(({ bytes }) => {
    try {
      return [desk.deps.stores.pictures.keep(bytes, 'exit')];
    } catch (problem) {
      desk.fault({ code: 'pictures-not-stored', detail: problem instanceof Error ? problem.message : '' });
      return [];
    }
  });
}
