/** What main and the station process say to each other; the window's own words are the contract's. */
import * as z from 'zod';

/** What the station process is given to open the station's key with. It goes by message alone: no argument, no environment, no log. */
export const HandedSecret = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('store'), secret: z.string().min(1).max(1000) }),
  /** No store has it: the process finds its own, as a station without a window does. */
  z.object({ kind: z.literal('own') }),
  /** The store that has it does not open. */
  z.object({ kind: z.literal('closed'), detail: z.string().max(300) }),
]);
export type HandedSecret = z.infer<typeof HandedSecret>;

/** Main to station. A `window-port` message carries its port as the transferred one. */
export const ToStation = z.discriminatedUnion('kind', [
  /** The first one: the station opens when it comes. */
  z.object({ kind: z.literal('start'), secret: HandedSecret }),
  z.object({ kind: z.literal('new-secret'), secret: HandedSecret }),
  z.object({ kind: z.literal('window-port') }),
  z.object({ kind: z.literal('printed'), id: z.string(), ok: z.boolean(), error: z.string().optional() }),
  z.object({ kind: z.literal('stop') }),
]);
export type ToStation = z.infer<typeof ToStation>;

const maxPageCharacters = 2_000_000;

/** Station to main. */
export const ToMain = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  /** A person starts a new key, and the old secret is out of reach. */
  z.object({ kind: z.literal('new-secret') }),
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
