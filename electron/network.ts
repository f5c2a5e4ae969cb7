import type { Session } from 'electron';
import { app } from 'electron';

/**
 * Chromium reaches no network in any window. The station process is Node and not touched by this.
 * Must run before the program is ready.
 */
export function cutChromium(): void {
  // Covers what no session is asked about: preconnects, WebTransport, TURN over TCP. Addresses count as names.
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  // A peer connection would otherwise join the multicast group of .local names.
  app.commandLine.appendSwitch('disable-features', 'WebRtcHideLocalIpsWithMdns');
  app.on('web-contents-created', (_event, contents) => {
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  });
}

/** Every request but those of the named schemes is cancelled, every permission denied. */
export function cutSession(session: Session, schemes: readonly string[]): void {
  session.webRequest.onBeforeRequest((details, answer) => {
    const own = schemes.some((scheme) => details.url.startsWith(`${scheme}:`));
    answer({ cancel: !own });
  });
  session.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
}
