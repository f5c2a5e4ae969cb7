import type { ServerResponse } from 'node:http';

/**
 * How a platform misbehaves towards one delivery, for tests and for exercises of a station.
 * `stored` says whether the record is kept before the fault shows.
 */
export type Fault =
  /** The right answer, but only when `until` resolves. */
  | { readonly kind: 'late'; readonly until: Promise<unknown> }
  /** The right answer, two times over the same connection. */
  | { readonly kind: 'twice' }
  | { readonly kind: 'never'; readonly stored: boolean }
  /** The connection is cut without an answer. */
  | { readonly kind: 'cut'; readonly stored: boolean }
  /** Headers and half a body, then silence. */
  | { readonly kind: 'half-answer' }
  | { readonly kind: 'wrong-hash' }
  | { readonly kind: 'wrong-sequence' }
  | {
      readonly kind: 'answer';
      readonly stored: boolean;
      readonly status: number;
      readonly body: string;
      readonly headers?: Readonly<Record<string, string>>;
    };

/** Asked once for each delivery; null lets it through. `nth` counts deliveries of this sequence from 1. */
export type FaultHook = (delivery: {
  readonly station: string;
  readonly sequence: number | null;
  readonly nth: number;
}) => Fault | null;

export function faultStores(fault: Fault | null): boolean {
  return fault === null || !('stored' in fault) || fault.stored;
}

export interface RightAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Plays the fault; `right` is what the platform would have said. */
export async function playFault(fault: Fault, response: ServerResponse, right: RightAnswer): Promise<void> {
  const text = JSON.stringify(right.body);
  switch (fault.kind) {
    case 'late':
      await fault.until;
      send(response, right.status, text);
      return;
    case 'twice': {
      const once = rawAnswer(right.status, text);
      response.socket?.write(once + once);
      return;
    }
    case 'never':
      return;
    case 'cut':
      response.socket?.destroy();
      return;
    case 'half-answer':
      response.writeHead(right.status, { 'content-type': 'application/json', 'content-length': text.length });
      response.write(text.slice(0, text.length / 2));
      return;
    case 'wrong-hash':
      send(response, right.status, JSON.stringify({ ...right.body, hash: 'f'.repeat(64) }));
      return;
    case 'wrong-sequence':
      send(response, right.status, JSON.stringify({ ...right.body, sequence: 999_999_999 }));
      return;
    case 'answer':
      response
        .writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers })
        .end(fault.body);
  }
}

function send(response: ServerResponse, status: number, text: string): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json' }).end(text);
}

function rawAnswer(status: number, text: string): string {
  return [
    `HTTP/1.1 ${String(status)} OK`,
    'content-type: application/json',
    `content-length: ${String(Buffer.byteLength(text))}`,
    'connection: keep-alive',
    '',
    text,
  ].join('\r\n');
}
