import * as z from 'zod';
import type { Result } from '../../../station/result.ts';
import { err, ok } from '../../../station/result.ts';
import type { IndicatorConfig } from '../indicatorConfig.ts';
import { protocolOptions } from '../indicatorConfig.ts';
import { profileOf } from '../protocols/profiles.ts';
import type { Speaker } from './answer.ts';

/** Why an instrument cannot share a line; none of these is a matter of waiting. */
export type AttachProblem =
  /** It sends by itself, and would talk into the others' answers. */
  | { readonly code: 'not-polled'; readonly detail: string }
  /** Its protocol, or its settings, give it no address to be asked by. */
  | { readonly code: 'no-address'; readonly detail: string }
  /** Another one on the line has the same: both would answer at once. */
  | { readonly code: 'address-taken'; readonly detail: string }
  /** The line is in use with other settings than this instrument's. */
  | { readonly code: 'line-differs'; readonly detail: string }
  | { readonly code: 'line-closed'; readonly detail: string };

export interface Addressed {
  readonly address: string;
  readonly speaker: Speaker;
}

const ByLetters = z.object({ address: z.string().min(1) });
const ByUnit = z.object({ unitId: z.int() });

/** How this instrument is asked and told apart on a line with others. */
export function addressed(config: IndicatorConfig): Result<Addressed, AttachProblem> {
  const profile = profileOf(config.profile);
  const options = protocolOptions(config);
  const request = profile.pollRequest(options);
  if (request === null) return err({ code: 'not-polled', detail: profile.id });
  const checked = profile.check(options);
  const address = checked.ok ? addressIn(checked.value) : null;
  if (address === null) return err({ code: 'no-address', detail: profile.id });
  return ok({ address, speaker: { request, createDecoder: () => profile.createDecoder(options) } });
}

function addressIn(options: unknown): string | null {
  const letters = ByLetters.safeParse(options);
  if (letters.success) return letters.data.address;
  const unit = ByUnit.safeParse(options);
  return unit.success ? `#${String(unit.data.unitId)}` : null;
}
