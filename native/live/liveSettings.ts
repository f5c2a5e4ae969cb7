import * as z from 'zod';

const Program = z
  .string()
  .regex(/^(\/|[A-Za-z]:\\)[^"\r\n]{1,250}$/, 'the whole path of the program, without quotation marks');

/** Live pictures of the cameras on the main screen. */
export const LiveSettings = z
  .strictObject({
    enabled: z.boolean().default(true),
    /** How often a camera is asked for a picture, a second. */
    picturesPerSecond: z.int().min(1).max(4).default(2),
    /** An ffmpeg on this computer makes a fluent view of the cameras' RTSP streams; null does without. */
    ffmpeg: Program.nullable().default(null),
    /** A go2rtc does it instead, with `ffmpeg`, or else the one on its path, to decode. */
    go2rtc: Program.nullable().default(null),
  })
  .readonly();
export type LiveSettings = z.infer<typeof LiveSettings>;
