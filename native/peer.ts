import type {
  CallError,
  CallInput,
  CallName,
  CallOutput,
  ReplyMessage,
  StationEvent,
} from '../station/contract.ts';
import { RequestMessage, calls } from '../station/contract.ts';
import type { Result } from '../station/result.ts';

/** One handler for every call of the contract; a renamed or forgotten call fails to compile. */
export type Handlers = {
  readonly [N in CallName]: (
    input: CallInput<N>,
  ) => Result<CallOutput<N>, CallError> | Promise<Result<CallOutput<N>, CallError>>;
};

/** Whatever carries messages to one screen: a MessagePort, a WebSocket, a test. */
export interface Peer {
  readonly post: (message: ReplyMessage | StationEvent) => void;
}

export interface Connection {
  /** Takes one message from the screen; anything at all may arrive here. */
  readonly receive: (message: unknown) => void;
  readonly close: () => void;
}

const maxOpenCalls = 64;

/** Answers a screen's requests: every input is checked, every failure is an answer. */
export function answerPeer(handlers: Handlers, peer: Peer): Connection {
  let open = 0;
  let closed = false;

  async function answer(request: RequestMessage): Promise<ReplyMessage> {
    const refuse = (code: CallError['code'], detail: string): ReplyMessage => ({
      id: request.id,
      ok: false,
      error: { code, detail },
    });
    if (!isCall(request.call)) return refuse('bad-request', `unknown call ${request.call.slice(0, 40)}`);
    if (open > maxOpenCalls) return refuse('station-busy', '');
    try {
      const result = await run(handlers, request.call, request.input);
      if (result === null) return refuse('bad-request', request.call);
      return result.ok
        ? { id: request.id, ok: true, output: result.value }
        : refuse(result.error.code, result.error.detail);
    } catch (problem) {
      return refuse('internal', problem instanceof Error ? problem.message : String(problem));
    }
  }

  return {
    receive: (message) => {
      const request = RequestMessage.safeParse(message);
      if (!request.success || closed) return;
      open += 1;
      void answer(request.data).then((reply) => {
        open -= 1;
        if (!closed) peer.post(reply);
      });
    },
    close: () => {
      closed = true;
    },
  };
}

function isCall(name: string): name is CallName {
  return Object.hasOwn(calls, name);
}

async function run<N extends CallName>(
  handlers: Handlers,
  name: N,
  rawInput: unknown,
): Promise<Result<CallOutput<N>, CallError> | null> {
  const input = calls[name].input.safeParse(rawInput);
  if (!input.success) return null;
  return handlers[name](input.data as CallInput<N>);
}
