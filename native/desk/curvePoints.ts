import type { WeighingBody } from '../../station/ledger/event.ts';
import { isProfileId, profileOf } from '../instruments/protocols/profiles.ts';

const maxPoints = 2000;

export interface CurvePoint {
  readonly afterMs: number;
  readonly kg: number | null;
}

/** A stored curve's weights over time, decoded from its raw frames again; thinned for the screen. */
export function curvePoints(text: string, instrument: WeighingBody['instrument']): CurvePoint[] {
  const { profile } = instrument;
  const read = isProfileId(profile) ? frameReader(profile, instrument) : () => null;
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const every = Math.max(1, Math.ceil(lines.length / maxPoints));
  return lines
    .filter((_, index) => index % every === 0)
    .map((line) => {
      const [after = '0', raw = ''] = line.split(' ');
      return { afterMs: Number(after), kg: read(raw) };
    });
}

/** The weight one stored frame shows, kg; null where it holds none or its protocol is not known here. */
export function frameKg(raw: string, instrument: WeighingBody['instrument']): number | null {
  return isProfileId(instrument.profile) ? frameReader(instrument.profile, instrument)(raw) : null;
}

function frameReader(
  profile: Parameters<typeof profileOf>[0],
  { options, unit }: WeighingBody['instrument'],
): (raw: string) => number | null {
  const known = profileOf(profile);
  // Records of program 0.1 name the unit only.
  const chosen: unknown = options === '{}' && known.check({ unit }).ok ? { unit } : JSON.parse(options);
  return (raw) => {
    const frame = known.readRaw(raw, chosen);
    return frame?.valid === true ? frame.kg : null;
  };
}
