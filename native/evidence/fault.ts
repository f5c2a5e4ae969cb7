/** What can be found wrong with a bundle. docs/evidence.md says of each what it means. */
export const bundleFaults = [
  // The container.
  'form',
  'name',
  'twice',
  // Files.
  'missing',
  'unlisted',
  'broken',
  'hash',
  'too-large',
  // Events.
  'line',
  'order',
  'event-hash',
  'event-form',
  'sequence',
  'identity',
  'previous',
  'unsigned',
  'unknown-key',
  'replaced-key',
  'revoked-key',
  'key-proof',
  'signature',
  'gap',
  // A ledger put back from a backup.
  'forked',
  'epoch',
  'number',
  'cut-off',
  'head',
  // A weighing.
  'absent',
  'weight',
  'frames',
  'curve',
  'picture',
  'tare',
  'facts',
  'rules',
  'decision',
  // Published keys.
  'other-station',
  'not-published',
  'published-form',
] as const;
export type BundleFaultCode = (typeof bundleFaults)[number];

/** The first thing that does not hold: `part` is a file's name, `event 12`, `weighing 7`, `zip` or `keys`. */
export interface BundleFault {
  readonly part: string;
  readonly code: BundleFaultCode;
  readonly detail: string;
}

/** Thrown inside the verification, and caught where it began. */
export class Found extends Error {
  readonly fault: BundleFault;

  constructor(part: string, code: BundleFaultCode, detail = '') {
    super(`${part}: ${code}`);
    this.fault = { part, code, detail };
  }
}
