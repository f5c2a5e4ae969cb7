import * as z from 'zod';
import { PersonRole } from '../ledger/people.ts';
import { ReleaseKind } from '../ledger/release.ts';
import { Day } from '../vehicles/credentials.ts';
import { None } from './units.ts';

/** A person proves who they are at the moment of signing; nothing is kept signed in by it. */
export const Signer = z.object({ name: z.string().trim().min(1).max(40), pin: z.string().min(4).max(32) });
export type Signer = z.infer<typeof Signer>;

export const ReleaseRequest = z
  .object({
    number: z.int(),
    kind: ReleaseKind,
    document: z.string().trim().min(1).max(80),
    validUntil: Day,
    /** The document itself, kept before by `picture.keep`. */
    picture: z.string().regex(/^[0-9a-f]{64}$/),
    /** Of a permit: the gross it permits, kg, and the vehicle it names. */
    permittedKg: z.int().min(1).max(1_000_000).nullable().default(null),
    permitPlate: z.string().trim().min(1).max(20).nullable().default(null),
    /** Of an order: who gave it. */
    authority: z.string().trim().min(1).max(80).nullable().default(null),
    reason: z.string().trim().min(1).max(200),
    requestedBy: Signer,
    approvedBy: Signer,
  })
  .superRefine((request, context) => {
    const asked =
      request.kind === 'oversize-permit'
        ? (['permittedKg', 'permitPlate'] as const)
        : (['authority'] as const);
    for (const field of asked)
      if (request[field] === null) context.addIssue({ code: 'custom', path: [field], message: 'is missing' });
  });
export type ReleaseRequest = z.infer<typeof ReleaseRequest>;

export const ReleaseView = z.object({
  number: z.int(),
  kind: ReleaseKind,
  document: z.string(),
  validUntil: z.string(),
  picture: z.string(),
  permittedKg: z.int().nullable(),
  permitPlate: z.string().nullable(),
  authority: z.string().nullable(),
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
    input: None,
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
    output: None,
  },
} as const;
