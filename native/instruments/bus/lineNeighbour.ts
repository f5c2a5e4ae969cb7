import * as z from 'zod';
import type { Result } from '../../../station/result.ts';
import { err, ok } from '../../../station/result.ts';
import { IndicatorConfig } from '../indicatorConfig.ts';
import type { TransportConfig } from '../transportConfig.ts';
import type { AttachProblem } from './busAddress.ts';
import { addressed } from './busAddress.ts';

/**
 * Another addressed indicator on the cable of this lane's own: another scale's, or a repeater. It is asked in its turn
 * so that nobody else has to ask on this cable, and shown to the installer; it is never weighed with.
 */
export const LineNeighbour = z
  .strictObject({
    name: z.string().trim().min(1).max(80),
    /** As `instrument`, without its line: that is the lane's own. */
    instrument: z.record(z.string(), z.unknown()),
  })
  .readonly();
export type LineNeighbour = z.infer<typeof LineNeighbour>;

export interface ConfiguredNeighbour {
  readonly name: string;
  readonly config: IndicatorConfig;
}

export interface NeighbourProblem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

const words: Readonly<Record<AttachProblem['code'], string>> = {
  'not-polled': 'sends by itself: an indicator that shares a cable must only answer when it is asked',
  'no-address': 'has no address of its own: set one in options, and on the indicator',
  'address-taken': 'has the address of another one on this cable',
  'line-differs': 'is on another line',
  'line-closed': 'is on a closed line',
};

/** The neighbours as indicators on the lane's own line, or what is wrong with them and where. */
export function neighboursOf(
  own: IndicatorConfig | null,
  neighbours: readonly LineNeighbour[],
): Result<readonly ConfiguredNeighbour[], readonly NeighbourProblem[]> {
  if (neighbours.length === 0) return ok([]);
  if (own === null)
    return err([{ path: [], message: 'there is no instrument whose cable they could share' }]);
  const problems: NeighbourProblem[] = [];
  const configured: ConfiguredNeighbour[] = [];
  const taken = new Set<string>();
  const first = addressed(own);
  if (first.ok) taken.add(first.value.address);
  else problems.push({ path: [], message: `instrument ${words[first.error.code]}` });
  for (const [index, { name, instrument }] of neighbours.entries()) {
    const checked = configOf(instrument, own.transport);
    if (!checked.ok) {
      problems.push(
        ...checked.error.map(({ path, message }) => ({ path: [index, 'instrument', ...path], message })),
      );
      continue;
    }
    const at = addressed(checked.value);
    if (!at.ok) {
      problems.push({ path: [index, 'instrument'], message: words[at.error.code] });
    } else if (taken.has(at.value.address)) {
      problems.push({ path: [index, 'instrument'], message: words['address-taken'] });
    } else {
      taken.add(at.value.address);
      configured.push({ name, config: checked.value });
    }
  }
  return problems.length === 0 ? ok(configured) : err(problems);
}

function configOf(
  instrument: Readonly<Record<string, unknown>>,
  transport: TransportConfig,
): Result<IndicatorConfig, readonly NeighbourProblem[]> {
  if ('transport' in instrument) {
    return err([{ path: ['transport'], message: 'is the lane’s own: leave it out' }]);
  }
  const checked = IndicatorConfig.safeParse({ ...instrument, transport });
  return checked.success ? ok(checked.data) : err(checked.error.issues);
}
