import type { StationClient } from './client.ts';

export type Connection =
  | { readonly kind: 'connecting' }
  /** `inspector`: this browser's login is an inspector's. */
  | { readonly kind: 'up'; readonly inspector: boolean }
  | { readonly kind: 'down'; readonly detail: string }
  | { readonly kind: 'sign-in' };

/** What the desktop's preload offers (electron/shellApi.ts). */
interface Shell {
  readonly ready: () => void;
  readonly onStationState: (
    hear: (state: { readonly kind: 'up' } | { readonly kind: 'down'; readonly detail: string }) => void,
  ) => void;
}

declare global {
  interface Window {
    readonly yuanhengShell?: Shell;
  }
}

const firstRetryMs = 500;
const maxRetryMs = 10_000;

export function connect(client: StationClient, onConnection: (connection: Connection) => void): void {
  const shell = window.yuanhengShell;
  if (shell !== undefined) connectShell(shell, client, onConnection);
  else void connectConsole(client, onConnection, firstRetryMs);
}

function connectShell(
  shell: Shell,
  client: StationClient,
  onConnection: (connection: Connection) => void,
): void {
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    const { data, ports } = event;
    const [port] = ports;
    if (event.source !== window || port === undefined) return;
    if (typeof data !== 'object' || data === null || !('kind' in data)) return;
    if (data.kind !== 'yuanheng-station-port') return;
    port.onmessage = (message: MessageEvent<unknown>) => {
      client.receive(message.data);
    };
    client.attach({
      send: (message) => {
        port.postMessage(message);
      },
    });
    onConnection({ kind: 'up', inspector: false });
  });
  shell.onStationState((state) => {
    if (state.kind === 'up') return;
    client.attach(null);
    onConnection({ kind: 'down', detail: state.detail });
  });
  shell.ready();
}

async function connectConsole(
  client: StationClient,
  onConnection: (connection: Connection) => void,
  retryMs: number,
): Promise<void> {
  const again = (): void => {
    client.attach(null);
    onConnection({ kind: 'down', detail: '' });
    setTimeout(() => void connectConsole(client, onConnection, Math.min(maxRetryMs, retryMs * 2)), retryMs);
  };
  let inspector = false;
  try {
    const session: unknown = await (await fetch('./session', { cache: 'no-store' })).json();
    const signedIn =
      typeof session === 'object' && session !== null && 'signedIn' in session && session.signedIn === true;
    if (!signedIn) {
      onConnection({ kind: 'sign-in' });
      return;
    }
    inspector = 'role' in session && session.role === 'inspector';
  } catch {
    again();
    return;
  }
  const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/station`);
  let opened = false;
  socket.addEventListener('open', () => {
    opened = true;
    client.attach({
      send: (message) => {
        socket.send(JSON.stringify(message));
      },
    });
    onConnection({ kind: 'up', inspector });
  });
  socket.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (typeof event.data === 'string') client.receive(JSON.parse(event.data));
  });
  socket.addEventListener('close', () => {
    client.attach(null);
    onConnection({ kind: 'down', detail: '' });
    setTimeout(() => void connectConsole(client, onConnection, opened ? firstRetryMs : retryMs * 2), retryMs);
  });
}

/** Signs in to the browser console; true when the code was right. */
export async function signIn(code: string): Promise<'in' | 'wrong' | 'wait'> {
  const answer = await fetch('./login', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ code }),
  });
  if (answer.ok) return 'in';
  return answer.status === 429 ? 'wait' : 'wrong';
}
