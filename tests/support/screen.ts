import type {
  CallError,
  CallInput,
  CallName,
  CallOutput,
  ReplyMessage,
  StationView,
  WeightView,
} from '../../station/contract.ts';
import { StationEvent, calls } from '../../station/contract.ts';
import type { Connection, Peer } from '../../native/peer.ts';

export type Reply<N extends CallName> =
  { readonly ok: true; readonly value: CallOutput<N> } | { readonly ok: false; readonly error: CallError };

/**
 * A screen without pixels: calls the station and remembers what it was told last. What a window would drop, because it is
 * not of the contract, fails whoever waits for it.
 */
export class Screen {
  view: StationView | null = null;
  weight: WeightView | null = null;
  readonly weights: WeightView[] = [];
  readonly #connection: Connection;
  readonly #open = new Map<number, (reply: ReplyMessage) => void>();
  readonly #waiters = new Set<() => void>();
  #lastId = 0;
  #dropped: Error | null = null;

  constructor(connect: (peer: Peer) => Connection) {
    this.#connection = connect({
      post: (message) => {
        this.#take(message);
      },
    });
  }

  async call<N extends CallName>(name: N, input: CallInput<N>): Promise<Reply<N>> {
    const reply = await this.raw(name, input);
    if (!reply.ok) return { ok: false, error: reply.error };
    const output = calls[name].output.safeParse(reply.output);
    if (!output.success) throw new Error(`Not of the contract: ${name} ${output.error.message}`);
    return { ok: true, value: output.data as CallOutput<N> };
  }

  raw(call: string, input: unknown): Promise<ReplyMessage> {
    const id = (this.#lastId += 1);
    return new Promise((resolve) => {
      this.#open.set(id, resolve);
      this.#connection.receive({ id, call, input });
    });
  }

  /** Resolves as soon as what the station told fulfils the condition. */
  until(
    what: string,
    holds: (view: StationView, weight: WeightView) => boolean,
    limitMs = 60_000,
  ): Promise<StationView> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiters.delete(look);
        reject(new Error(`Never saw: ${what}. Last lane: ${JSON.stringify(this.view?.lane)}`));
      }, limitMs);
      const look = (): void => {
        if (this.#dropped !== null) reject(this.#dropped);
        if (this.view === null || this.weight === null || !holds(this.view, this.weight)) return;
        clearTimeout(timer);
        this.#waiters.delete(look);
        resolve(this.view);
      };
      this.#waiters.add(look);
      look();
    });
  }

  close(): void {
    this.#connection.close();
  }

  #take(message: ReplyMessage | StationEvent): void {
    if ('event' in message) {
      const read = StationEvent.safeParse(message);
      if (!read.success) this.#dropped = new Error(`Not of the contract: ${read.error.message}`);
      if (message.event === 'loading' && this.view === null)
        this.#dropped = new Error('Loading came before the view: a window would take itself for a loader’s');
      if (message.event === 'view') this.view = message.view;
      else if (message.event === 'weight') {
        this.weight = message.weight;
        this.weights.push(message.weight);
      }
      for (const look of [...this.#waiters]) look();
      return;
    }
    this.#open.get(message.id)?.(message);
    this.#open.delete(message.id);
  }
}
