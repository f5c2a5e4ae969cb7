import * as z from 'zod';

/** The lawful exceptions: 超限运输车辆通行证 for indivisible loads (order 62, chapter 3), and an emergency order. */
export const ReleaseKind = z.enum(['oversize-permit', 'emergency-order']);
export type ReleaseKind = z.infer<typeof ReleaseKind>;
