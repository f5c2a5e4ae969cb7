import { meetsStage } from '../vehicles/credentials.ts';
import type { DecisionCase } from './case.ts';
import type { Decision, Reason } from './decision.ts';

export interface Concerns {
  readonly concerns: readonly Reason[];
  readonly waived: readonly Reason[];
}

/** Rules of the yard a whitelist entry may set aside; what a law or decree says is never among them. */
const waivable: ReadonlySet<Reason['code']> = new Set<Reason['code']>(['quota-used-up']);

/** What stands in the way besides weight (山西省政府令第301号 and the yard's own rules). */
export function concernsOf(each: DecisionCase, legal: Decision): Concerns {
  const found = [
    ...plates(each),
    ...listing(each),
    ...credentials(each),
    ...axleCount(each),
    ...loads(each, legal),
    ...emission(each),
    ...curve(each),
  ];
  const white = each.listed?.list === 'white';
  return {
    concerns: found.filter(({ code }) => !white || !waivable.has(code)),
    waived: white ? [...found.filter(({ code }) => waivable.has(code)), ...yardLimit(each)] : [],
  };
}

/** The yard's own limit does not hold for a whitelisted vehicle; that it was above it is kept. */
function yardLimit({ grossKg, policy: { yardLimitKg } }: DecisionCase): readonly Reason[] {
  if (yardLimitKg === null || grossKg <= yardLimitKg) return [];
  return [{ code: 'above-other-limit', detail: `yard: ${String(grossKg)} > ${String(yardLimitKg)} kg` }];
}

function plates({ plates: { front, rear, trailer }, policy }: DecisionCase): readonly Reason[] {
  if (front === null) return policy.noPlate ? [{ code: 'no-plate', detail: '' }] : [];
  if (rear === null || !policy.platesDisagree) return [];
  // A trailer has a plate of its own behind; a single truck shows the same one twice.
  const expected = rear.endsWith('挂') ? trailer : front;
  if (rear === expected) return [];
  if (rear.endsWith('挂')) return [{ code: 'trailer-disagrees', detail: `${rear} ≠ ${trailer ?? '—'}` }];
  return [{ code: 'plates-disagree', detail: `${front} ≠ ${rear}` }];
}

function listing({ listed, policy }: DecisionCase): readonly Reason[] {
  return policy.blacklist && listed?.list === 'black'
    ? [{ code: 'blacklisted', detail: `${listed.reason} (${listed.by})` }]
    : [];
}

function credentials({ credentials: held, date, policy }: DecisionCase): readonly Reason[] {
  return policy.credentials.flatMap((kind): readonly Reason[] => {
    const ofKind = held.filter((each) => each.kind === kind);
    const expired = ofKind.filter(({ expires }) => expires !== null && expires < date);
    const unstated = ofKind.length === 0 || ofKind.some(({ expires }) => expires === null);
    return [
      ...expired.map(({ of, expires }): Reason => ({
        code: 'credential-expired',
        detail: `${kind} ${of} ${expires ?? ''}`,
      })),
      ...(unstated && policy.credentialsMissing
        ? [{ code: 'credential-missing' as const, detail: kind }]
        : []),
    ];
  });
}

function axleCount({ counted, facts, policy }: DecisionCase): readonly Reason[] {
  if (!policy.axleCount || counted === null || facts.axles === null || counted.axles === facts.axles)
    return [];
  return [
    {
      code: 'axle-count-disagrees',
      detail: `${counted.source} ${String(counted.axles)} ≠ ${String(facts.axles)}`,
    },
  ];
}

function loads(each: DecisionCase, legal: Decision): readonly Reason[] {
  const { tare, tareRequired, tareDriftKg, grossKg, licenceLoadKg, quotaLeftKg, policy, facts } = each;
  const found: Reason[] = [];
  const usable = tare?.valid === true ? tare : null;
  if (usable !== null && grossKg < usable.kg) {
    found.push({ code: 'gross-below-tare', detail: `${String(grossKg)} < ${String(usable.kg)} kg` });
  }
  if (tareRequired && usable === null) found.push({ code: 'tare-missing', detail: '' });
  if (policy.tareDrift && tareDriftKg !== null) {
    found.push({ code: 'tare-drifted', detail: `${String(tareDriftKg)} kg` });
  }
  if (facts.axles === 2 && legal.missing.includes('registeredGross') && legal.limitKg !== null) {
    found.push({ code: 'licence-gross-unknown', detail: '' });
  }
  const netKg = usable === null ? null : grossKg - usable.kg;
  if (policy.licenceLoad && netKg !== null && licenceLoadKg !== null && netKg > licenceLoadKg) {
    found.push({ code: 'net-above-licence-load', detail: `${String(netKg)} > ${String(licenceLoadKg)} kg` });
  }
  // A net nobody knows is some net: of a contract with nothing left it is too much.
  if (policy.quota && quotaLeftKg !== null && (netKg ?? 1) > quotaLeftKg) {
    found.push({
      code: 'quota-used-up',
      detail: `${netKg === null ? '?' : String(netKg)} > ${String(quotaLeftKg)} kg`,
    });
  }
  return found;
}

function emission({ emission: stage, goods, policy }: DecisionCase): readonly Reason[] {
  const { minimumEmission } = policy;
  if (minimumEmission === null) return [];
  // Goods nobody named may be coal: in a bound yard that is no way around the gate.
  if (goods !== null && !policy.emissionGoods.includes(goods.category)) return [];
  if (stage === null) return [{ code: 'emission-unknown', detail: '' }];
  return meetsStage(stage, minimumEmission)
    ? []
    : [{ code: 'emission-below', detail: `${stage} < ${minimumEmission}` }];
}

function curve({ curveFlags, policy }: DecisionCase): readonly Reason[] {
  return curveFlags
    .filter(({ code }) => policy.curve.includes(code))
    .map(({ code, kg }) => ({ code: 'curve-suspicious', detail: `${code} ${String(kg)} kg` }));
}
