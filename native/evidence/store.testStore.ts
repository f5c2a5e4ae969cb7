import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventBody, LedgerEvent, WeighingBody } from '../../station/ledger/event.ts';
import { sampleWeighing } from '../../station/ledger/sampleWeighing.ts';
import { chineseDate } from '../../station/chineseTime.ts';
import type { DecisionCase } from '../../station/limits/case.ts';
import { judge } from '../../station/limits/judge.ts';
import type { RuleSet } from '../../station/limits/ruleSet.ts';
import { ruleSetSha256, ruleSetText } from '../../station/limits/ruleSetHash.ts';
import { latestRuleSet } from '../../station/limits/ruleSets/index.ts';
import { sampleCase } from '../../station/limits/sampleCase.ts';
import type { VehicleFacts } from '../../station/vehicles/facts.ts';
import { noPapers } from '../../station/vehicles/register/entries.ts';
import { handClock } from '../handClock.ts';
import { KeyRing } from '../keys/keyRing.ts';
import { keySecret } from '../keys/keySecret.ts';
import type { Stores } from '../store/stores.ts';
import { openStores } from '../store/stores.ts';
import type { SampleProfile } from './frames.testStore.ts';
import { framesOf, optionsOf } from './frames.testStore.ts';

export const station = 'YQ-9';
const startMs = Date.UTC(2026, 10, 2, 1, 0, 0);

/** Rules a yard was given in a file: six axles a tonne lower. */
export const givenRules: RuleSet = {
  ...latestRuleSet,
  id: 'cn-road-given',
  effectiveFrom: { date: '2026-11-03', confirmed: false },
  rows: latestRuleSet.rows.map((row) => (row.axles === 6 ? { ...row, limitKg: row.limitKg - 1_000 } : row)),
};

export interface Weighed {
  readonly plate: string;
  readonly kg: number;
  readonly kind?: 'tare' | 'gross';
  readonly profile?: SampleProfile;
  readonly facts?: Partial<VehicleFacts>;
  readonly tare?: { readonly number: number; readonly kg: number };
  readonly rules?: RuleSet;
  /** What else its decision rested on. */
  readonly around?: Partial<DecisionCase>;
  readonly pictures?: number;
  /** What the station writes that is not so. */
  readonly lie?: (body: WeighingBody) => WeighingBody;
  readonly curve?: (text: string) => string;
  /** The same of the curve to the end of the crossing. */
  readonly whole?: (text: string) => string;
}

/** A store with a key, and a day's work in it that only a test needs the devices for. */
export class SampleStore {
  readonly dir = mkdtempSync(join(tmpdir(), 'yuanheng-evidence-'));
  readonly clock = handClock(startMs);
  readonly keys: KeyRing;
  readonly stores: Stores;
  #crossings = 0;
  readonly #stated = new Set<string>();

  /** `copyOf`: goes on from the files of another as they are now. */
  constructor(copyOf: SampleStore | null = null) {
    if (copyOf !== null) {
      copyOf.stores.db.pragma('wal_checkpoint(TRUNCATE)');
      cpSync(copyOf.dir, this.dir, { recursive: true, filter: (path) => !path.endsWith('.lock') });
      this.clock.setNow(copyOf.clock.nowMs());
      this.#crossings = copyOf.#crossings;
    }
    this.keys = new KeyRing(this.dir, keySecret(), station);
    this.stores = openStores(this.dir, { station, mode: 'real' }, this.clock, true, this.keys.signer);
    if (copyOf !== null) return;
    this.append({ type: 'store-created', body: { stationName: '阳泉证据煤场', program: '0.1.0' } });
    const introduced = this.keys.introduceFirst(this.stores);
    if (!introduced.ok) throw new Error(introduced.error);
    this.append({ type: 'settings-loaded', body: { settings: '{"station":{"id":"YQ-9"}}', problem: null } });
  }

  append(body: EventBody): LedgerEvent {
    this.clock.advance(1_000);
    const written = this.stores.ledger.append(() => body);
    if (!written.ok) throw new Error(written.error.detail);
    return written.value.event;
  }

  rotate(): void {
    const made = this.keys.introduce(this.stores, 'rotation', '站长');
    if (!made.ok) throw new Error(made.error);
  }

