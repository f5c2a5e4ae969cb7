import type { Result } from '../../station/result.ts';
import { err, ok } from '../../station/result.ts';
import type { DetectProgress, LineFinding, LineSetting } from './detectLine.ts';
import { detectLine, serialOf, serialSettings } from './detectLine.ts';
import { openAnyLine } from './transport.ts';
import type { TransportConfig } from './transportConfig.ts';

export interface DetectHooks {
  /** What is being listened to now. */
  readonly onOpen: (detail: string) => void;
  readonly onProgress?: (progress: DetectProgress) => void;
  readonly stopped: () => boolean;
}

const system = {
  openLine: openAnyLine,
  wait: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
};

/** Detection on a real line; the error is the line's own, where it could not be opened at all. */
export async function detectOn(
  config: TransportConfig,
  hooks: DetectHooks,
  { openLine, wait }: typeof system = system,
): Promise<Result<readonly LineFinding[], string>> {
  const seen = { problem: '', heard: false };
  const dead = (): boolean => seen.problem !== '' && !seen.heard;
  const settings: readonly (LineSetting | null)[] = config.kind === 'serial' ? serialSettings : [null];
  const findings = await detectLine(settings, {
    openLine: (setting, events) => {
      let done = false;
      const line = openLine(
        config.kind === 'serial' && setting !== null ? { ...config, ...serialOf(setting) } : config,
        {
          onOpen: (detail) => {
            hooks.onOpen(detail);
            events.onOpen(detail);
          },
          onBytes: (chunk) => {
            seen.heard = true;
            events.onBytes(chunk);
          },
          onDown: (error) => {
            // That it is closed to be opened with other settings is no trouble.
            if (done) return;
            seen.problem ||= error;
            events.onDown(error);
          },
        },
      );
      return {
        send: line.send,
        close: () => {
          done = true;
          return line.close();
        },
      };
    },
    wait,
    stopped: () => hooks.stopped() || dead(),
    ...(hooks.onProgress === undefined ? {} : { onProgress: hooks.onProgress }),
  });
  return dead() ? err(seen.problem) : ok(findings);
}
