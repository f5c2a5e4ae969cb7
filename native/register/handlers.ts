import { Buffer } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { chineseDate } from '../../station/chineseTime.ts';
import type { RegisterEntry, RegisterKind } from '../../station/contract.ts';
import { registerTitles } from '../../station/contract.ts';
import { openLink } from '../../station/ledger/chain.ts';
import { err, ok } from '../../station/result.ts';
import { plateColours } from '../../station/vehicles/plateColour.ts';
import { entryKey } from '../../station/vehicles/register/entries.ts';
import { registerFields } from '../../station/vehicles/register/fields.ts';
import { tareDrift } from '../../station/weighing/tareBook.ts';
import type { Desk } from '../desk/desk.ts';
import type { Handlers } from '../peer.ts';
import { sha256Hex } from '../store/blobStore.ts';
import { headingOf, writeCell } from './cells.ts';
import { changed, everyEntry, signed, userOf } from './entries.ts';
import { Imports } from './imports.ts';
import { readSheet, writeSheet } from './sheets.ts';

type Own = Extract<keyof Handlers, `register.${string}` | 'picture.keep'>;

const maxPictureBytes = 8 * 1024 * 1024;

/** The register's calls: every change is an event of the ledger, and nothing is imported half. */
export function registerHandlers(desk: Desk): Pick<Handlers, Own> {
  const { stores, clock, settings } = desk.deps;
  const { register } = stores;
  const imports = new Imports({ entry: (kind, key) => register.get(kind, key) }, clock.monotonicMs);
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
      const { operator } = desk;
      const written = desk.appendAll([
        ...(renamed ? [changed({ kind: each.kind, key: formerKey }, { reason: `→ ${key}`, operator })] : []),
        changed(signed(each, operator), { reason: '', operator }),
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
    'register.history': ({ kind, key }) => {
      const changes = register.history(kind, key).flatMap((link) => {
        const opened = openLink(link);
        if (!opened.ok || opened.value.type !== 'register-changed') return [];
        const { timeMs, body } = opened.value;
        return [
          {
            timeMs,
            operator: body.operator,
            reason: body.reason,
            imported: body.importId !== null,
            now: body.now,
          },
        ];
      });
      return ok({ changes: changes.reverse() });
    },
    'register.tares': ({ plate, colour }) => {
      const known = plateColours.find((each) => each === colour);
      const tares = known === undefined ? [] : register.tareHistory(plate, known);
      const [newest, ...before] = tares.map(({ kg }) => kg);
      return ok({ tares, ...tareDrift(newest ?? null, before, settings.lane.weighing.tareDriftKg) });
    },
    'register.export': async ({ kind, empty }) => {
      const bytes = await exported(
        kind,
        empty ? [] : [...everyEntry(stores, kind)].map(({ entry }) => entry),
      );
      const day = chineseDate(clock.nowMs());
      return ok({
        fileName: `${registerTitles[kind].zh}-${empty ? '模板' : day}.xlsx`,
        base64: Buffer.from(bytes).toString('base64'),
      });
    },
    'register.preview': async ({ kind, base64 }) => {
      // Reading a large sheet takes a moment in which no frame is read.
      if (desk.lane.view().crossingId !== null) return err({ code: 'vehicle-on-scale', detail: '' });
      const bytes = Buffer.from(base64, 'base64');
      const sheet = await readSheet(bytes);
      if (!sheet.ok) return err({ code: 'file-not-understood', detail: sheet.error });
      return ok(imports.preview(kind, sheet.value, sha256Hex(bytes)));
    },
    'register.import': ({ previewId }) => {
      if (desk.lane.view().crossingId !== null) return err({ code: 'vehicle-on-scale', detail: '' });
      const taken = imports.take(previewId);
      if (taken === null) return err({ code: 'preview-is-over', detail: '' });
      const { plan, fileSha256 } = taken;
      const [problem] = plan.problems;
      if (problem !== undefined) {
        return err({
          code: 'file-not-understood',
          detail: `${String(plan.badRows)} rows; first ${String(problem.row)}`,
        });
      }
      const { operator } = desk;
      const { kind, added, changed: altered } = plan;
      const importId = randomUUID();
      const written = desk.appendAll([
        {
          type: 'register-imported',
          body: { importId, kind, fileSha256, added, changed: altered, operator },
        },
        ...plan.changes.map(({ each }) =>
          changed(signed(each, operator), { reason: '', operator, importId }),
        ),
      ]);
      if (!written.ok) return written;
      changedNow();
      return ok({ added, changed: altered });
    },
    'picture.keep': ({ base64 }) => {
      const bytes = Buffer.from(base64, 'base64');
      const whole = bytes[0] === 0xff && bytes[1] === 0xd8 && bytes.at(-2) === 0xff && bytes.at(-1) === 0xd9;
      if (!whole || bytes.length > maxPictureBytes)
        return err({ code: 'file-not-understood', detail: 'JPEG' });
      try {
        return ok({ sha256: stores.pictures.keep(bytes) });
      } catch (problem) {
        return err({ code: 'store-failed', detail: problem instanceof Error ? problem.message : '' });
      }
    },
  };
}

function exported(kind: RegisterKind, entries: readonly object[]): Promise<Uint8Array> {
  const fields = registerFields[kind].filter(({ form }) => form !== 'picture');
  const columns = fields.map((field) => ({ heading: headingOf(field), widthCharacters: 18 }));
  const rows = entries.map((entry) => {
    const values = entry as Readonly<Record<string, unknown>>;
    return fields.map((field) => writeCell(field, values[field.name]));
  });
  return writeSheet(registerTitles[kind].zh, columns, rows);
}
