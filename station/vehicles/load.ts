import * as z from 'zod';

const Name = z.string().trim().max(120).nullable().default(null);

/** What a truck carries, for whom and where to; each by its name in the register, null when not stated. */
export const Load = z
  .object({
    goods: Name,
    shipper: Name,
    consignee: Name,
    destination: Name,
    contract: Name,
    driver: Name,
    /** Who loaded it (装载员), or the machine; null in records of before. */
    loader: Name,
  })
  .readonly();
export type Load = z.infer<typeof Load>;

export const noLoad: Load = {
  goods: null,
  shipper: null,
  consignee: null,
  destination: null,
  contract: null,
  driver: null,
  loader: null,
};
