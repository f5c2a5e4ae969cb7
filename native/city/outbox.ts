import type { LinkSignature } from '../../station/ledger/keyHistory.ts';
import type { Acknowledgement } from '../../station/sync/delivery.ts';

/** One event that waits to be delivered: the stored text and the hashes around it. */
export interface OutboxRecord {
  readonly sequence: number;
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
  readonly setAside: (sequence: number, reason: string, atMs: number) => void;
  /** A try that failed and will be made again. */
  readonly failed: (sequence: number, error: string, atMs: number) => void;
  readonly waitingCount: () => number;
  readonly setAsideCount: () => number;
}
