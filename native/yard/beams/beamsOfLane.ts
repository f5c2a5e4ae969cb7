import type { DeviceView } from '../../../station/contract.ts';
import type { BeamOptions } from '../../../station/weighing/beams.ts';
import type { BeamsLive } from './beamDevice.ts';
import type { BeamsConfig } from './beamsConfig.ts';
import { inputsOf } from './beamsConfig.ts';

export function beamOptions(beams: BeamsConfig | null): BeamOptions | null {
  return beams === null ? null : { places: inputsOf(beams).map(([place]) => place), refuse: beams.refuse };
}

/** The module as a device among the others on the top line. */
export function beamsStanding({
  state,
  trouble,
}: BeamsLive): Pick<DeviceView, 'state' | 'detail' | 'retryInMs'> {
  const detail =
    trouble === null
      ? ''
      : trouble.kind === 'exception'
        ? `Modbus ${String(trouble.code).padStart(2, '0')}`
        : trouble.detail;
  return {
    state: state === 'connecting' ? 'waiting' : state,
    detail,
    retryInMs: null,
  };
}
