/**
 * The station's own push, for any other brand, a recognition box or a script. docs/cameras.md describes it.
 *
 *   POST /cameras/ID   application/json
 *   {"serialNumber":"BOX-7","eventId":"20260309-000123","plate":"晋C12845","colour":"yellow","confidencePercent":97,
 *    "characterPercents":[99,99,98,99,97,99,99],"direction":"approaching","timeMs":1784098020123,
 *    "pictures":[{"role":"full","base64":"/9j/4AAQ…"}]}
 *
 * Answered with `{"ok":true}`, or with status 400 and what is wrong, field by field.
 */
import * as z from 'zod';
import { PlateColour } from '../../../station/vehicles/plateColour.ts';
import type { PushAnswer, PushBrand } from '../camera.ts';
import { jpegOfBase64 } from '../bytes/jpeg.ts';
import { readJson } from '../bytes/json.ts';
import { decodeText } from '../bytes/text.ts';
import type { CameraFault, Heard } from '../heard.ts';
import { bad } from '../heard.ts';
import type { CameraPicture } from '../plateEvent.ts';
import { drillMark, isDrill, seenPlate } from '../plateEvent.ts';

const Percent = z.number().min(0).max(100);
const Seen = { plate: z.string().max(32).nullable(), colour: PlateColour.default('other') };

export const JsonPush = z.object({
  serialNumber: z.string().max(64).default(''),
  /** Names the event once; the same again is not heard twice. */
  eventId: z.string().min(1).max(128),
  ...Seen,
  confidencePercent: Percent.nullable().default(null),
  characterPercents: z.array(Percent).max(20).default([]),
  rear: z.object(Seen).nullable().default(null),
  direction: z.enum(['approaching', 'leaving', 'unknown']).default('unknown'),
  timeMs: z.int().min(0).nullable().default(null),
  /** From a buffer, after a break. */
  late: z.boolean().default(false),
  drill: z.boolean().default(false),
  axles: z.int().min(2).max(20).nullable().default(null),
  axleLoadsKg: z.array(z.int().min(0).max(50_000)).max(20).default([]),
  pictures: z
    .array(z.object({ role: z.enum(['full', 'plate']), base64: z.string().max(8_000_000) }))
    .max(8)
    .default([]),
});

/** Or a word that the sender lives: `{"alive":true}`. */
const Alive = z.object({ alive: z.literal(true), timeMs: z.int().min(0).nullable().default(null) });

export function readJsonPush(body: Uint8Array): Heard {
  const text = decodeText(body);
  if (text === null) return bad('bad-charset');
  const json = readJson(text);
  if (!json.ok) return bad(/^\s*</.test(text) ? 'html-answer' : 'not-json');
  const alive = Alive.safeParse(json.value);
  if (alive.success) return { kind: 'alive', deviceTimeMs: alive.data.timeMs };
  const parsed = JsonPush.safeParse(json.value);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    return bad('not-a-plate-event', problems.slice(0, 5).join('; '));
  }
  const { plate, colour, rear, confidencePercent, characterPercents, timeMs, drill, ...rest } = parsed.data;
  const flaws: CameraFault[] = [];
  const pictures: CameraPicture[] = [];
  for (const { role, base64 } of rest.pictures) {
    const bytes = jpegOfBase64(base64);
    if (bytes === null) flaws.push('bad-picture');
    else pictures.push({ role, bytes });
  }
  return {
    kind: 'plate',
    flaws,
    event: {
      ...rest,
      plate: plate === null ? null : seenPlate(plate, colour, confidencePercent, characterPercents),
      rearPlate: seenPlate(rear?.plate ?? '', rear?.colour ?? 'other'),
      deviceTimeMs: timeMs,
      drill: drill || isDrill(rest.serialNumber) || rest.eventId.startsWith(drillMark),
      pictures,
    },
  };
}

function answer(heard: Heard): PushAnswer {
  const wrong = heard.kind === 'bad' ? heard : null;
  return {
    status: wrong === null ? 200 : 400,
    contentType: 'application/json',
    body: JSON.stringify(
      wrong === null ? { ok: true } : { ok: false, fault: wrong.fault, detail: wrong.detail },
    ),
  };
}

export const jsonPush: PushBrand = { read: ({ body }) => readJsonPush(body), answer };
