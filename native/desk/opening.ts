import { leftOpen } from '../snapshots/leftOpen.ts';
import type { Desk } from './desk.ts';
import { openCrossingOf } from './openCrossing.ts';

const checkedTail = 1000;

/** Checks the chain's end, writes the start into the ledger, takes up what the last run left open. */
export function openBooks(desk: Desk): void {
  const { stores, settings, settingsProblem, version, clock, keys, rules } = desk.deps;
  const broken = stores.ledger.checkTail(checkedTail);
  if (broken !== null) {
    desk.fault({ code: 'chain-broken', detail: `${broken.kind} ${String(broken.sequence)}` });
  }
  const isNew = stores.ledger.head.sequence === 0;
  // The key comes first: what it signs can be checked from the first event on.
  const introduced = keys.introduceFirst(stores);
  if (!introduced.ok) desk.fault({ code: 'store-failed', detail: introduced.error });
  // A key the ledger does not know must not sign: better no signature than one that cannot be checked.
  stores.ledger.signWith(keys.trouble(stores) === null ? keys.signer : null);
  if (isNew) {
    desk.append({ type: 'store-created', body: { stationName: settings.station.name, program: version } });
  }
  for (const own of rules.unwritten(version)) desk.append(own);
  rules.refresh();
  const unwritten = leftOpen(stores, desk.snapshots?.cameras ?? []);
  const open = openCrossingOf(stores);
  if (open !== null) desk.lane.resume(open, clock.monotonicMs());
  desk.append({ type: 'program-started', body: { program: version } });
  desk.append({
    type: 'settings-loaded',
    body: {
      settings: settingsProblem === null ? JSON.stringify(settings).slice(0, 20_000) : null,
      problem: settingsProblem?.slice(0, 2000) ?? null,
    },
  });
  for (const taken of unwritten) desk.append(taken);
}
