import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import type { FieldProblem, NeighbourInput } from '../../station/contract.ts';
import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import type { ConfiguredNeighbour } from '../instruments/bus/lineNeighbour.ts';
import { neighboursOf } from '../instruments/bus/lineNeighbour.ts';
import { IndicatorConfig } from '../instruments/indicatorConfig.ts';
import { writeAtomically } from '../printers/savePaper.ts';
import { Settings } from '../settings.ts';

/** The instrument as typed, checked field by field. */
export function checkInstrument(typed: unknown): Result<IndicatorConfig, readonly FieldProblem[]> {
  const checked = IndicatorConfig.safeParse(typed);
  if (checked.success) return ok(checked.data);
  return err(
    checked.error.issues.map((issue) => ({
      field: issue.path.join('.'),
      problem: issue.message.slice(0, 200),
    })),
  );
}

/** The other indicators on its cable, checked with it. */
export function checkNeighbours(
  own: IndicatorConfig,
  typed: readonly NeighbourInput[],
): Result<readonly ConfiguredNeighbour[], readonly FieldProblem[]> {
  const checked = neighboursOf(own, typed);
  if (checked.ok) return checked;
  return err(
    checked.error.map(({ path, message }) => ({
      field: ['lineNeighbours', ...path.map(String)].join('.'),
      problem: message.slice(0, 200),
    })),
  );
}

/** Puts these parts into the settings file and leaves the rest as it stands. All or nothing. */
export async function writeSettings(
  file: string,
  typed: Readonly<Partial<Record<'instrument' | 'lineNeighbours' | 'beams' | 'cameras', unknown>>>,
): Promise<Result<null, string>> {
  let before: unknown = {};
  try {
    if (existsSync(file)) before = JSON.parse(readFileSync(file, 'utf8'));
  } catch (problem) {
    return err(`${file}: ${problem instanceof Error ? problem.message : String(problem)}`);
  }
  const object = z.record(z.string(), z.unknown()).safeParse(before);
  if (!object.success) return err(`${file}: not an object`);
  const next = { ...object.data, ...typed };
  const checked = Settings.safeParse(next);
  if (!checked.success) return err(`${file}: ${checked.error.issues[0]?.path.join('.') ?? ''}`);
  try {
    await writeAtomically(file, Buffer.from(`${JSON.stringify(next, null, 2)}\n`, 'utf8'));
  } catch (problem) {
    return err(problem instanceof Error ? problem.message : String(problem));
  }
  return ok(null);
}
