const timeoutMs = 5000;
const longestReply = 10_000;

export type Posted =
  | { readonly kind: 'answered'; readonly status: number; readonly reply: string }
  | { readonly kind: 'failed'; readonly reason: string };

/** Posts as a camera does: follows nowhere, waits not for ever; every failure is a value. */
export async function post(
  url: string,
  contentType: string,
  body: string | Uint8Array<ArrayBuffer>,
  stopped: AbortSignal,
): Promise<Posted> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': contentType },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([stopped, AbortSignal.timeout(timeoutMs)]),
    });
    const reply = (await response.text()).slice(0, longestReply);
    return { kind: 'answered', status: response.status, reply };
  } catch (problem) {
    const cause = problem instanceof Error ? problem.cause : undefined;
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : String(problem);
    return { kind: 'failed', reason: reason.slice(0, 200) };
  }
}

/** `taken` when the station answered 200 and, where a word is needed to end a retransfer, said it. */
export function resultOf(posted: Posted, needed = ''): string {
  if (posted.kind === 'failed') return posted.reason;
  if (posted.status !== 200) return `HTTP ${String(posted.status)}`;
  return posted.reply.includes(needed) ? 'taken' : `no ${needed} in the reply`;
}
