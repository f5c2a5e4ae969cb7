import type { Timers } from '../city/timers.ts';
import { runFfmpeg } from './ffmpeg.ts';
import { runGo2rtc } from './go2rtc.ts';
import type { RunListeners } from './fluentRun.ts';
import type { LiveSettings } from './liveSettings.ts';
import type { LiveSource } from './liveSource.ts';

/** A program the yard installed, which makes JPEGs of a camera's stream. */
export interface FluentProgram {
  readonly name: 'ffmpeg' | 'go2rtc';
  /** One run. `streamUrl` has the password in it. */
  readonly run: (streamUrl: string, listeners: RunListeners, timers: Timers) => LiveSource;
}

/** What the settings name; null without. With both, go2rtc shows the stream and has this ffmpeg decode it. */
export function fluentProgram({
  ffmpeg,
  go2rtc,
}: Pick<LiveSettings, 'ffmpeg' | 'go2rtc'>): FluentProgram | null {
  if (go2rtc !== null) {
    return {
      name: 'go2rtc',
      run: (streamUrl, listeners, timers) => runGo2rtc({ go2rtc, ffmpeg }, streamUrl, listeners, timers),
    };
  }
  if (ffmpeg === null) return null;
  return {
    name: 'ffmpeg',
    run: (streamUrl, listeners, timers) => runFfmpeg(ffmpeg, streamUrl, listeners, timers),
  };
}
