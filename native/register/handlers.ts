import { documentsOf } from '../../station/ledger/picturesOf.ts';
import { Buffer } from 'node:buffer';
import type { RegisterEntry } from '../../station/contract.ts';
import { err, ok } from '../../station/result.ts';
import { readPlate } from '../../station/vehicles/plate.ts';
import { plateColours } from '../../station/vehicles/plateColour.ts';
import { entryKey } from '../../station/vehicles/register/entries.ts';
import { tareDrift } from '../../station/weighing/tareBook.ts';
import type { Desk } from '../desk/desk.ts';
import type { Handlers } from '../peer.ts';
import { changed, signed, userOf } from './entries.ts';
import { historyOf } from './history.ts';
import { spreadsheetHandlers } from './spreadsheets.ts';

type Own = Extract<keyof Handlers, `register.${string}` | 'picture.keep'>;

const jpegStart = Buffer.from([0xff, 0xd8, 0xff]);
const maxPictureBytes = 8 * 1024 * 1024;

/** The register's calls: every change is an event of the ledger. */
export function registerHandlers(desk: Desk): Pick<Handlers, Own> {
  const { stores, settings } = desk.deps;
  const { register } = stores;
  const changedNow = (): void => {
    desk.lane.registerChanged(null);
    desk.changed();
  };

  return {
    'register.list': ({ kind, search, afterKey, limit }) => {
      const found = register.list({ kind, search: search.trim(), afterKey, limit });
      return ok({
        entries: found.entries.map(({ key, entry }) => ({ key, entry: { kind, entry } as RegisterEntry })),
        more: found.more,
        total: register.count(kind, search.trim()),
      });
    },
    'register.put': ({ each, formerKey }) => {
      const key = entryKey(each);
      const renamed = formerKey !== null && formerKey !== key;
      if (formerKey !== null && register.get(each.kind, formerKey) === null) {
        return err({ code: 'no-such-entry', detail: formerKey });
      }
      if ((formerKey === null || renamed) && register.get(each.kind, key) !== null) {
        return err({ code: 'entry-exists', detail: key });
      }
      if (renamed) {
        const unused = userOf(stores, each.kind, formerKey);
        if (!unused.ok) return unused;
      }
      const before = register.get(each.kind, formerKey ?? key);
      const named = new Set(before === null ? [] : documentsOf(before));
      const unkept = documentsOf(each.entry).find(
        (sha256) => !named.has(sha256) && stores.pictures.read(sha256) === null,
      );
      if (unkept !== undefined) return err({ code: 'picture-missing', detail: unkept });
      const { operator } = desk;
      const now = signed(each, operator);
      if (!renamed && JSON.stringify(register.get(each.kind, key)) === JSON.stringify(now.entry))
        return ok({ key });
      const written = desk.appendAll([
        ...(renamed ? [changed({ kind: each.kind, key: formerKey }, { reason: `→ ${key}`, operator })] : []),
        changed(now, { reason: '', operator }),
      ]);
      if (!written.ok) return written;
      changedNow();
      return ok({ key });
    },
    'register.remove': ({ kind, key, reason }) => {
      if (register.get(kind, key) === null) return err({ code: 'no-such-entry', detail: key });
      const unused = userOf(stores, kind, key);
      if (!unused.ok) return unused;
      const written = desk.append(changed({ kind, key }, { reason, operator: desk.operator }));
      if (!written.ok) return written;
      changedNow();
      return ok({});
    },
    'register.history': ({ kind, key }) => ok({ changes: historyOf(register, kind, key) }),
    'register.tares': ({ plate, colour }) => {
      const known = plateColours.find((each) => each === colour);
      if (known === undefined) return ok({ combinations: [] });
      const text = readPlate(plate)?.text ?? plate;
      const combinations = register.trailersTared(text, known).map((trailerPlate) => {
        const tares = register.tareHistory(text, known, trailerPlate);
        const [newest, ...before] = tares.map(({ kg }) => kg);
        const drift = tareDrift(newest ?? null, before, settings.lane.weighing.tareDriftKg);
        return { trailerPlate, tares, ...drift };
      });
      return ok({ combinations });
    },
    ...spreadsheetHandlers(desk),
    'picture.keep': ({ base64 }) => {
      const bytes = Buffer.from(base64, 'base64');
      const whole = bytes.subarray(0, 3).equals(jpegStart) && bytes.at(-2) === 0xff && bytes.at(-1) === 0xd9;
      if (!whole || bytes.length > maxPictureBytes)
        return err({ code: 'file-not-understood', detail: 'JPEG' });
      try {
        return ok({ sha256: stores.pictures.keep(bytes, 'document') });
      } catch (problem) {
        return err({ code: 'store-failed', detail: problem instanceof Error ? problem.message : '' });
      }
    },
  };
}
