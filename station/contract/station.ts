import * as z from 'zod';
import { LaneView } from './lane.ts';
import { PaperForm, StoreMode } from './kinds.ts';
import { PassageRow } from './passages.ts';
import { PictureView } from '../ledger/bodies/pictures.ts';
import { TimeMs } from './units.ts';

export const DeviceView = z.object({
  id: z.string(),
  kind: z.enum(['indicator', 'neighbour', 'beams', 'camera', 'printer', 'platform', 'clock']),
  label: z.string(),
  state: z.enum(['ok', 'waiting', 'down', 'off']),
  /** Short technical detail, e.g. the port, an error code, frames per second. */
  detail: z.string(),
  retryInMs: z.int().nullable(),
});
export type DeviceView = z.infer<typeof DeviceView>;

export const SyncView = z.object({
  state: z.enum(['off', 'up-to-date', 'sending', 'offline', 'refused-login']),
  waiting: z.int(),
  setAside: z.int(),
  lastDeliveredAtMs: TimeMs.nullable(),
  lastError: z.string().nullable(),
});
export type SyncView = z.infer<typeof SyncView>;

/** Something wrong with the station itself, shown until it is put right. */
export const Fault = z.object({
  code: z.enum([
    'settings-invalid',
    'verification-expired',
    'clock-backwards',
    'key-unusable',
    'pictures-not-stored',
    'pictures-missed',
    'pictures-not-delivered',
    'disk-low',
    'left-without-leave',
    'late-plate-differs',
    'paper-not-printed',
    'chain-broken',
    'ledger-contradicted',
    'anchor-failed',
    'backup-failed',
    'indicator-unit',
    'indicator-decimals',
    'indicator-division',
    'indicator-net',
    'store-failed',
  ]),
  detail: z.string(),
});
export type Fault = z.infer<typeof Fault>;

export const StationView = z.object({
  station: z.object({ id: z.string(), name: z.string() }),
  mode: StoreMode,
  version: z.string(),
  operator: z.string().nullable(),
  lane: LaneView,
  devices: z.array(DeviceView),
  sync: SyncView,
  faults: z.array(Fault),
  recent: z.array(PassageRow),
  paperForm: PaperForm,
  printer: z.string().nullable(),
  /** Whether a controlled release is set up at this station. */
  releases: z.boolean(),
  /** Numbers of the 行驶证 that are asked of every truck. */
  licencesAsked: z.object({ gross: z.boolean(), load: z.boolean() }),
  /** Cameras with a live picture. */
  live: z.array(z.object({ camera: z.string(), label: z.string(), view: PictureView })),
  /** Crossings that nobody can account for yet. */
  unexplained: z.int(),
});
export type StationView = z.infer<typeof StationView>;
