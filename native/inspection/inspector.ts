import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CallError, InspectionState, SampleRow } from '../../station/contract.ts';
import { ChainProgress, InspectionFigures } from '../../station/contract.ts';
import { chineseDate } from '../../station/chineseTime.ts';
import { isDoubtful } from '../../station/reports/words.ts';
import { sampleNumbers } from '../../station/ledger/sample.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import type { Desk } from '../desk/desk.ts';
import { isVoided } from '../records/amend.ts';
import { contradictionText } from '../copies/contradictionText.ts';
import { recheck } from '../trace/recheck.ts';
import { ownKeyId } from './ownKey.ts';
import type { InspectionThread } from './inspectionThread.ts';
import { inspectionThread } from './inspectionThread.ts';

/** Looks at the books of one station, for an inspector; weighs nothing, changes nothing. */
export class Inspector {
  readonly #desk: Desk;
  readonly #dir: string;
  #progress: ChainProgress = { state: 'idle' };
  #thread: InspectionThread | null = null;
  #counting: Promise<InspectionFigures> | null = null;

  constructor(desk: Desk, dir: string) {
    this.#desk = desk;
    this.#dir = dir;
  }

  get progress(): ChainProgress {
    return this.#progress;
  }

  /** Begins to check the whole chain; a check under way goes on. */
  check(): ChainProgress {
    if (this.#progress.state === 'running') return this.#progress;
    const total = this.#desk.deps.stores.ledger.head.sequence;
    this.#progress = { state: 'running', taken: 0, total };
    const thread = inspectionThread({ kind: 'chain', dir: this.#dir }, (message) => {
      const step = ChainProgress.safeParse(message);
      if (step.success) this.#progress = step.data;
    });
    this.#thread = thread;
    thread.ended
      .catch((problem: unknown) => {
        this.#progress = this.#failed(problem);
      })
      .finally(() => {
        this.#thread = null;
        // A thread that was stopped under way has checked nothing whole.
        if (this.#progress.state === 'running') this.#progress = { state: 'idle' };
      });
    return this.#progress;
  }

  /** Resolves to how the check under way ended, or the last one did. */
  async checked(): Promise<ChainProgress> {
    await this.#thread?.ended.catch(() => undefined);
    return this.#progress;
  }

  /** Two who ask at once are answered from one counting. */
  async figures(): Promise<Result<InspectionFigures, CallError>> {
    this.#counting ??= this.#count().finally(() => {
      this.#counting = null;
    });
    try {
      return ok(await this.#counting);
    } catch (problem) {
      return err({ code: 'store-failed', detail: problem instanceof Error ? problem.message : '' });
    }
  }

  async #count(): Promise<InspectionFigures> {
    const { clock, settings } = this.#desk.deps;
    const heard: unknown[] = [];
    const task = {
      kind: 'figures',
      dir: this.#dir,
      nowMs: clock.nowMs(),
      pictureMonths: settings.retention.pictureMonths,
    } as const;
    await inspectionThread(task, (message) => heard.push(message)).ended;
    return InspectionFigures.parse(heard[0]);
  }

  state(): InspectionState {
    const { settings, clock, stores, rules } = this.#desk.deps;
    const today = chineseDate(clock.nowMs());
    const expires = settings.instrument?.verificationExpires ?? null;
    const { sync } = this.#desk.view();
    const against = this.#desk.deps.witnesses.contradiction();
    return {
      retention: settings.retention,
      verification: {
        expires,
        state: expires === null ? 'not-stated' : today > expires ? 'expired' : 'valid',
      },
      ruleSets: rules
        .view(today)
        .filter(({ state }) => state === 'in-force')
        .map(({ id, version, sha256, title, effectiveFrom: from }) => ({ id, version, sha256, title, from })),
      keyId: ownKeyId(this.#desk),
      contradiction: against === null ? null : contradictionText(against),
      sync: {
        state: sync.state,
        waiting: sync.waiting,
        setAside: sync.setAside,
        lastDeliveredAtMs: sync.lastDeliveredAtMs ?? stores.outbox.lastDeliveredMs(),
      },
    };
  }

  /** Draws rows by the seed and makes each out again; between two of them the station does what else it has to. */
  async sample(seed: string, count: number): Promise<{ readonly among: number; readonly rows: SampleRow[] }> {
    const among = this.#desk.deps.stores.ledger.nextNumber() - 1;
    const rows: SampleRow[] = [];
    for (const number of sampleNumbers(seed, among, count)) {
      await nextTurn();
      rows.push(this.#sampled(number));
    }
    return { among, rows };
  }

  #sampled(number: number): SampleRow {
    const { stores, rules } = this.#desk.deps;
    const made = recheck(stores, number, (sha256) => rules.bySha256(sha256));
    if (!made.ok) return lostRow(number);
    const { check, event } = made.value;
    const { plate, kind, weighedKg, decision } = event.body;
    return {
      ...{ check, plate, kind, weighedKg, timeMs: event.timeMs },
      outcome: decision?.outcome ?? null,
      voided: isVoided(stores, number),
      doubtful: isDoubtful(check),
    };
  }

  async stop(): Promise<void> {
    await this.#thread?.stop();
  }

  #failed(problem: unknown): ChainProgress {
    const detail = problem instanceof Error ? problem.message : String(problem);
    return {
      state: 'done',
      endedMs: this.#desk.deps.clock.nowMs(),
      ...{ events: 0, weighings: 0, signatures: 0, headSequence: 0, headHash: '' },
      fault: `not checked: ${detail.slice(0, 200)}`,
    };
  }
}

/** A number whose record cannot be opened any more is the first thing an inspector wants to see. */
function lostRow(number: number): SampleRow {
  return {
    check: {
      number,
      link: false,
      signature: 'unsigned',
      keyId: null,
      weight: 'cannot',
      readKg: null,
      decision: 'cannot',
      changed: [],
      pictures: { named: 0, kept: 0, removed: 0 },
      curve: 'none',
    },
    ...{ timeMs: 0, kind: 'gross', plate: '', weighedKg: 0, outcome: null, voided: false, doubtful: true },
  };
}
