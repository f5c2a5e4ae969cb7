/** The streams of a run: the camera's own, and what is shown of it. */
export const cameraStream = 'camera';
export const viewStream = 'view';
export const viewPath = '/api/stream.mjpeg';

/** Variables the configuration names and go2rtc fills in; only their names stand in the file. */
const urlVariable = 'YH_LIVE_STREAM';
const apiVariable = 'YH_LIVE_API';
export const apiUser = 'station';

export interface Go2rtcPorts {
  readonly api: number;
  readonly rtsp: number;
}

/**
 * What go2rtc is told (internal/app/README.md, internal/api/README.md of go2rtc 1.9.14). It fills in variables in a file,
 * and not in a configuration on the command line. The ffmpeg it starts reads the camera's stream from go2rtc, so that
 * the camera is logged in to once and ffmpeg's command line has no password. What listens, listens on loopback; a
 * go2rtc that knows `allow_paths` and `local_auth` answers there nothing but the view, with the password of this run.
 */
export function go2rtcConfig({ api, rtsp }: Go2rtcPorts, ffmpeg: string | null): string {
  return JSON.stringify({
    app: { modules: ['api', 'rtsp', 'mjpeg', 'exec', 'ffmpeg'] },
    log: { level: 'warn', output: 'stdout', format: 'text' },
    api: {
      listen: `127.0.0.1:${String(api)}`,
      username: apiUser,
      password: `\${${apiVariable}}`,
      local_auth: true,
      allow_paths: [viewPath],
    },
    rtsp: { listen: `127.0.0.1:${String(rtsp)}` },
    webrtc: { listen: '' },
    srtp: { listen: '' },
    ...(ffmpeg === null ? {} : { ffmpeg: { bin: /\s/.test(ffmpeg) ? `"${ffmpeg}"` : ffmpeg } }),
    streams: {
      [cameraStream]: `\${${urlVariable}}#backchannel=0`,
      [viewStream]: `ffmpeg:${cameraStream}#video=mjpeg#width=640#raw=-r 8 -q:v 7`,
    },
  });
}

/** Of the station's own environment only what a program needs to run: it holds the passwords of other devices. */
const passedOn = ['PATH', 'HOME', 'SystemRoot', 'TEMP', 'TMP'] as const;

export function go2rtcEnvironment(streamUrl: string, apiPassword: string): NodeJS.ProcessEnv {
  const own = passedOn.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(own),
    // Put into a quoted string, where # would begin an option.
    [urlVariable]: JSON.stringify(streamUrl.replaceAll('#', '%23')).slice(1, -1),
    [apiVariable]: apiPassword,
  };
}
