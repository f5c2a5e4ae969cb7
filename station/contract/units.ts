import * as z from 'zod';

export const Kg = z.int();
export const TimeMs = z.int();
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Of calls that take or answer nothing. */
export const None = z.object({});
