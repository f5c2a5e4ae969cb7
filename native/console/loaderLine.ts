import type { CallError, CallName, ReplyMessage, StationEvent } from '../../station/contract.ts';
import { RequestMessage } from '../../station/contract.ts';
import type { Connection, Peer } from '../peer.ts';

const loaderEvents: ReadonlySet<StationEvent['event']> = new Set<StationEvent['event']>([
  'weight',
  'loading',
]);
const loaderCalls: ReadonlySet<string> = new Set<CallName>(['loading.get']);

/** A loader's line to the station: whatever the page asks, only this passes, in both directions. */
export function loaderLine(connect: (peer: Peer) => Connection): (peer: Peer) => Connection {
  return (peer) => {
    const connection = connect({
      post: (message) => {
        if (!('event' in message) || loaderEvents.has(message.event)) peer.post(message);
      },
    });
    return {
      receive: (message) => {
        const request = RequestMessage.safeParse(message);
        if (!request.success) return;
        if (loaderCalls.has(request.data.call)) connection.receive(request.data);
        else peer.post(refusal(request.data));
      },
      close: connection.close,
    };
  };
}

function refusal({ id, call }: RequestMessage): ReplyMessage {
  const error: CallError = { code: 'not-allowed', detail: call.slice(0, 40) };
  return { id, ok: false, error };
}
