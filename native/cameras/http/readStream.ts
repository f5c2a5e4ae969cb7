import type { CameraListeners } from '../camera.ts';
import { bad } from '../heard.ts';
import type { Talk, TalkEnd } from '../keepTalking.ts';
import type { CameraHttp } from './cameraHttp.ts';

/** Whatever takes a stream's bytes in any chunks. */
export interface StreamReader {
  readonly add: (chunk: Uint8Array) => void;
  readonly end: () => void;
}

export function refused(pauseMs: number): TalkEnd {
  return { kind: 'refused', detail: 'the camera refuses user and password', pauseMs };
}

/** One endless answer, from the question to its end. */
export async function readStream({
  http,
  path,
  listeners,
  talk,
  reader,
}: {
  readonly http: CameraHttp;
  readonly path: string;
  readonly listeners: CameraListeners;
  readonly talk: Talk;
  readonly reader: (contentType: string) => StreamReader;
}): Promise<TalkEnd> {
  const opened = await http.open({ method: 'GET', path, signal: talk.signal });
  if (!opened.ok) {
    const { error } = opened;
    return error.kind === 'login-refused' ? refused(error.pauseMs) : { kind: 'ended', detail: error.detail };
  }
  const answer = opened.value;
  const contentType = answer.headers['content-type'] ?? '';
  if (/^text\/html/i.test(contentType)) {
    answer.destroy();
    listeners.onHeard(bad('html-answer'));
    return { kind: 'ended', detail: 'answered with a web page: is this the right camera and address?' };
  }
  talk.opened();
  talk.heard();
  const into = reader(contentType);
  let detail = 'the camera ended the stream';
  try {
    for await (const chunk of answer as AsyncIterable<Uint8Array>) {
      talk.heard();
      into.add(chunk);
    }
  } catch (problem) {
    detail = problem instanceof Error && 'code' in problem ? String(problem.code) : 'cut off';
  }
  into.end();
  return { kind: 'ended', detail };
}
