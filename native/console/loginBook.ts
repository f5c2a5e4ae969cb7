import type { EventBody } from '../../station/ledger/event.ts';
import type { ConsoleLogin } from './server.ts';

type SessionBody = Extract<EventBody, { type: 'console-session' }>['body'];

const windowMs = 60_000;
const mostRefused = 3;
const mostOpened = 20;

/**
 * Writes console logins down. Of those that come by the thousand only the first few a minute are kept: whoever tries
 * codes must not be able to fill the ledger.
 */
export function loginBook(
  monotonicMs: () => number,
  write: (body: SessionBody) => void,
): (login: ConsoleLogin) => void {
  const written: Record<ConsoleLogin['what'], number[]> = { opened: [], refused: [] };
  return ({ what, role, from }) => {
    const now = monotonicMs();
    written[what] = written[what].filter((atMs) => now - atMs < windowMs);
    if (written[what].length >= (what === 'refused' ? mostRefused : mostOpened)) return;
    written[what].push(now);
    write({ what, role: role === 'station' ? 'desk' : role, from: from.slice(0, 64) });
  };
}
