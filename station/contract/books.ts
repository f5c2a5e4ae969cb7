import * as z from 'zod';
import { Day, EmissionStage } from '../vehicles/credentials.ts';
import { PlateColour } from '../vehicles/plateColour.ts';
import { Inspecting } from './trace.ts';
import { None, Sha256, TimeMs } from './units.ts';

const File = z.object({ fileName: z.string(), base64: z.string() });

/** What the emission-gate ledger (运输车辆电子台账) asks of each vehicle that leaves. */
export const gateFields = [
  'entry',
  'pictures',
  'plate',
  'registeredOn',
  'vin',
  'engineNumber',
  'emission',
  'document',
  'goods',
  'tonnes',
  'fleet',
] as const;
export const GateField = z.enum(gateFields);
export type GateField = z.infer<typeof GateField>;

export const GateNote = z.enum(['corrected', 'voided', 'released', 'vin-check', 'fuel-rule']);
export type GateNote = z.infer<typeof GateNote>;

export const GateRow = z.object({
  number: z.int(),
  displayNumber: z.string(),
  /** The empty weighing of this visit; null where there was none. */
  entryMs: TimeMs.nullable(),
  exitMs: TimeMs,
  plate: z.string(),
  colour: PlateColour,
  registeredOn: z.string().nullable(),
  vin: z.string().nullable(),
  engineNumber: z.string().nullable(),
  emission: EmissionStage.nullable(),
  licencePicture: Sha256.nullable(),
  listPicture: Sha256.nullable(),
  goods: z.string().nullable(),
  /** Tenths of a tonne: the ledger counts with one decimal. */
  tenths: z.int().nullable(),
  fleet: z.string().nullable(),
  entryPicture: Sha256.nullable(),
  exitPicture: Sha256.nullable(),
  /** What the ledger asks for and nobody stated. */
  missing: z.array(GateField),
  notes: z.array(GateNote),
});
export type GateRow = z.infer<typeof GateRow>;

export const GateQuery = z.object({
  from: Day,
  to: Day,
  plate: z.string().trim().max(20).nullable(),
  fleet: z.string().trim().max(120).nullable(),
  emission: EmissionStage.nullable(),
});
export type GateQuery = z.infer<typeof GateQuery>;

/** Trucks and the net of those of them that have one; who left without a tare is counted, and weighs nothing here. */
const dispatched = { trucks: z.int(), netKg: z.int(), withoutNet: z.int().default(0) };

export const GoodsTotal = z.object({ goods: z.string().nullable(), ...dispatched });
export type GoodsTotal = z.infer<typeof GoodsTotal>;

/** 交接班记录: what a shift weighed, and where the ledger stood at its end. */
export const ShiftFigures = z.object({
  weighings: z.int(),
  tares: z.int(),
  slips: z.int(),
  refusals: z.int(),
  undecided: z.int(),
  releases: z.int(),
  papers: z.int(),
  voids: z.int(),
  corrections: z.int(),
  manual: z.int(),
  unexplained: z.int(),
  firstNumber: z.int().nullable(),
  lastNumber: z.int().nullable(),
  netKg: z.int(),
  withoutNet: z.int().default(0),
  goods: z.array(GoodsTotal),
});
export type ShiftFigures = z.infer<typeof ShiftFigures>;

export const ShiftRow = z.object({
  sequence: z.int(),
  hash: Sha256,
  keyId: z.string().nullable(),
  /** The branch it stands on; 0 before any restore. */
  epoch: z.int(),
  fromMs: TimeMs,
  toMs: TimeMs,
  operator: z.string().nullable(),
  next: z.string().nullable(),
  figures: ShiftFigures,
});
export type ShiftRow = z.infer<typeof ShiftRow>;

/** 装载清单: what left the yard, by goods, receiver and day. */
export const Manifest = z.object({
  from: Day,
  to: Day,
  ...dispatched,
  goods: z.array(GoodsTotal),
  consignees: z.array(z.object({ consignee: z.string().nullable(), ...dispatched })),
  days: z.array(z.object({ day: z.string(), ...dispatched })),
});
export type Manifest = z.infer<typeof Manifest>;

const Span = z.object({ from: Day, to: Day });

export const booksCalls = {
  'gate.list': {
    input: GateQuery.extend({
      before: z.object({ exitMs: TimeMs, number: z.int() }).nullable(),
      limit: z.int().min(1).max(200),
    }),
    output: z.object({ rows: z.array(GateRow), more: z.boolean() }),
  },
  'gate.export': {
    input: GateQuery.extend({ form: z.enum(['xlsx', 'csv']), inspecting: Inspecting }),
    output: File,
  },
  /** The shift that runs, as it stands now. */
  'shift.get': {
    input: None,
    output: z.object({ fromMs: TimeMs, figures: ShiftFigures, past: z.array(ShiftRow) }),
  },
  'shift.close': {
    input: z.object({ next: z.string().trim().max(40).nullable() }),
    output: z.object({ sequence: z.int(), notPrinted: z.string().nullable() }),
  },
  'shift.paper': {
    input: z.object({ sequence: z.int(), print: z.boolean() }),
    output: File.extend({ svg: z.string() }),
  },
  'manifest.get': { input: Span, output: Manifest },
  'manifest.export': { input: Span.extend({ form: z.enum(['xlsx', 'pdf', 'print']) }), output: File },
} as const;
