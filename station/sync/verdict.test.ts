import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer } from './verdict.ts';
import { judge } from './verdict.ts';

const sent = { sequence: 7, hash: 'a'.repeat(64) };
const ack = { accepted: true, sequence: 7, hash: 'a'.repeat(64) };

function http(status: number, value: unknown, retryAfterMs: number | null = null): Answer {
  return { kind: 'http', status, body: { kind: 'json', value }, retryAfterMs };
}
function html(status: number): Answer {
  return { kind: 'http', status, body: { kind: 'garbage' }, retryAfterMs: null };
}

describe('what an answer means for a record', () => {
  it('is delivery only for an acknowledgement of this sequence and this hash', () => {
    expect(judge(http(200, ack), sent)).toEqual({ kind: 'delivered', acknowledgement: ack });
    expect(judge(http(201, { ...ack, more: 1 }), sent).kind).toBe('delivered');
    for (const wrong of [
      http(200, { ...ack, sequence: 8 }),
      http(200, { ...ack, hash: 'b'.repeat(64) }),
      http(200, { ...ack, accepted: 'true' }),
      http(200, { ...ack, sequence: '7' }),
      http(200, [ack]),
      http(200, null),
      http(202, ack),
      http(204, ack),
      http(301, ack),
      http(500, ack),
      html(200),
    ]) {
      expect(judge(wrong, sent).kind).toBe('retry');
    }
  });

  it('is never delivery for anything but 200 and 201 with the right body', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999 }), fc.jsonValue(), (status, value) => {
        expect(judge(http(status, value), sent).kind).not.toBe('delivered');
        if (status !== 200 && status !== 201)
          expect(judge(http(status, ack), sent).kind).not.toBe('delivered');
      }),
    );
  });

  it('sets a record aside only when a platform refused it, never for a wrong address or a broken server', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999 }), fc.jsonValue(), (status, value) => {
        const verdict = judge(http(status, value), sent);
        if (verdict.kind === 'set-aside') expect([400, 409, 413, 422]).toContain(status);
      }),
    );
    for (const status of [400, 409, 422]) {
      expect(judge(http(status, { accepted: false }), sent).kind).toBe('set-aside');
      expect(judge(html(status), sent).kind).toBe('retry');
    }
    expect(judge(html(413), sent).kind).toBe('set-aside');
    for (const status of [0, 302, 404, 405, 418, 429, 500, 502, 503, 504]) {
      expect(judge(html(status), sent).kind).toBe('retry');
    }
  });

  it('tells a refused login from a refused record', () => {
    expect(judge(http(401, {}), sent)).toEqual({ kind: 'refused-login', reason: 'HTTP 401' });
    expect(judge(html(403), sent).kind).toBe('refused-login');
  });

  it('retries after silence and after a broken line', () => {
    expect(judge({ kind: 'timeout' }, sent)).toMatchObject({ kind: 'retry', failure: 'timeout' });
    expect(judge({ kind: 'network', detail: 'ECONNREFUSED' }, sent)).toMatchObject({
      kind: 'retry',
      failure: 'network',
      reason: 'ECONNREFUSED',
    });
  });

  it('passes on a Retry-After from 429 and 503 only', () => {
    expect(judge(http(429, {}, 5000), sent)).toMatchObject({ failure: 'busy', retryAfterMs: 5000 });
    expect(judge(http(503, {}, 5000), sent)).toMatchObject({ failure: 'busy', retryAfterMs: 5000 });
    expect(judge(http(500, {}, 5000), sent)).toMatchObject({ failure: 'server', retryAfterMs: null });
  });

  it('repeats the platform words, bounded and without control characters', () => {
    const verdict = judge(
      http(422, { error: 'schema\u0000\u202e', issues: [{ path: 'body.plate', message: 'x'.repeat(9999) }] }),
      sent,
    );
    if (verdict.kind !== 'set-aside') throw new Error(verdict.kind);
    expect(verdict.reason).toContain('HTTP 422: schema ; body.plate: xxx');
    expect(verdict.reason.length).toBeLessThan(400);
  });
});
