import * as z from 'zod';

/** 司磅员 weighs; 负责人 may also approve a controlled release and change the register's lists. */
export const PersonRole = z.enum(['operator', 'manager']);
export type PersonRole = z.infer<typeof PersonRole>;
