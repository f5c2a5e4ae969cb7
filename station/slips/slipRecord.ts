import * as z from 'zod';
import { ReleaseKind } from '../ledger/release.ts';
import { Decision } from '../limits/decision.ts';
import { Layout, VehicleClass } from '../vehicles/facts.ts';
import { PlateColour } from '../vehicles/plateColour.ts';
import { Attempt } from '../weighing/attempt.ts';

const Kg = z.int();
const Text = z.string().max(512);

/** What a release paper says of the lawful exception. */
export const SlipRelease = z
  .object({
    kind: ReleaseKind,
    document: Text,
    validUntil: Text,
    permittedKg: Kg.nullable(),
    permitPlate: Text.nullable(),
    authority: Text.nullable(),
    reason: Text,
    requestedBy: Text,
    approvedBy: Text,
    timeMs: z.int(),
    sequence: z.int(),
    hash: z.string().regex(/^[0-9a-f]{64}$/),
  })
  .readonly();
export type SlipRelease = z.infer<typeof SlipRelease>;

/** Everything a paper says. It is taken from a stored ledger event and from nothing else. */
export const SlipRecord = z
  .object({
    number: z.int().min(1),
    displayNumber: z.string().min(1).max(64),
    drill: z.boolean(),
    stationId: Text,
    stationName: Text,
    lane: Text,
    timeMs: z.int(),
    plate: Text,
    colour: PlateColour,
    trailerPlate: Text.nullable(),
    axles: z.int().nullable(),
    vehicleClass: VehicleClass.nullable(),
    layout: Layout.nullable(),
    grossKg: Kg,
    tareKg: Kg.nullable(),
    tareNumber: z.int().nullable(),
    netKg: Kg.nullable(),
    decision: Decision,
    operator: Text.nullable(),
    goods: Text.nullable(),
    consignee: Text.nullable(),
    destination: Text.nullable(),
    driver: Text.nullable(),
    loader: Text.nullable(),
    attempt: Attempt.nullable(),
    /** How the try before is numbered on its paper. */
    previousDisplayNumber: Text.nullable(),
    /** The controlled release granted for this refused weighing. */
    release: SlipRelease.nullable(),
    /** Of the ledger event, and its place in the chain. */
    hash: z.string().regex(/^[0-9a-f]{64}$/),
    sequence: z.int().min(1),
    /** The signed text of the QR code; null when this station could not sign. */
    code: z.string().max(700).nullable(),
    /** How long the paper is good for. */
    validHours: z.int().min(1).max(168),
    /** 1 for the first paper of this record, 2 for the first reprint. */
    copy: z.int().min(1),
  })
  .readonly();
export type SlipRecord = z.infer<typeof SlipRecord>;
