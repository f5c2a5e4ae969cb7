import { createHash } from 'node:crypto';
import type { Checker } from '../../station/ledger/checker.ts';
import { signatureHolds } from '../../station/ledger/signing.ts';

export const nodeChecker: Checker = {
  sha256: (text) => createHash('sha256').update(text, 'utf8').digest('hex'),
  signatureHolds,
};
