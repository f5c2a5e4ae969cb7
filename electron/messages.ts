/** What main and the station process say to each other; the window's own words are the contract's. */
import * as z from 'zod';

/** Main to station. A `window-port` message carries its port as the transferred one. */
export const ToStation = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('window-port') }),
  z.object({ kind: z.literal('printed'), id: z.string(), ok: z.boolean(), error: z.string().optional() }),
  z.object({ kind: z.literal('stop') }),
]);
export type ToStation = z.infer<typeof ToStation>;

const maxPageCharacters = 2_000_000;

/** Station to main. */
export const ToMain = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('failed'), detail: z.string().max(2000) }),
  z.object({
    kind: z.literal('print'),
    id: z.string(),
    html: z.string().max(maxPageCharacters),
    widthMicrons: z.int().min(10_000).max(1_000_000),
    heightMicrons: z.int().min(10_000).max(1_000_000),
    printer: z.string().max(200).nullable(),
  }),
]);
export type ToMain = z.infer<typeof ToMain>;
export type PrintJob = Extract<ToMain, { kind: 'print' }>;
