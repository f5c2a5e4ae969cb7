import { chineseDate } from '../station/chineseTime.ts';
import { decide } from '../station/limits/decide.ts';
import type { Result } from '../station/result.ts';
import { err, ok } from '../station/result.ts';
import type { VehicleFacts } from '../station/vehicles/facts.ts';
import { Layout, vehicleClasses, vehiclePurposes } from '../station/vehicles/facts.ts';
import { oneOf, readArguments, shown, wholeNumber } from './arguments.ts';
import type { CommandIo } from './io.ts';

export const limitUsage =
  'yuanheng limit --axles N --class rigid|articulated|centre-axle|full-trailer [--layout 1+2+3] [--drive-axles 1|2] ' +
  '[--single-tyred-axles N] [--wide-tyres] [--air-suspension] [--trailer-axle-spacing MM] [--registered-gross KG] ' +
  '[--purpose ordinary|low-speed|special-purpose] ' +
  '--gross KG [--date YYYY-MM-DD]';

const numbers = {
  axles: [1, 20],
  'drive-axles': [1, 2],
  'single-tyred-axles': [0, 20],
  'trailer-axle-spacing': [0, 20_000],
  'registered-gross': [1, 200_000],
  gross: [0, 1_000_000],
} as const;
type NumberName = keyof typeof numbers;

/** Prints the law's decision on one vehicle and gross weight as one JSON object. Returns the exit code. */
export function runLimit(args: readonly string[], io: Pick<CommandIo, 'out' | 'err'>, nowMs: number): number {
  const read = readArguments(args, {
    values: ['class', 'layout', 'date', 'purpose', ...(Object.keys(numbers) as NumberName[])],
    flags: ['wide-tyres', 'air-suspension', 'help'],
    maxPositionals: 0,
  });
  if (read.ok && read.value.flags.has('help')) {
    io.out(`usage: ${limitUsage}`);
    return 0;
  }
  const question = read.ok ? readQuestion(read.value.values, read.value.flags, nowMs) : read;
  if (!question.ok) {
    io.err(`yuanheng limit: ${question.error}`);
    return 2;
  }
  const decision = decide(question.value);
  io.out(
    JSON.stringify({
      decision: decision.outcome,
      limitKg: decision.limitKg,
      overKg: decision.overKg,
      leftKg: decision.leftKg,
      clauses: decision.clauses,
      missing: decision.missing,
      reasons: decision.reasons,
      ruleSet: decision.ruleSet,
      date: decision.date,
    }),
  );
  return 0;
}

interface Question {
  readonly facts: VehicleFacts;
  readonly grossKg: number;
  readonly date: string;
}

function readQuestion(
  values: Readonly<Partial<Record<NumberName | 'class' | 'layout' | 'date' | 'purpose', string>>>,
  flags: ReadonlySet<string>,
  nowMs: number,
): Result<Question, string> {
  const problems: string[] = [];
  const taken = <T>(read: Result<T, string>): T | null => {
    if (read.ok) return read.value;
    problems.push(read.error);
    return null;
  };
  const number = (name: NumberName): number | null => {
    const text = values[name];
    const [min, max] = numbers[name];
    return text === undefined ? null : taken(wholeNumber(name, text, min, max));
  };
  const grossKg = values.gross === undefined ? taken<number>(err('--gross KG is missing')) : number('gross');
  const axles = number('axles');
  const driveAxles = number('drive-axles');
  const singleTyredAxles = number('single-tyred-axles') ?? 0;
  const date = values.date === undefined ? chineseDate(nowMs) : taken(calendarDay(values.date));
  const facts: VehicleFacts = {
    axles,
    vehicleClass: values.class === undefined ? null : taken(oneOf('class', values.class, vehicleClasses)),
    layout: values.layout === undefined ? null : taken(layoutOf(values.layout)),
    driveAxles: driveAxles === 1 || driveAxles === 2 ? driveAxles : null,
    singleTyredAxles,
    wideTyres: flags.has('wide-tyres'),
    airSuspension: flags.has('air-suspension'),
    trailerAxleSpacingMm: number('trailer-axle-spacing'),
    registeredGrossKg: number('registered-gross'),
    purpose: taken(oneOf('purpose', values.purpose ?? 'ordinary', vehiclePurposes)) ?? 'ordinary',
    groupSpacingsMm: null,
  };
  if (axles !== null && singleTyredAxles > axles) {
    problems.push(`--single-tyred-axles ${String(singleTyredAxles)} is more than the vehicle has`);
  }
  const [problem] = problems;
  if (problem !== undefined || grossKg === null || date === null) return err(problem ?? 'not understood');
  return ok({ facts, grossKg, date });
}

function layoutOf(text: string): Result<string, string> {
  if (Layout.safeParse(text).success) return ok(text);
  return err(`--layout must be axle groups from front to rear such as 1+2+3, not ${shown(text)}`);
}

function calendarDay(text: string): Result<string, string> {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // Date.parse takes the 30th of February for the 2nd of March.
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(text)) return ok(text);
  return err(`--date must be a calendar day YYYY-MM-DD, not ${shown(text)}`);
}
