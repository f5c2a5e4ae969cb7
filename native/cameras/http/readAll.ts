import type { IncomingMessage } from 'node:http';

/** Null when there is more than `maxBytes`, or the other side broke off. */
export async function readAll(stream: IncomingMessage, maxBytes: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) {
        stream.destroy();
        return null;
      }
      chunks.push(chunk);
    }
  } catch {
    return null;
  }
  return stream.complete ? Buffer.concat(chunks) : null;
}
