export interface Issue {
  readonly path: string;
  readonly message: string;
}

/** Why the platform did not take or answer something: an HTTP status and what it says. */
export interface Refusal {
  readonly status: 400 | 401 | 404 | 405 | 409 | 413 | 422;
  readonly body: { readonly accepted: false; readonly error: string; readonly issues: readonly Issue[] };
}

export function refusal(status: Refusal['status'], error: string, issues: readonly Issue[] = []): Refusal {
  return { status, body: { accepted: false, error, issues } };
}
