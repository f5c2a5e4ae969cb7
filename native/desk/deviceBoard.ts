import type { DeviceView } from '../../station/contract.ts';
import type { CameraSign } from '../cameras/openCameras.ts';
import type { Clock } from '../clock.ts';
import type { TransportState } from '../instruments/transport.ts';
import type { Settings } from '../settings.ts';
import type { BeamsLive } from '../yard/beams/beamDevice.ts';
import { beamsStanding } from '../yard/beams/beamsOfLane.ts';

type Standing = Pick<DeviceView, 'state' | 'detail' | 'retryInMs'>;

/** Every device of the station and how it stands, in the order they were set up. */
export class DeviceBoard {
  readonly #devices = new Map<string, DeviceView>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  views(): readonly DeviceView[] {
    return [...this.#devices.values(), clockDevice(this.#clock)];
  }

  /** Those that have said nothing of themselves yet. */
  expect(settings: Settings): void {
    if (settings.instrument === null) this.#put('indicator', 'indicator', '', off);
    for (const { id, label = '' } of settings.cameras) {
      if (!this.#devices.has(id)) this.#put(id, 'camera', label, { ...off, state: 'waiting' });
    }
    const { printer } = settings.papers;
    this.#put('printer', 'printer', '', {
      state: printer === null ? 'off' : 'ok',
      detail: printer ?? 'PDF',
      retryInMs: null,
    });
  }

  indicator(profile: string, state: TransportState): void {
    this.#put('indicator', 'indicator', profile, lineStanding(state));
  }

  /** Another indicator on the lane's cable: a device of its own, and no trouble of this scale's. */
  neighbour(name: string, state: TransportState): void {
    this.#put(`neighbour ${name}`, 'neighbour', name, lineStanding(state));
  }

  /** The light barriers' module. */
  beams(live: BeamsLive): void {
    this.#put('beams', 'beams', '', beamsStanding(live));
  }

  /** False when that is no news: a stream that is open and silent. */
  camera(id: string, label: string, sign: CameraSign): boolean {
    const standing = cameraStanding(sign);
    const before = this.#devices.get(id);
    if (before?.state === standing.state && before.detail === standing.detail) return false;
    this.#put(id, 'camera', label, standing);
    return true;
  }

  #put(id: string, kind: DeviceView['kind'], label: string, standing: Standing): void {
    this.#devices.set(id, { id, kind, label, ...standing });
  }
}

const off: Standing = { state: 'off', detail: '', retryInMs: null };

function lineStanding(state: TransportState): Standing {
  if (state.kind === 'down') return { state: 'down', detail: state.error, retryInMs: state.retryInMs };
  if (state.kind === 'open') return { state: 'ok', detail: state.detail, retryInMs: null };
  return { state: 'waiting', detail: '', retryInMs: null };
}

function cameraStanding(sign: CameraSign): Standing {
  if (sign.kind === 'down') return { state: 'down', detail: sign.detail, retryInMs: sign.retryInMs };
  const trouble = sign.kind === 'heard' ? sign.trouble : null;
  return { state: trouble === null ? 'ok' : 'waiting', detail: trouble ?? '', retryInMs: null };
}

/** Who keeps the clock, and how far it has moved against the one that cannot be set. */
function clockDevice(clock: Clock): DeviceView {
  const source = clock.source();
  const driftMs = Math.round(clock.driftMs());
  return {
    id: 'clock',
    kind: 'clock',
    label: source,
    state: source === 'ntp' ? 'ok' : 'waiting',
    detail: `${source}, ${driftMs < 0 ? '−' : '+'}${String(Math.abs(driftMs))} ms`,
    retryInMs: null,
  };
}
