/** Closes a tagged union: reaching it is a bug, not a condition of the yard. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
