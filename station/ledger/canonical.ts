/** The values a ledger event is made of. Numbers are safe integers: the ledger holds no fractions. */
export type CanonicalValue =
  null | boolean | number | string | readonly CanonicalValue[] | { readonly [key: string]: CanonicalValue };

/**
 * RFC 8785 (JSON Canonicalization Scheme) text of a value.
 * Object names are sorted by UTF-16 code units, as section 3.2.3 asks; JSON.stringify already
 * writes strings and integers the way sections 3.2.2.2 and 3.2.2.3 do.
 * Throws on a fraction, an unsafe integer or a lone surrogate: they would be a bug of the caller.
 */
export function canonicalJson(value: CanonicalValue): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new Error(`Not a safe integer: ${String(value)}`);
    return String(Object.is(value, -0) ? 0 : value);
  }
  if (typeof value === 'string') {
    if (/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(value)) {
      throw new Error('A lone surrogate has no canonical form');
    }
    return JSON.stringify(value);
  }
  if (isList(value)) return `[${value.map((item) => canonicalJson(item)).join(',')}]`;
  const members = Object.keys(value)
    .sort()
    .map((name) => `${canonicalJson(name)}:${canonicalJson(value[name] ?? null)}`);
  return `{${members.join(',')}}`;
}

function isList(
  value: readonly CanonicalValue[] | Readonly<Record<string, CanonicalValue>>,
): value is readonly CanonicalValue[] {
  return Array.isArray(value);
}
