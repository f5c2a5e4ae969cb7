import type { IncomingMessage } from 'node:http';
import type { Result } from '../../../station/result.ts';
import { err, ok } from '../../../station/result.ts';

/** A plate with two large pictures in base64, and twice that. */
export const maxBodyBytes = 12 * 1024 * 1024;
/** All that is being received at once, whoever sends it. */
const maxTogetherBytes = 48 * 1024 * 1024;

/** Receives bodies within bounds: of each, and of all of them together. */
export class BodyBudget {
  #together = 0;

  async read(request: IncomingMessage): Promise<Result<Uint8Array, 'too-large' | 'cut-off' | 'too-many'>> {
    if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) return err('too-large');
    const chunks: Buffer[] = [];
    let size = 0;
    try {
      for await (const chunk of request as AsyncIterable<Buffer>) {
        size += chunk.length;
        this.#together += chunk.length;
        if (size > maxBodyBytes) return err('too-large');
        if (this.#together > maxTogetherBytes) return err('too-many');
        chunks.push(chunk);
      }
    } catch {
      return err('cut-off');
    } finally {
      this.#together -= size;
    }
    return ok(Buffer.concat(chunks));
  }
}
