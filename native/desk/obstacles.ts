import { chineseDate } from '../../station/chineseTime.ts';
import type { Disagreement, Fault } from '../../station/contract.ts';
import type { Reason } from '../../station/limits/decision.ts';
import { contradictionText } from '../copies/contradictionText.ts';
import type { DeskDeps } from './desk.ts';

/** Why this station may decide nothing right now, each a fault every screen shows. */
export type StationObstacle = Reason & {
  readonly code:
    'settings-invalid' | 'verification-expired' | 'clock-backwards' | 'key-unusable' | 'ledger-contradicted';
};

export function stationObstacles(
  deps: Pick<DeskDeps, 'settings' | 'settingsProblem' | 'stores' | 'clock' | 'rules'> & {
    readonly keys: Pick<DeskDeps['keys'], 'trouble'>;
    readonly witnesses: Pick<DeskDeps['witnesses'], 'contradiction'>;
  },
): readonly StationObstacle[] {
  const { settings, settingsProblem, stores, clock, rules, keys, witnesses } = deps;
  const found: StationObstacle[] = [];
  if (settingsProblem !== null)
    found.push({ code: 'settings-invalid', detail: settingsProblem.slice(0, 500) });
  // The one that was changed may be the one in force: without it the station would decide by older rules.
  const [broken] = rules.broken();
  if (broken !== undefined) {
    found.push({
      code: 'settings-invalid',
      detail: `the stored rule set ${broken.slice(0, 16)} was changed`,
    });
  }
  const expires = settings.instrument?.verificationExpires;
  if (expires !== undefined && chineseDate(clock.nowMs()) > expires) {
    found.push({ code: 'verification-expired', detail: expires });
  }
  const behindMs = stores.ledger.clockBehindMs();
  if (behindMs > 0)
    found.push({ code: 'clock-backwards', detail: `${String(Math.ceil(behindMs / 1000))} s` });
  const trouble = keys.trouble(stores);
  if (trouble !== null)
    found.push({ code: 'key-unusable', detail: `${trouble.kind} ${trouble.detail}`.slice(0, 500) });
  const contradiction = witnesses.contradiction();
  if (contradiction !== null)
    found.push({ code: 'ledger-contradicted', detail: contradictionText(contradiction) });
  return found;
}

export function obstacleFault({ code, detail }: StationObstacle): Fault {
  return { code, detail };
}

/** A scale that shows another unit, division or number of decimals than its settings say decides nothing. */
export function disagreementReasons(disagrees: Disagreement | null): readonly Reason[] {
  return disagrees === null
    ? []
    : [{ code: 'indicator-disagrees', detail: `${disagrees.kind}: ${disagrees.detail}` }];
}
