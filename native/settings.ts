import { readFileSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import * as z from 'zod';
import type { Result } from '../station/result.ts';
import { err, ok } from '../station/result.ts';
import { PolicySettings } from '../station/limits/policy.ts';
import { WeighingSettings } from '../station/weighing/settings.ts';
import { CamerasSettings } from './cameras/cameraSettings.ts';
import { ExitSettings } from './exits/exitSettings.ts';
import { LiveSettings } from './live/liveSettings.ts';
import { RetentionSettings } from './pictures/retentionSettings.ts';
import { LineNeighbour, neighboursOf } from './instruments/bus/lineNeighbour.ts';
import { BeamsConfig } from './yard/beams/beamsConfig.ts';
import { sharesCable } from './yard/beams/ownCable.ts';
import { IndicatorConfig } from './instruments/indicator.ts';

const Port = z.int().min(0).max(65_535);
/** A folder that is there while its disk, stick or share is; it is never made by the station. */
const Place = z.strictObject({
  path: z
    .string()
    .min(1)
    .max(400)
    .refine((path) => isAbsolute(path), 'not an absolute path'),
});
const Name = z.string().trim().min(1).max(80);

const Fields = z.strictObject({
  station: z
    .strictObject({
      /** On every record and paper; letters, digits and hyphens. */
      id: z.string().regex(/^[A-Za-z0-9-]{1,24}$/),
      name: Name,
    })
    .default({ id: 'YH-1', name: '源衡磅站' }),
  lane: z
    .strictObject({
      name: Name.default('1'),
      weighing: WeighingSettings.prefault({}),
      /** So long after its tare or its refusal a truck is still shown to the loaders. */
      loadingHours: z.int().min(1).max(168).default(12),
    })
    .prefault({}),
  instrument: IndicatorConfig.nullable().default(null),
  /** Other addressed indicators on the cable of `instrument`. */
  lineNeighbours: z.array(LineNeighbour).max(15).default([]),
  /** Light barriers at the deck's edges. */
  beams: BeamsConfig.nullable().default(null),
  cameras: CamerasSettings.default([]),
  cameraListener: z
    .strictObject({ host: z.string().default('127.0.0.1'), port: Port.default(7311) })
    .prefault({}),
  live: LiveSettings.prefault({}),
  retention: RetentionSettings.prefault({}),
  exits: ExitSettings.prefault({}),
  /** What refuses besides weight. */
  decision: PolicySettings.prefault({}),
  /** Whose signature on a rule file is believed: Ed25519 public keys, SPKI in base64. */
  ruleKeys: z
    .array(z.strictObject({ id: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/), publicKey: z.string().max(200) }))
    .max(16)
    .default([]),
  /** Controlled release of an overloaded truck under a permit or an order: off unless the yard is entitled to it. */
  releases: z.strictObject({ enabled: z.boolean().default(false) }).prefault({}),
  platform: z
    .strictObject({
      url: z.url({ protocol: /^https?$/ }),
      /** Name of the environment variable that holds the platform's token: never the token itself. */
      tokenVariable: z
        .string()
        .regex(/^[A-Z_][A-Z0-9_]*$/)
        .nullable()
        .default(null),
      /** Also asks the platform for signed rule files. */
      rules: z.boolean().default(false),
      /** Brings the pictures there, too; none is removed before the platform has it. */
      pictures: z.boolean().default(true),
      /** Also answers the platform's trace questions (倒查), signed by the station's key. */
      traces: z.boolean().default(false),
    })
    .nullable()
    .default(null),
  /** Where the ledger's head is laid down outside this computer, and where its backups go. */
  copies: z
    .strictObject({
      anchors: z.array(Place).max(2).default([]),
      backups: z.array(Place).max(2).default([]),
      /** Between two checkpoints. */
      everyMinutes: z.int().min(1).max(1440).default(60),
      /** Of the day in China; null makes backups only when asked. */
      backupHour: z.int().min(0).max(23).nullable().default(2),
      /** Backups that stay at each place. */
      keep: z.int().min(1).max(365).default(14),
    })
    .prefault({}),
  papers: z
    .strictObject({
      /** Null keeps papers as PDF files only. */
      printer: z.string().min(1).max(120).nullable().default(null),
      form: z.enum(['241x140', 'A4']).default('241x140'),
      /** How long a slip is good for: a short time keeps it from being shown twice. */
      validHours: z.int().min(1).max(168).default(12),
    })
    .prefault({}),
  console: z
    .strictObject({
      host: z.string().default('127.0.0.1'),
      port: Port.default(7310),
      /** The desktop program serves the browser console, too: for loaders' telephones and the office. */
      serve: z.boolean().default(false),
    })
    .prefault({}),
});
/** `config.json`: what this yard is and what stands in it. Unknown keys are refused, not ignored. */
export const Settings = Fields.superRefine(({ instrument, lineNeighbours, beams }, context) => {
  if (beams !== null && sharesCable(beams, instrument)) {
    context.addIssue({
      code: 'custom',
      path: ['beams', 'transport'],
      message: 'is the indicator’s own line',
    });
  }
  const checked = neighboursOf(instrument, lineNeighbours);
  if (checked.ok) return;
  for (const { path, message } of checked.error) {
    context.addIssue({ code: 'custom', path: ['lineNeighbours', ...path], message });
  }
});
export type Settings = z.infer<typeof Settings>;

/** What a station runs on when nothing, or nothing readable, is configured. */
export const defaultSettings: Settings = Settings.parse({});

/** Reads and checks a settings file; the error names each field and what is wrong with it. */
export function readSettings(file: string): Result<Settings, string> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (problem) {
    return err(`cannot read ${file}: ${problem instanceof Error ? problem.message : String(problem)}`);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (problem) {
    return err(`${file} is not JSON: ${problem instanceof Error ? problem.message : String(problem)}`);
  }
  const parsed = Settings.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  const fields = parsed.error.issues.map((issue) => `${issue.path.join('.') || '(top)'}: ${issue.message}`);
  return err(`${file}: ${fields.join('; ')}`);
}
