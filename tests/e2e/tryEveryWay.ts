/** Runs inside the page: tries to reach a port by every means, and says how each ended. */
export async function tryEveryWay(port: number): Promise<Record<string, 'reached' | 'cut'>> {
  const host = `127.0.0.1:${String(port)}`;
  type End = 'reached' | 'cut';
  const settled = (promise: Promise<unknown>): Promise<End> =>
    promise.then(
      () => 'reached',
      () => 'cut',
    );
  const heard = (target: EventTarget, good: string, bad: string): Promise<End> =>
    new Promise((resolve) => {
      target.addEventListener(good, () => {
        resolve('reached');
      });
      target.addEventListener(bad, () => {
        resolve('cut');
      });
    });
  const element = (tag: string, attributes: Record<string, string>): HTMLElement => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    document.head.append(made);
    return made;
  };
  const candidates = async (iceServers: RTCIceServer[]): Promise<End> => {
    const peer = new RTCPeerConnection({ iceServers });
    peer.createDataChannel('out');
    const gathered = new Promise<void>((resolve) => {
      peer.addEventListener('icegatheringstatechange', () => {
        if (peer.iceGatheringState === 'complete') resolve();
      });
    });
    let found = 0;
    peer.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate !== null && candidate.candidate !== '') found += 1;
    });
    await peer.setLocalDescription(await peer.createOffer());
    // A candidate of the far side is what makes a peer knock there.
    const far = new RTCPeerConnection();
    await far.setRemoteDescription(peer.localDescription ?? { type: 'offer' });
    await far.setLocalDescription(await far.createAnswer());
    await peer.setRemoteDescription(far.localDescription ?? { type: 'answer' });
    for (const address of ['127.0.0.1', 'yard.local']) {
      for (const [transport, end] of [
        ['udp', ''],
        ['tcp', ' tcptype passive'],
      ] as const) {
        const candidate = `candidate:1 1 ${transport} 2130706431 ${address} ${String(port)} typ host${end}`;
        await peer.addIceCandidate({ candidate, sdpMid: '0', sdpMLineIndex: 0 });
      }
    }
    await gathered;
    peer.close();
    far.close();
    return found === 0 ? 'cut' : 'reached';
  };
  const worker = (): Promise<End> =>
    new Promise((resolve) => {
      const code = `fetch('http://${host}/worker').then(() => postMessage('reached'), () => postMessage('cut'))`;
      const made = new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
      made.addEventListener('message', ({ data }: MessageEvent<End>) => {
        resolve(data);
      });
      made.addEventListener('error', () => {
        resolve('cut');
      });
    });
  // These two say nothing about how they end; the ear hears it.
  element('link', { rel: 'dns-prefetch', href: `http://${host}` });
  element('link', { rel: 'preconnect', href: `http://${host}` });
  navigator.sendBeacon(`http://${host}/beacon`, 'x');
  const turn = { username: 'u', credential: 'p' };
  const ways: Record<string, Promise<End>> = {
    fetch: settled(fetch(`http://${host}/fetch`, { mode: 'no-cors' })),
    image: heard(element('img', { src: `http://${host}/image` }), 'load', 'error'),
    script: heard(element('script', { src: `http://${host}/script` }), 'load', 'error'),
    prefetch: heard(element('link', { rel: 'prefetch', href: `http://${host}/prefetch` }), 'load', 'error'),
    webSocket: heard(new WebSocket(`ws://${host}/`), 'open', 'error'),
    eventSource: heard(new EventSource(`http://${host}/events`), 'open', 'error'),
    webTransport: settled(new WebTransport(`https://${host}/`).ready),
    worker: worker(),
    stun: candidates([{ urls: `stun:${host}` }]),
    turn: candidates([{ urls: `turn:${host}`, ...turn }]),
    turnOverTcp: candidates([{ urls: `turn:${host}?transport=tcp`, ...turn }]),
    turnOverTls: candidates([{ urls: `turns:${host}?transport=tcp`, ...turn }]),
  };
  const ends: Record<string, End> = {};
  for (const [way, end] of Object.entries(ways)) ends[way] = await end;
  return ends;
}
