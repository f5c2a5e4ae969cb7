const windowMs = 60_000;
const perPerson = 5;
/** Of all names together: nobody fills the memory with names, nor tries one PIN on every name. */
const inAll = 30;

/** Counts tries at PINs. A try counts from the moment it begins, so that many at once gain nothing. */
export class Tries {
  readonly #monotonicMs: () => number;
  #wrong: readonly { readonly key: string; readonly atMs: number }[] = [];

  constructor(monotonicMs: () => number) {
    this.#monotonicMs = monotonicMs;
  }

  /** Null when this person must wait; otherwise what to call when the PIN was right. */
  begin(key: string): (() => void) | null {
    const now = this.#monotonicMs();
    this.#wrong = this.#wrong.filter(({ atMs }) => now - atMs < windowMs);
    const own = this.#wrong.filter((each) => each.key === key);
    if (own.length >= perPerson || this.#wrong.length >= inAll) return null;
    const begun = { key, atMs: now };
    this.#wrong = [...this.#wrong, begun];
    return () => {
      this.#wrong = this.#wrong.filter((each) => each !== begun);
    };
  }
}
