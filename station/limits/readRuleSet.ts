import type * as z from 'zod';
import type { Result } from '../result.ts';
import { err, ok } from '../result.ts';
import { RuleSet } from './ruleSet.ts';
import { ruleSetText } from './ruleSetHash.ts';

/** No longer than an event of the ledger may hold. */
const maxCharacters = 1_000_000;
const maxDetail = 400;
const loneSurrogates = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

export interface ReadRuleSet {
  readonly set: RuleSet;
  /** Its canonical bytes. */
  readonly text: string;
}

/**
 * A rule set out of a stranger's JSON, to the last field: what this program would silently leave out or fill in is
 * a fault, named by its field. Nobody may have signed for one thing and the station decide by another.
 */
export function readRuleSet(raw: unknown): Result<ReadRuleSet, string> {
  const parsed = RuleSet.safeParse(raw);
  if (!parsed.success) return err(problemOf(parsed.error));
  const unlike = firstDifference(raw, parsed.data, '');
  if (unlike !== null) return err(inWords(unlike));
  const text = ruleSetText(parsed.data);
  return text.length > maxCharacters ? err('larger than a rule set can be') : ok({ set: parsed.data, text });
}

/** The first thing wrong, with the field it is in. */
export function problemOf(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return 'not a rule file';
  const path = issue.path.map(String).join('.');
  return inWords(path === '' ? issue.message : `${path}: ${issue.message}`);
}

/** Short, and of characters the ledger can keep: the words of a fault may quote what was sent. */
function inWords(text: string): string {
  return text.slice(0, maxDetail).replaceAll(loneSurrogates, '\uFFFD');
}

function firstDifference(raw: unknown, read: unknown, path: string): string | null {
  if (typeof read === 'string' && read.search(loneSurrogates) >= 0) {
    return `${path}: holds a character that is none`;
  }
  if (typeof read !== 'object' || read === null || typeof raw !== 'object' || raw === null) {
    return Object.is(raw, read) || raw === read ? null : `${path}: not written as it is read`;
  }
  const given = new Map<string, unknown>(Object.entries(raw));
  const known = new Map<string, unknown>(Object.entries(read));
  const at = (name: string): string => (path === '' ? name : `${path}.${name}`);
  for (const name of given.keys()) {
    if (!known.has(name)) return `${at(name)}: this program does not know it`;
  }
  for (const [name, value] of known) {
    if (value === undefined) continue;
    if (!given.has(name)) return `${at(name)}: not written out`;
    const found = firstDifference(given.get(name), value, at(name));
    if (found !== null) return found;
  }
  return null;
}
