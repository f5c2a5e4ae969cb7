import type { Result } from '../station/result.ts';
import { err, ok } from '../station/result.ts';

/** What a command takes: options with a value, flags without one, and how many other words. */
export interface ArgumentShape<V extends string, F extends string> {
  readonly values: readonly V[];
  readonly flags: readonly F[];
  readonly maxPositionals: number;
}

export interface Arguments<V extends string, F extends string> {
  readonly values: Readonly<Partial<Record<V, string>>>;
  readonly flags: ReadonlySet<F>;
  readonly positionals: readonly string[];
}

/** Reads `--name value`, `--name=value` and `--flag`; the error is one line for a person. */
export function readArguments<V extends string, F extends string>(
  args: readonly string[],
  shape: ArgumentShape<V, F>,
): Result<Arguments<V, F>, string> {
  const values: Partial<Record<V, string>> = {};
  const flags = new Set<F>();
  const positionals: string[] = [];
  let at = 0;
  while (at < args.length) {
    const word = args[at] ?? '';
    at += 1;
    if (!word.startsWith('--') || word === '--') {
      // A single '-' is standard input; any other word with one is a slip of the finger.
      if (word.startsWith('-') && word !== '-') return err(`unknown option ${shown(word)}`);
      positionals.push(word);
      if (positionals.length > shape.maxPositionals) return err(`unexpected argument ${shown(word)}`);
      continue;
    }
    const [name = '', ...rest] = word.slice(2).split('=');
    const flag = shape.flags.find((each) => each === name);
    const value = shape.values.find((each) => each === name);
    if (flag !== undefined) {
      if (rest.length > 0) return err(`--${flag} takes no value`);
      flags.add(flag);
    } else if (value !== undefined) {
      if (values[value] !== undefined) return err(`--${value} is given twice`);
      const given = rest.length > 0 ? rest.join('=') : args[at];
      if (rest.length === 0) at += 1;
      if (given === undefined || given === '' || given.startsWith('--'))
        return err(`--${value} needs a value`);
      values[value] = given;
    } else {
      return err(`unknown option --${shown(name)}`);
    }
  }
  return ok({ values, flags, positionals });
}

/** A whole number within bounds, or why it is none. */
export function wholeNumber(name: string, text: string, min: number, max: number): Result<number, string> {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return ok(value);
  return err(`--${name} must be a whole number from ${String(min)} to ${String(max)}, not ${shown(text)}`);
}

export function oneOf<T extends string>(
  name: string,
  text: string,
  allowed: readonly T[],
): Result<T, string> {
  const found = allowed.find((each) => each === text);
  return found === undefined
    ? err(`--${name} must be one of ${allowed.join(', ')}, not ${shown(text)}`)
    : ok(found);
}

/** Keeps a message to one line, whatever was typed. */
export function shown(text: string, most = 60): string {
  const line = text.replaceAll(/\p{Cc}+/gu, ' ');
  return line.length > most ? `${line.slice(0, most)}…` : line;
}
