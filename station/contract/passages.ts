import * as z from 'zod';
import { Attempt } from '../weighing/attempt.ts';
import { CurveFlag } from '../weighing/curveFlags.ts';
import { Moment } from '../weighing/moments.ts';
import { Decision, Outcome } from '../limits/decision.ts';
import { VehicleFacts } from '../vehicles/facts.ts';
import { Load } from '../vehicles/load.ts';
import { PlateColour } from '../vehicles/plateColour.ts';
import { AxleLoadsView } from './lane.ts';
import { PaperForm, PaperKind, WeighingKind } from './kinds.ts';
import { ExitRow, LatePlateRow, Shot } from './pictures.ts';
import { Amendments } from './records.ts';
import { ReleaseView } from './release.ts';
import { Kg, Sha256, TimeMs } from './units.ts';

export const PassageRow = z.object({
  number: z.int(),
  displayNumber: z.string(),
  kind: WeighingKind,
  timeMs: TimeMs,
  plate: z.string(),
  colour: PlateColour,
  axles: z.int().nullable(),
  weighedKg: Kg,
  tareKg: Kg.nullable(),
  netKg: Kg.nullable(),
  limitKg: Kg.nullable(),
  overKg: Kg,
  outcome: Outcome.nullable(),
  paperCopies: z.int(),
  sync: z.enum(['off', 'waiting', 'delivered', 'set-aside']),
  drill: z.boolean(),
  trailerPlate: z.string().nullable(),
  load: Load,
  /** The refused weighing this one was the next try of. */
  previousNumber: z.int().nullable(),
  voided: z.boolean(),
  corrected: z.boolean(),
});
export type PassageRow = z.infer<typeof PassageRow>;

export const PassageDetail = z.object({
  row: PassageRow,
  lane: z.string(),
  operator: z.string().nullable(),
  plateSource: z.enum(['camera', 'operator']),
  cameraPlate: z.string().nullable(),
  /** What a rear camera read, and what a person saw there. */
  rearPlate: z.string().nullable(),
  rearStated: z.string().nullable(),
  axleLoads: AxleLoadsView.nullable(),
  facts: VehicleFacts,
  decision: Decision.nullable(),
  attempt: Attempt.nullable(),
  release: ReleaseView.nullable(),
  amendments: Amendments,
  tareNumber: z.int().nullable(),
  pictureSha256: z.array(Sha256),
  /** Taken when the weight was saved; null while they are not here, and where no camera takes any. */
  shots: z.array(Shot).nullable(),
  /** Where its vehicle was seen at the exit, in order. */
  exits: z.array(ExitRow),
  /** What cameras told of it when its record stood written already. */
  latePlates: z.array(LatePlateRow),
  papers: z.array(
    z.object({
      kind: PaperKind,
      copy: z.int(),
      form: PaperForm,
      timeMs: TimeMs,
      printer: z.string().nullable(),
      failure: z.string().nullable(),
    }),
  ),
  curve: z.array(z.object({ afterMs: z.int(), kg: z.number().nullable() })),
  curveFlags: z.array(CurveFlag),
  moments: z.array(Moment),
  /** The indicator's own frames the recorded weight was taken from, hex. */
  frames: z.array(z.string()),
  ledger: z.object({
    sequence: z.int(),
    hash: Sha256,
    previousHash: Sha256,
    /** Recomputed from the stored bytes just now. */
    intact: z.boolean(),
    canonical: z.string(),
  }),
  sync: z.object({ attempts: z.int(), lastError: z.string().nullable(), deliveredAtMs: TimeMs.nullable() }),
});
export type PassageDetail = z.infer<typeof PassageDetail>;

export const passagesCalls = {
  'paper.print': { input: z.object({ number: z.int() }), output: z.object({ copy: z.int() }) },
  'paper.view': {
    input: z.object({ number: z.int(), form: PaperForm }),
    output: z.object({ kind: PaperKind, svg: z.string(), widthMm: z.number(), heightMm: z.number() }),
  },
  'paper.pdf': {
    input: z.object({ number: z.int(), form: PaperForm }),
    output: z.object({ fileName: z.string(), base64: z.string() }),
  },
  'passages.list': {
    input: z.object({
      beforeNumber: z.int().nullable(),
      limit: z.int().min(1).max(200),
      plate: z.string().max(20).nullable(),
      outcome: Outcome.nullable(),
    }),
    output: z.object({ rows: z.array(PassageRow), more: z.boolean() }),
  },
  'passages.detail': { input: z.object({ number: z.int() }), output: PassageDetail },
  'picture.get': {
    input: z.object({ sha256: Sha256 }),
    output: z.object({ mime: z.literal('image/jpeg'), base64: z.string() }),
  },
} as const;
