import * as z from 'zod';

const Count = z.int();

/** One camera as it was heard since the station started. */
export const CameraView = z.object({
  id: z.string(),
  kind: z.string(),
  label: z.string(),
  end: z.enum(['front', 'rear']),
  counts: z.object({
    plates: Count,
    heartbeats: Count,
    repeated: Count,
    late: Count,
    leaving: Count,
    drill: Count,
    bad: Count,
  }),
  /** What was wrong, by its word, and how often. */
  faults: z.record(z.string(), Count),
  lastHeardAtMs: z.int().nullable(),
  /** The camera's clock less ours, by the last time it told. */
  clockAheadMs: z.int().nullable(),
});
export type CameraView = z.infer<typeof CameraView>;

export const cameraCalls = {
  'cameras.list': { input: z.object({}), output: z.object({ cameras: z.array(CameraView) }) },
  /** Where a camera's pictures are to be had; an ONVIF device is asked. */
  'cameras.addresses': {
    input: z.object({ id: z.string().max(32) }),
    output: z.object({
      snapshotUrl: z.string().nullable(),
      streamUrl: z.string().nullable(),
      /** Why they are not known. */
      problem: z.string().nullable(),
    }),
  },
} as const;
