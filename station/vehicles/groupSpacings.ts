import * as z from 'zod';

/**
 * Distance between neighbouring axles of each group, mm, written like the layout: `0+1350+1310` beside `1+2+3`;
 * 0 for a single axle and for what nobody measured.
 */
export const GroupSpacings = z
  .string()
  .regex(/^(0|[3-9]\d{2}|[1-4]\d{3}|5000)(\+(0|[3-9]\d{2}|[1-4]\d{3}|5000)){0,5}$/);

type Spacings = readonly (number | null)[] | null;

/** Null unless there is one for each group of this layout: of another layout they say nothing of this one. */
export function spacingsOf(text: string | null, layout: string | null): Spacings {
  if (text === null || layout === null || !GroupSpacings.safeParse(text).success) return null;
  const spacings = text.split('+').map((mm) => (mm === '0' ? null : Number(mm)));
  return spacings.length === layout.split('+').length ? spacings : null;
}

/** Null where none is known. */
export function spacingsText(spacings: Spacings): string | null {
  if (spacings === null || spacings.every((mm) => mm === null)) return null;
  return spacings.map((mm) => String(mm ?? 0)).join('+');
}

/** Of a tractor with its trailer; an unstated unit's groups stay unstated. */
export function coupledSpacings(
  own: { readonly text: string | null; readonly layout: string | null },
  trailer: { readonly text: string | null; readonly layout: string | null },
): Spacings {
  if (own.layout === null || trailer.layout === null) return null;
  const parts = [own, trailer].map(
    ({ text, layout }) => spacingsOf(text, layout) ?? (layout ?? '').split('+').map(() => null),
  );
  const all = parts.flat();
  return all.every((mm) => mm === null) ? null : all;
}
