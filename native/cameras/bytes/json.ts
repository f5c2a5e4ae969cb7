import type { Result } from '../../../station/result.ts';
import { err, ok } from '../../../station/result.ts';

/** What a camera says is a few dozen values, a few deep. */
const deepest = 32;
const mostValues = 20_000;
const [quote, backslash, comma, open, close, openList, closeList] = Array.from('"\\,{}[]', (each) =>
  each.charCodeAt(0),
);

/** A stranger's JSON, refused before it is parsed where depth or number of values would take seconds. */
export function readJson(text: string): Result<unknown, 'not-json'> {
  if (!isModest(text)) return err('not-json');
  try {
    return ok(JSON.parse(text));
  } catch {
    return err('not-json');
  }
}

function isModest(text: string): boolean {
  let depth = 0;
  let values = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      // Over the string in great strides: the pictures are in there.
      at = text.indexOf('"', at + 1);
      while (at > 0 && isEscaped(text, at)) at = text.indexOf('"', at + 1);
      if (at < 0) return true;
    } else if (code === open || code === openList) depth += 1;
    else if (code === close || code === closeList) depth -= 1;
    else if (code === comma) values += 1;
    if (depth > deepest || values > mostValues) return false;
  }
  return true;
}

function isEscaped(text: string, at: number): boolean {
  let before = at - 1;
  while (text.charCodeAt(before) === backslash) before -= 1;
  return (at - before) % 2 === 0;
}
