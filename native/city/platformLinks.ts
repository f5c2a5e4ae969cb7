import type { Desk } from '../desk/desk.ts';
import type { Opened } from '../opened.ts';
import { pictureQueue } from '../pictures/pictureQueue.ts';
import { watchRules } from '../rules/fetchRules.ts';
import { loadRules } from '../rules/loadRules.ts';
import type { Settings } from '../settings.ts';
import { answerQuestion } from '../trace/answerQuestion.ts';
import { uploadPictures } from './pictureUpload.ts';
import { createPlatformClient } from './platformClient.ts';
import { watchQuestions } from './traceQuestions.ts';

/** The token is in the environment, and nowhere else. */
export function tokenOf(platform: NonNullable<Settings['platform']>): string | null {
  return platform.tokenVariable === null ? null : (process.env[platform.tokenVariable] ?? null);
}

/** Everything this station and the city's platform tell and ask each other; nothing where none is set up. */
export function openPlatformLinks(desk: Desk, opened: Opened): void {
  const { settings, stores, clock } = desk.deps;
  const { platform } = settings;
  if (platform === null) return;
  const address = { baseUrl: platform.url, stationId: settings.station.id, token: tokenOf(platform) };
  const client = createPlatformClient({
    ...address,
    outbox: stores.outbox,
    nowMs: clock.nowMs,
    lastDeliveredAtMs: stores.outbox.lastDeliveredMs(),
    onState: (state) => {
      desk.onSync(state);
    },
  });
  opened.push(() => client.stop());
  if (platform.rules) {
    const rules = watchRules(address, (text) => loadRules(desk, text, 'platform'));
    opened.push(() => {
      rules.stop();
    });
  }
  const pictures = platform.pictures
    ? uploadPictures({
        ...address,
        queue: pictureQueue(stores),
        nowMs: clock.nowMs,
        onProblem: (problem) => {
          if (problem === null) desk.clearFault('pictures-not-delivered');
          else desk.fault({ code: 'pictures-not-delivered', detail: problem });
        },
      })
    : null;
  opened.push(() => pictures?.stop());
  desk.onWritten(() => {
    client.wake();
    pictures?.wake();
  });
  if (platform.traces) {
    const questions = watchQuestions(address, (question) => answerQuestion(desk, question), {
      monotonicMs: clock.monotonicMs,
    });
    opened.push(() => questions.stop());
  }
}
