import type { ProtocolProfile } from './profile.ts';
import { openProfiles } from './profilesOpen.ts';
import { westernProfiles } from './profilesWestern.ts';
import { yaohuaProfiles } from './profilesYaohua.ts';

export type { LineDefaults, LineFraming, OptionProblem, ProtocolProfile, SelfFraming } from './profile.ts';

/** Every protocol an indicator can be connected with, by the id that configuration and commands use. */
const catalogue = { ...yaohuaProfiles, ...westernProfiles, ...openProfiles };

export type ProfileId = keyof typeof catalogue;
export type CatalogueEntry = ProtocolProfile & { readonly id: ProfileId };

export function isProfileId(text: string): text is ProfileId {
  return Object.hasOwn(catalogue, text);
}

export const profileIds: readonly ProfileId[] = Object.keys(catalogue).filter(isProfileId);

export const profiles: readonly CatalogueEntry[] = profileIds.map((id) => ({ id, ...catalogue[id] }));

export function profileOf(id: ProfileId): CatalogueEntry {
  return { id, ...catalogue[id] };
}
