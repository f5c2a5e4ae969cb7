import * as z from 'zod';
import { TransportConfig } from '../transportConfig.ts';

/** A line that several addressed instruments share. Times in ms. */
export const SharedLineConfig = z
  .strictObject({
    transport: TransportConfig,
    /** The line has to be silent so long before the next one is asked; adapters need it to turn round. */
    turnaroundMs: z.int().min(5).max(1000).default(20),
    /** How long a whole answer may take, the request with it; by default what the line's speed allows. */
    answerMs: z.int().min(20).max(10_000).optional(),
    /** A line on which somebody never stops talking is asked on after this time. */
    babbleMs: z.int().min(50).max(10_000).default(500),
  })
  .readonly();
export type SharedLineConfig = z.infer<typeof SharedLineConfig>;

const thinkingMs = 250;
/** The longest request and answer together, 11 bits a byte. */
const longestExchangeBits = 80 * 11;

export function usualAnswerMs(transport: TransportConfig): number {
  if (transport.kind !== 'serial') return 2 * thinkingMs;
  return thinkingMs + Math.ceil((longestExchangeBits * 1000) / transport.baudRate);
}
