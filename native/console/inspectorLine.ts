import type { CallError, CallName, ReplyMessage } from '../../station/contract.ts';
import { RequestMessage } from '../../station/contract.ts';
import type { Connection, Peer } from '../peer.ts';

/**
 * What an inspector may ask. A call that is not here is refused, also one that is added tomorrow. The last three add
 * to the ledger that something was looked at or given out; nothing here changes what was recorded.
 */
export const inspectorCalls: ReadonlySet<string> = new Set<CallName>([
  'view.get',
  'passages.list',
  'passages.detail',
  'paper.view',
  'paper.pdf',
  'picture.get',
  'outbox.list',
  'crossings.list',
  'exits.list',
  'manual.list',
  'keys.list',
  'keys.publish',
  'rules.list',
  'decision.explain',
  'trace.find',
  'trace.around',
  'inspection.look',
  'inspection.check',
  'inspection.progress',
  'inspection.sample',
  'gate.list',
  'shift.get',
  'manifest.get',
  'inspection.sign',
  'trace.report',
  'gate.export',
]);
const modeCall: CallName = 'inspection.mode';

/**
 * A screen's line to the station. `always`: an inspector's login, which stays one. `when-asked`: a desk's own, which
 * `inspection.mode` makes an inspector's and back; the station refuses in between, whatever buttons the page shows.
 */
export function inspectorLine(
  connect: (peer: Peer) => Connection,
  when: 'always' | 'when-asked',
): (peer: Peer) => Connection {
  return (peer) => {
    const connection = connect(peer);
    let inspecting = when === 'always';
    const refuse = ({ id, call }: RequestMessage): void => {
      const error: CallError = { code: 'not-allowed', detail: call.slice(0, 40) };
      peer.post({ id, ok: false, error });
    };
    return {
      receive: (message) => {
        const request = RequestMessage.safeParse(message);
        if (!request.success) return;
        const { id, call, input } = request.data;
        if (call === modeCall) {
          const on = typeof input === 'object' && input !== null && 'on' in input ? input.on : null;
          if (typeof on !== 'boolean' || (!on && when === 'always')) {
            refuse(request.data);
            return;
          }
          inspecting = on;
          const answer: ReplyMessage = { id, ok: true, output: { on } };
          peer.post(answer);
          return;
        }
        if (inspecting && !inspectorCalls.has(call)) refuse(request.data);
        else
          connection.receive(inspecting ? { ...request.data, input: inspectorInput(input) } : request.data);
      },
      close: connection.close,
    };
  };
}

/** What an inspector takes with them is written down as theirs, not as the operator's who is signed in. */
function inspectorInput(input: unknown): unknown {
  return typeof input === 'object' && input !== null && !Array.isArray(input)
    ? { ...input, inspecting: true }
    : input;
}
