import type { CallError, CallInput, CallName, CallOutput, StationEvent } from '../../station/contract.ts';
import { ReplyMessage, StationEvent as StationEventSchema, calls } from '../../station/contract.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';

export interface Line {
  readonly send: (message: unknown) => void;
}

const callTimeoutMs = 30_000;

/** Calls over whatever line there is now; answers find their caller by id, events go to `onEvent`. */
export class StationClient {
  readonly #onEvent: (event: StationEvent) => void;
  readonly #open = new Map<number, (reply: ReplyMessage) => void>();
  #line: Line | null = null;
  #lastId = 0;

  constructor(onEvent: (event: StationEvent) => void) {
    this.#onEvent = onEvent;
  }

  /** A new line replaces the old one; what was asked over the old one will not be answered. */
  attach(line: Line | null): void {
    this.#line = line;
    const error: CallError = { code: 'connection-lost', detail: '' };
    for (const [id, answer] of this.#open) answer({ id, ok: false, error });
    this.#open.clear();
  }

  receive(message: unknown): void {
    const event = StationEventSchema.safeParse(message);
    if (event.success) {
      this.#onEvent(event.data);
      return;
    }
    const reply = ReplyMessage.safeParse(message);
    if (!reply.success) {
      console.warn('A message that is not of the contract was dropped');
      return;
    }
    this.#open.get(reply.data.id)?.(reply.data);
  }

  async call<N extends CallName>(name: N, input: CallInput<N>): Promise<Result<CallOutput<N>, CallError>> {
    const line = this.#line;
    if (line === null) return err({ code: 'connection-lost', detail: '' });
    const id = (this.#lastId += 1);
    const reply = await new Promise<ReplyMessage>((resolve) => {
      const timer = setTimeout(() => {
        resolve({ id, ok: false, error: { code: 'connection-lost', detail: 'timeout' } });
      }, callTimeoutMs);
      this.#open.set(id, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
      line.send({ id, call: name, input });
    });
    this.#open.delete(id);
    if (!reply.ok) return err(reply.error);
    const output = calls[name].output.safeParse(reply.output);
    return output.success ? ok(output.data as CallOutput<N>) : err({ code: 'internal', detail: name });
  }
}
