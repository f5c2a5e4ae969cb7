/** What can be found wrong with a store. */
export const dataFaults = [
  'not-a-store',
  'version',
  'database',
  'triggers',
  'schema',
  'meta',
  // The ledger, at an event.
  'hash',
  'previous',
  'sequence',
  'form',
  'columns',
  'number',
  'identity',
  'unsigned',
  'unknown-key',
  'replaced-key',
  'revoked-key',
  'key-proof',
  'signature',
  'unsigned-tail',
  'epoch',
  'head',
  // Beside it.
  'curve-missing',
  'curve-changed',
  'picture-missing',
  'picture-changed',
  'rules-changed',
  'anchor-cut',
  'anchor-unlike',
  'anchor-signature',
  'anchor-file',
  'other-station',
  'not-published',
  'derived',
  'outbox',
  'acknowledged',
] as const;
export type DataFaultCode = (typeof dataFaults)[number];

/** `sequence`: the event it is about; null where it is about none. */
export interface DataFault {
  readonly code: DataFaultCode;
  readonly sequence: number | null;
  readonly detail: string;
}
