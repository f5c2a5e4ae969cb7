import * as z from 'zod';

/** Forms that the bodies of several events share. */
export const Kg = z.int();
export const TimeMs = z.int();
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const Text = z.string().max(512);
/** Who did it; null when nobody had signed in. */
export const Operator = Text.nullable();
