import { request } from 'node:http';
import { isWholeJpeg } from '../cameras/bytes/jpeg.ts';
import { boundaryOf, Parts } from '../cameras/bytes/parts.ts';
import type { LiveSource } from './liveSource.ts';

const maxFrameBytes = 4 * 1024 * 1024;
const maxBodyBytes = 2000;

export type MjpegEnd =
  /** Nobody listens there, or not yet. */
  | { readonly kind: 'closed-port' }
  /** `body`: the beginning of an answer that was no stream; it may name secrets. */
  | { readonly kind: 'ended'; readonly detail: string; readonly body: string };

/**
 * Reads an endless multipart answer of JPEGs from a program on this computer:
 *
 *   HTTP/1.1 200 OK
 *   Content-Type: multipart/x-mixed-replace; boundary=frame
 *
 *   --frame
 *   Content-Type: image/jpeg
 *   Content-Length: 20481
 *
 *   FF D8 FF …
 *
 * Ends once. A part over 4 MB or that is no whole JPEG is dropped. It has no timeout of its own.
 */
export function readMjpeg(
  from: { readonly port: number; readonly path: string; readonly login: string },
  {
    onFrame,
    onEnd,
  }: { readonly onFrame: (jpeg: Uint8Array) => void; readonly onEnd: (end: MjpegEnd) => void },
): LiveSource {
  let over = false;
  function end(how: MjpegEnd): void {
    if (over) return;
    over = true;
    asked.destroy();
    onEnd(how);
  }
  const asked = request({
    host: '127.0.0.1',
    port: from.port,
    path: from.path,
    auth: from.login,
    agent: false,
  });
  asked.on('error', (problem: NodeJS.ErrnoException) => {
    const detail = problem.code ?? 'no HTTP';
    end(detail === 'ECONNREFUSED' ? { kind: 'closed-port' } : { kind: 'ended', detail, body: '' });
  });
  asked.on('response', (answer) => {
    const contentType = answer.headers['content-type'] ?? '';
    const streams = answer.statusCode === 200 && /^multipart\//i.test(contentType);
    let body = '';
    const parts = new Parts({
      boundary: boundaryOf(contentType) ?? 'frame',
      maxPartBytes: maxFrameBytes,
      onFault: () => undefined,
      onPart: (part) => {
        if (!over && isWholeJpeg(part.body)) onFrame(Uint8Array.from(part.body));
      },
    });
    answer.on('data', (chunk: Buffer) => {
      if (streams) parts.add(chunk);
      else if (body.length < maxBodyBytes) body += chunk.subarray(0, maxBodyBytes).toString('latin1');
      else end({ kind: 'ended', detail: `answered ${String(answer.statusCode)}`, body });
    });
    answer.on('error', () => undefined);
    answer.on('close', () => {
      const detail = streams ? 'ended the stream' : `answered ${String(answer.statusCode)}`;
      end({ kind: 'ended', detail, body });
    });
  });
  asked.end();
  return {
    close: () => {
      over = true;
      asked.destroy();
    },
  };
}
