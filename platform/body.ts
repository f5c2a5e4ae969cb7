import type { IncomingMessage } from 'node:http';

const mostDiscardedBytes = 16 * 1024 * 1024;

/**
 * The request's body, or null when it is longer than `maxBytes`. The rest of a long body is read and
 * thrown away for a while, so that the sender gets to hear why.
 */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let bytes = 0;
    request.on('data', (part: Buffer) => {
      bytes += part.length;
      if (bytes <= maxBytes) {
        parts.push(part);
        return;
      }
      parts.length = 0;
      if (bytes > mostDiscardedBytes) request.destroy();
    });
    request.on('end', () => {
      resolve(bytes > maxBytes ? null : Buffer.concat(parts));
    });
    request.on('error', reject);
    request.on('close', () => {
      reject(new Error('the sender went away'));
    });
  });
}
