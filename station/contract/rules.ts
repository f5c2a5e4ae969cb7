import * as z from 'zod';
import { AppliedLimit, Outcome } from '../limits/decision.ts';
import { credentialKinds } from '../vehicles/credentials.ts';
import { None } from './units.ts';

/** One rule set the station knows. */
export const RuleSetView = z.object({
  id: z.string(),
  version: z.int(),
  title: z.string(),
  sha256: z.string(),
  effectiveFrom: z.string(),
  /** False until an official copy was compared. */
  confirmed: z.boolean(),
  from: z.enum(['program', 'file', 'platform']),
  signedBy: z.string().nullable(),
  state: z.enum(['in-force', 'to-come', 'past']),
  sources: z.array(z.object({ title: z.string(), document: z.string(), wordingConfirmed: z.boolean() })),
  rows: z.array(
    z.object({
      id: z.string(),
      axles: z.int(),
      andMore: z.boolean(),
      classes: z.array(z.string()),
      layout: z.string().nullable(),
      driveAxles: z.int().nullable(),
      limitKg: z.int(),
      confirmed: z.boolean(),
    }),
  ),
});
export type RuleSetView = z.infer<typeof RuleSetView>;

/** How a row of the table stands to one vehicle. */
export const ExplainedRow = z.object({
  id: z.string(),
  limitKg: z.int(),
  axles: z.int(),
  classes: z.array(z.string()),
  layout: z.string().nullable(),
  driveAxles: z.int().nullable(),
  /** `applied` set the limit; `fits` might hold too, and is not the strictest; `near` fails in `failsBy` alone. */
  how: z.enum(['applied', 'fits', 'near']),
  failsBy: z.enum(['axles', 'class', 'layout', 'driveAxles']).nullable(),
  /** The row's clause as an officer would cite it. */
  textZh: z.string(),
  textEn: z.string(),
});
export type ExplainedRow = z.infer<typeof ExplainedRow>;

/** What would be otherwise if one fact were stated so, or otherwise; a paper counts as a fact. */
export const WhatIf = z.object({
  fact: z.enum([
    'class',
    'layout',
    'driveAxles',
    'airSuspension',
    'trailerAxleSpacing',
    'singleTyredAxles',
    'wideTyres',
    'axles',
    'registeredGross',
    'licenceLoad',
    'emission',
    ...credentialKinds,
  ]),
  /** `≥ N` where any number from N on would do; of a paper `valid`. */
  value: z.string(),
  /** The legal limit; null when no rule would apply. */
  limitKg: z.int().nullable(),
  /** Of the whole decision, with everything else as it is. */
  outcome: Outcome,
  /** Whether nobody has stated this fact yet; otherwise it would contradict what is stated. */
  unstated: z.boolean(),
});
export type WhatIf = z.infer<typeof WhatIf>;

export const Explanation = z.object({
  ruleSet: z.string(),
  ruleSetSha256: z.string().nullable(),
  limits: z.array(AppliedLimit),
  /** Each fact with its value as words and where it came from. */
  facts: z.array(z.object({ name: z.string(), value: z.string().nullable(), source: z.string() })),
  /** What else was known, a paper by its kind and whose it is; `source` null in records that did not keep it. */
  inputs: z.array(
    z.object({ name: z.string(), value: z.string().nullable(), source: z.string().nullable() }),
  ),
  /** Measured axle groups, front to rear, beside what each may carry; empty where axles were not weighed. */
  axleGroups: z.array(
    z.object({
      axles: z.int(),
      spacingMm: z.int().nullable(),
      measuredKg: z.int(),
      limitKg: z.int(),
    }),
  ),
  rows: z.array(ExplainedRow),
  whatIf: z.array(WhatIf),
});
export type Explanation = z.infer<typeof Explanation>;

export const rulesCalls = {
  'rules.list': { input: None, output: z.object({ sets: z.array(RuleSetView) }) },
  /** Takes a signed rule file. A broken or unsigned one changes nothing; the error says why. */
  'rules.load': {
    input: z.object({ text: z.string().max(2_000_000) }),
    output: z.object({ id: z.string(), version: z.int(), effectiveFrom: z.string() }),
  },
  /** Of a stored weighing, or of the vehicle on the scale when `number` is null. */
  'decision.explain': { input: z.object({ number: z.int().nullable() }), output: Explanation },
} as const;