  /** A crossing with everything that goes with it; returns the weighing's number. */
  weigh(each: Weighed): number {
    const { plate, kg, kind = 'gross', profile = 'yaohua-continuous', tare, rules = latestRuleSet } = each;
    const crossingId = `crossing-${String((this.#crossings += 1))}`;
    this.append({ type: 'crossing-begun', body: { crossingId, lane: '1', kg, from: 'zero' } });
    const facts = sampleCase({}, each.facts).facts;
    const case_ = sampleCase({
      date: chineseDate(this.clock.nowMs() + 1_000),
      grossKg: kg,
      facts,
      plates: { front: plate, rear: null, trailer: null },
      tare: tare === undefined ? null : { ...tare, valid: true },
      ...each.around,
    });
    const raw = framesOf[profile];
    const climb = Array.from({ length: 40 }, (_, at) => raw(Math.round((kg * at) / 40)));
    const still = Array.from({ length: 12 }, () => raw(kg));
    const lines = (raws: readonly string[]): string =>
      raws.map((hex, at) => `${String(at * 100)} ${hex}`).join('\n');
    const text = lines([...climb, ...still]);
    const whole = lines([...climb, ...still, ...climb.toReversed()]);
    const pictures = Array.from({ length: each.pictures ?? 1 }, (_, at) =>
      this.stores.pictures.keep(
        Buffer.from(`\xff\xd8 ${crossingId} ${String(at)} ${'x'.repeat(3_000)}`, 'latin1'),
      ),
    );
    const body = sampleWeighing({
      crossingId,
      kind,
      plate,
      facts,
      factsSource: this.#stated.has(plate) ? 'operator' : 'register',
      weighedKg: kg,
      grossKg: kind === 'gross' ? kg : null,
      tareKg: kind === 'tare' ? kg : (tare?.kg ?? null),
      tareNumber: tare?.number ?? null,
      netKg: tare === undefined ? null : kg - tare.kg,
      case: kind === 'gross' ? case_ : null,
      decision: kind === 'gross' ? judge(case_, [rules]) : null,
      pictures,
      frames: still,
      instrument: { ...sampleWeighing().instrument, profile, options: optionsOf[profile] },
    });
    const curveSha256 = this.stores.curves.keep(each.curve?.(text) ?? text);
    const number = this.stores.ledger.nextNumber();
    const written = { ...body, number, curveSha256 };
    this.append({ type: 'weighing', body: each.lie?.(written) ?? written });
    if (kind === 'gross') this.paper(number, 1);
    this.append({
      type: 'crossing-closed',
      body: {
        ...{ crossingId, number, plate, peakKg: kg, durationMs: 30_000, interrupted: false, note: null },
        outcome: kind === 'tare' ? 'tare' : 'slip',
        ...{ from: 'zero', to: 'zero', operator: null },
        curveSha256: this.stores.curves.keep(each.whole?.(whole) ?? whole),
      },
    });
    return number;
  }

  paper(number: number, copy: number): void {
    this.append({
      type: 'paper-issued',
      body: { number, kind: 'slip', copy, form: 'A4', printer: null, failure: null, operator: null },
    });
  }

  /** With a picture of its 行驶证. */
  stateVehicle(plate: string): void {
    this.#stated.add(plate);
    const { facts } = sampleCase();
    const licencePicture = this.stores.pictures.keep(Buffer.from(`licence of ${plate}`), 'document');
    this.append({
      type: 'vehicle-stated',
      body: {
        ...{ plate, colour: 'yellow', facts, papers: { ...noPapers, licencePicture } },
        ...{ unit: 'whole', trailer: null, operator: null },
      },
    });
  }

  loadRules(): void {
    const body = { text: ruleSetText(givenRules), sha256: ruleSetSha256(givenRules), signedBy: 'province' };
    this.append({ type: 'rule-set-loaded', body: { ...body, from: 'file', operator: '站长' } });
  }

  nextDay(): void {
    this.clock.advance(86_400_000);
  }

  close(): void {
    this.stores.close();
  }

  remove(): void {
    this.close();
    rmSync(this.dir, { recursive: true, force: true });
  }
}

/** Two days with every kind of record: tares, net weights, four protocols, given rules, a new key, a void. */
export function twoDays(): { readonly store: SampleStore; readonly net: number; readonly voided: number } {
  const store = new SampleStore();
  store.stateVehicle('晋C83N16');
  const tare = store.weigh({ plate: '晋C83N16', kg: 15_200, kind: 'tare' });
  const net = store.weigh({ plate: '晋C83N16', kg: 48_600, tare: { number: tare, kg: 15_200 }, pictures: 2 });
  store.weigh({ plate: '晋C10001', kg: 50_200, profile: 'mettler-continuous' });
  store.loadRules();
  store.nextDay();
  store.rotate();
  const voided = store.weigh({ plate: '晋C10002', kg: 48_500, rules: givenRules, profile: 'modbus-rtu' });
  const rigid = { axles: 4, vehicleClass: 'rigid', layout: null, driveAxles: null } as const;
  store.weigh({ plate: '晋C10003', kg: 30_980, profile: 'jinzhong-continuous', facts: rigid });
  store.append({ type: 'weighing-voided', body: { number: voided, reason: '车未停稳', operator: '站长' } });
  store.append({
    type: 'record-corrected',
    body: { number: net, field: 'driver', before: null, now: '王五', reason: '漏填', operator: '站长' },
  });
  return { store, net, voided };
}
