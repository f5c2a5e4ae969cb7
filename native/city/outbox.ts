import type { LinkSignature } from '../../station/ledger/keyHistory.ts';
import type { Acknowledgement } from '../../station/sync/delivery.ts';

/** One event that waits to be delivered: the stored text and the hashes around it. */
export interface OutboxRecord {
  readonly sequence: number;
  /** Of the restore before it: see station/ledger/epochs.ts. */
  readonly epoch: number;
  readonly previousHash: string;
  readonly hash: string;
  /** The canonical text, exactly the bytes that were hashed. */
  readonly text: string;
  readonly signed: LinkSignature | null;
}

/**
 * The queue beside the ledger. Synchronous and durable: when a call returns, it is on disk.
 * `setAside` ends a record's turn until a person sends it back to waiting.
 */
export interface Outbox {
  /** The lowest sequence that still waits. */
  readonly nextWaiting: () => OutboxRecord | null;
  readonly delivered: (sequence: number, acknowledgement: Acknowledgement, atMs: number) => void;
  /** `epoch` as it was sent: one that a restore has meanwhile given another waits to be sent anew. */
  readonly setAside: (sequence: number, reason: string, atMs: number, epoch: number) => void;
  /** A try that failed and will be made again. */
  readonly failed: (sequence: number, error: string, atMs: number) => void;
  readonly waitingCount: () => number;
  readonly setAsideCount: () => number;
}
