import type { Db } from '../store/database.ts';
import { prepared } from '../store/prepared.ts';

const mostNames = 2000;

/**
 * The names of a field that hold this text; `?` stands for one character that could not be read. Each distinct name
 * is one step in the index, however many passages go by it: a yard sees thousands of trucks, not millions.
 */
export function namesLike(db: Db, field: 'plate' | 'driver' | 'consignee', text: string): readonly string[] {
  const pattern = globOf(text);
  const recorded = prepared(db, steps(`SELECT min(${field}) FROM passages WHERE ${field} >`)).pluck();
  const others = prepared(
    db,
    steps(`SELECT min(name) FROM other_names WHERE field = '${field}' AND name >`),
  ).pluck();
  const found = [...recorded.all(pattern, mostNames), ...others.all(pattern, mostNames)];
  return [...new Set(found.map(String))].slice(0, mostNames);
}

function steps(next: string): string {
  return `WITH RECURSIVE each_name(name) AS (
      SELECT (${next} '') UNION ALL SELECT (${next} each_name.name) FROM each_name WHERE each_name.name IS NOT NULL)
    SELECT name FROM each_name WHERE name GLOB ? LIMIT ?`;
}

/** Nothing a person types is a pattern but the question mark. */
function globOf(text: string): string {
  const inner = Array.from(text.replaceAll('？', '?'))
    .map((char) => (char === '?' ? '?' : /[*[\]]/.test(char) ? `[${char}]` : char))
    .join('');
  return `*${inner}*`;
}
