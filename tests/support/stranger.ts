import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** The verifier of another language that shares nothing with the program. */
export const strangerPath = resolve(import.meta.dirname, '..', 'verifier');

export interface Verdict {
  readonly kind: string;
  readonly part?: string;
  readonly code?: string;
}

/** What it says of each bundle. */
export function strangers(
  paths: readonly string[],
  keys: string | null = null,
  anchors: string | null = null,
): Verdict[] {
  const given = [
    ...(keys === null ? [] : ['--keys', keys]),
    ...(anchors === null ? [] : ['--anchors', anchors]),
  ];
  return run([...given, ...paths]).map((line) => JSON.parse(line) as Verdict);
}

/** Its answer to each question, one line each; `file` is written on the way. */
export function asked(what: '--judge' | '--weigh', questions: readonly unknown[], file: string): unknown[] {
  writeFileSync(file, questions.map((each) => `${JSON.stringify(each)}\n`).join(''));
  return run([what, file]).map((line) => JSON.parse(line) as unknown);
}

function run(args: readonly string[]): string[] {
  let out: string;
  try {
    out = execFileSync('python3', [strangerPath, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });
  } catch (problem) {
    // Exit code 1: it ran, and one of them does not hold.
    if (!(problem instanceof Error) || !('status' in problem) || problem.status !== 1) throw problem;
    out = 'stdout' in problem ? String(problem.stdout) : '';
  }
  return out.split('\n').filter((line) => line !== '');
}
