import * as z from 'zod';
import { PersonRole } from '../ledger/people.ts';
import { ReleaseKind } from '../ledger/release.ts';
import { Day } from '../vehicles/credentials.ts';

/** A person proves who they are at the moment of signing; nothing is kept signed in by it. */
export const Signer = z.object({ name: z.string().trim().min(1).max(40), pin: z.string().min(4).max(32) });
export type Signer = z.infer<typeof Signer>;

export const ReleaseRequest = z.object({
  number: z.int(),
  kind: ReleaseKind,
  document: z.string().trim().min(1).max(80),
  validUntil: Day,
  /** The document itself, kept before by `picture.keep`. */
  picture: z.string().regex(/^[0-9a-f]{64}$/),
  reason: z.string().trim().min(1).max(200),
  requestedBy: Signer,
  approvedBy: Signer,
});
export type ReleaseRequest = z.infer<typeof ReleaseRequest>;

export const ReleaseView = z.object({
  number: z.int(),
  kind: ReleaseKind,
  document: z.string(),
  validUntil: z.string(),
  picture: z.string(),
  reason: z.string(),
  requestedBy: z.string(),
  approvedBy: z.string(),
  timeMs: z.int(),
  /** Its place in the chain. */
  sequence: z.int(),
});
export type ReleaseView = z.infer<typeof ReleaseView>;

export const releaseCalls = {
  /** Grants a lawful exception for a refused weighing, signed by two different people. Off unless set up. */
  'release.grant': { input: ReleaseRequest, output: ReleaseView },
  'people.list': {
    input: z.object({}),
    output: z.object({ people: z.array(z.object({ name: z.string(), role: PersonRole })) }),
  },
  /** Enrols a person with a PIN. The first one needs nobody; after that a manager signs for it. */
  'people.enrol': {
    input: z.object({
      name: z.string().trim().min(1).max(40),
      role: PersonRole,
      pin: z.string().min(4).max(32),
      by: Signer.nullable(),
    }),
    output: z.object({}),
  },
} as const;
