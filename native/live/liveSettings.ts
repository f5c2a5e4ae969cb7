import * as z from 'zod';

/** Live pictures of the cameras on the main screen. */
export const LiveSettings = z
  .strictObject({
    enabled: z.boolean().default(true),
    /** How often a camera is asked for a picture, a second. */
    picturesPerSecond: z.int().min(1).max(4).default(2),
    /** An ffmpeg on this computer makes a fluent view of the cameras' RTSP streams; null does without. */
    ffmpeg: z
      .string()
      .regex(/^(\/|[A-Za-z]:\\).{1,250}$/, 'the whole path of the program')
      .nullable()
      .default(null),
  })
  .readonly();
export type LiveSettings = z.infer<typeof LiveSettings>;
