import type { CallOutput, RegisterEntry } from '../../station/contract.ts';
import type { ChainLink } from '../../station/ledger/chain.ts';
import { openLink } from '../../station/ledger/chain.ts';
import type { LedgerEvent } from '../../station/ledger/event.ts';
import { plateKey } from '../../station/vehicles/register/entries.ts';
import type { RegisterKind, VehicleEntry } from '../../station/vehicles/register/entries.ts';
import { statedEntries } from '../../station/vehicles/register/stated.ts';
import type { RegisterStore } from '../store/registerStore.ts';

type Change = CallOutput<'register.history'>['changes'][number];

/** Who changed an entry, when, and to what, in the register or by stating it at the scale; the newest first. */
export function historyOf(register: RegisterStore, kind: RegisterKind, key: string): Change[] {
  if (kind !== 'vehicle') return changesOf(register, kind, key).flatMap(changeIn).reverse();
  const [plate = ''] = key.split(' ');
  const said = statedOf(register, plate);
  // What a trailer became depends on what was known of the tractor that was stated with it.
  const keys = new Set([key, ...said.map(({ body }) => plateKey(body.plate, body.colour))]);
  const plates = new Set(said.map((each) => each.body.plate));
  const events = [
    ...[...keys].flatMap((each) => changesOf(register, kind, each)),
    ...said,
    ...[...plates].flatMap((each) => statedOf(register, each)),
  ];
  const known = new Map<string, VehicleEntry>();
  return [...new Map(events.map((event) => [event.sequence, event])).values()]
    .sort((one, other) => one.sequence - other.sequence)
    .flatMap((event) =>
      event.type === 'vehicle-stated' ? statedIn(event, known, key) : changedIn(event, known, key),
    )
    .reverse();
}

type Of<T extends LedgerEvent['type']> = LedgerEvent & { readonly type: T };

function changesOf(register: RegisterStore, kind: RegisterKind, key: string): Of<'register-changed'>[] {
  return register
    .history(kind, key)
    .flatMap(opened)
    .filter((event) => event.type === 'register-changed');
}

function statedOf(register: RegisterStore, plate: string): Of<'vehicle-stated'>[] {
  return register
    .stated(plate)
    .flatMap(opened)
    .filter((event) => event.type === 'vehicle-stated');
}

function opened(link: ChainLink): LedgerEvent[] {
  const event = openLink(link);
  return event.ok ? [event.value] : [];
}

function changeIn({ timeMs, body }: Of<'register-changed'>): Change[] {
  const { operator, reason, importId, now } = body;
  return [{ timeMs, operator, reason, imported: importId !== null, stated: false, now }];
}

function changedIn(event: Of<'register-changed'>, known: Map<string, VehicleEntry>, key: string): Change[] {
  const { now } = event.body;
  if (now?.kind === 'vehicle') known.set(event.body.key, now.entry);
  else known.delete(event.body.key);
  return event.body.key === key ? changeIn(event) : [];
}

function statedIn(
  { timeMs, body }: Of<'vehicle-stated'>,
  known: Map<string, VehicleEntry>,
  key: string,
): Change[] {
  const { trailer, operator } = body;
  const own = plateKey(body.plate, body.colour);
  const pulled = trailer === null ? null : plateKey(trailer.plate, trailer.colour);
  const now = statedEntries(body, {
    vehicle: known.get(own) ?? {},
    trailer: (pulled === null ? null : known.get(pulled)) ?? {},
  });
  known.set(own, now.vehicle);
  if (pulled !== null && now.trailer !== null) known.set(pulled, now.trailer);
  const entry = own === key ? now.vehicle : pulled === key ? now.trailer : null;
  if (entry === null) return [];
  const each: RegisterEntry = { kind: 'vehicle', entry };
  return [{ timeMs, operator, reason: '', imported: false, stated: true, now: each }];
}
