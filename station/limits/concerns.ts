import type { CredentialKind } from '../vehicles/credentials.ts';
import { meetsStage } from '../vehicles/credentials.ts';
import type { DecisionCase } from './case.ts';
import type { Decision, Reason } from './decision.ts';
import { licenceConcerns } from './licenceConcerns.ts';
import { goodsConfirmed, loadConcerns } from './loadConcerns.ts';
import { plateConcerns } from './plateConcerns.ts';
import type { RuleSet } from './ruleSet.ts';

export interface Concerns {
  readonly concerns: readonly Reason[];
  readonly waived: readonly Reason[];
}

/** Rules of the yard a whitelist entry may set aside; what a law or decree says is never among them. */
const waivable: ReadonlySet<Reason['code']> = new Set<Reason['code']>([
  'quota-used-up',
  'contract-unknown',
  'contract-not-in-force',
]);

const driverPapers: readonly CredentialKind[] = ['driver-licence', 'driver-qualification'];

/** What stands in the way besides weight (山西省政府令第301号 and the yard's own rules). */
export function concernsOf(each: DecisionCase, legal: Decision, set: RuleSet | null): Concerns {
  const found = [
    ...plateConcerns(each),
    ...listing(each),
    ...credentials(each),
    ...axleCount(each),
    ...loads(each, licenceConcerns(each, legal, set)),
    ...loadConcerns(each),
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

function listing({ listed, policy }: DecisionCase): readonly Reason[] {
  return policy.blacklist && listed?.list === 'black'
    ? [{ code: 'blacklisted', detail: `${listed.reason} (${listed.by})` }]
    : [];
}

/** Those the yard asks for, and of a driver whom the register knows also the driver's own. */
export function credentialsAsked({ policy, driver }: DecisionCase): readonly CredentialKind[] {
  const ofDriver = policy.driverPapers && driver?.registered === true ? driverPapers : [];
  return [...new Set([...policy.credentials, ...ofDriver])];
}

function credentials(each: DecisionCase): readonly Reason[] {
  const { credentials: held, date, policy } = each;
  return credentialsAsked(each).flatMap((kind): readonly Reason[] => {
    const ofKind = held.filter((paper) => paper.kind === kind);
    const expired = ofKind.filter(({ expires }) => expires !== null && expires < date);
    const unstated = ofKind.filter(({ expires }) => expires === null).map(({ of }) => `${kind} ${of}`);
    if (ofKind.length === 0) unstated.push(kind);
    const missing = each.version < 3 ? unstated.slice(0, 1).map(() => kind) : unstated;
    return [
      ...expired.map(({ of, expires }): Reason => ({
        code: 'credential-expired',
        detail: `${kind} ${of} ${expires ?? ''}`,
      })),
      ...(policy.credentialsMissing ? missing : []).map((detail): Reason => ({
        code: 'credential-missing',
        detail,
      })),
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

function loads(each: DecisionCase, ofLicence: readonly Reason[]): readonly Reason[] {
  const { tare, tareRequired, tareDriftKg, grossKg, licenceLoadKg, quotaLeftKg, policy } = each;
  const found: Reason[] = [];
  const usable = tare?.valid === true ? tare : null;
  if (usable !== null && grossKg < usable.kg) {
    found.push({ code: 'gross-below-tare', detail: `${String(grossKg)} < ${String(usable.kg)} kg` });
  }
  if (tareRequired && usable === null) found.push({ code: 'tare-missing', detail: '' });
  if (policy.tareDrift && tareDriftKg !== null) {
    found.push({ code: 'tare-drifted', detail: `${String(tareDriftKg)} kg` });
  }
  found.push(...ofLicence);
  const netKg = usable === null ? null : grossKg - usable.kg;
  if (policy.licenceLoad && netKg !== null && licenceLoadKg !== null && netKg > licenceLoadKg) {
    found.push({ code: 'net-above-licence-load', detail: `${String(netKg)} > ${String(licenceLoadKg)} kg` });
  }
  if (policy.quota && quotaLeftKg !== null) {
    // Of a contract that is overdrawn nothing is left, and no less than nothing.
    const leftKg = each.version < 2 ? quotaLeftKg : Math.max(0, quotaLeftKg);
    // A net nobody knows is some net: of a contract with nothing left it is too much.
    if ((netKg ?? 1) > leftKg) {
      found.push({
        code: 'quota-used-up',
        detail: `${netKg === null ? '?' : String(netKg)} > ${String(leftKg)} kg`,
      });
    }
  }
  return found;
}

function emission(each: DecisionCase): readonly Reason[] {
  const { emission: stage, goods, policy } = each;
  const { minimumEmission } = policy;
  if (minimumEmission === null) return [];
  // Goods nobody named may be coal: in a bound yard that is no way around the gate.
  if (goods !== null && !policy.emissionGoods.includes(goods.category)) {
    // Nor is the gravel of last week; a truck clean enough for coal need not be asked.
    const clean = stage !== null && meetsStage(stage, minimumEmission);
    return each.version < 2 || clean || goodsConfirmed(each)
      ? []
      : [{ code: 'goods-unconfirmed', detail: goods.name }];
  }
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
