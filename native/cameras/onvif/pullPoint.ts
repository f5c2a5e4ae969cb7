import type { Result } from '../../../station/result.ts';
import { err, ok } from '../../../station/result.ts';
import type { CameraAddresses, CameraListeners } from '../camera.ts';
import type { CameraRuntime } from '../cameraRuntime.ts';
import { findIn, textAt } from '../bytes/xml.ts';
import type { HttpFault } from '../http/cameraHttp.ts';
import { CameraHttp } from '../http/cameraHttp.ts';
import type { CameraLogin } from '../http/login.ts';
import type { Conversation, Talk, TalkEnd } from '../keepTalking.ts';
import { keepTalking } from '../keepTalking.ts';
import { deviceClock, mediaAddresses, pathOf, services } from './device.ts';
import { readPlateMessages } from './plateMessage.ts';
import { Soap } from './soap.ts';

const events = 'http://www.onvif.org/ver10/events/wsdl';
const notification = 'http://docs.oasis-open.org/wsn/b-2';
const subscription = 'http://docs.oasis-open.org/wsn/bw-2';
/** How long the device holds a pull back while it has nothing to tell. */
const pullSeconds = 5;
const leaseSeconds = 60;
const renewAfterMs = 25_000;
const answerTimeoutMs = 15_000;
const quietMs = 40_000;

export interface OnvifAddress {
  readonly host: string;
  readonly port: number;
}

export function openPullPoint(
  address: OnvifAddress,
  login: CameraLogin | null,
  listeners: CameraListeners,
  { timers, monotonicMs, nowMs }: CameraRuntime,
): Conversation {
  const soap = new Soap(new CameraHttp({ ...address, login, timeoutMs: answerTimeoutMs }), login, nowMs);
  return keepTalking({
    quietMs,
    timers,
    monotonicMs,
    onState: listeners.onState,
    talk: (talk) => pull(soap, listeners, talk, monotonicMs),
  });
}

/** One subscription, from its making to its end. */
async function pull(
  soap: Soap,
  { onHeard }: CameraListeners,
  talk: Talk,
  monotonicMs: () => number,
): Promise<TalkEnd> {
  const { signal } = talk;
  const clock = await deviceClock(soap, signal);
  if (!clock.ok) return endOf(clock.error);
  if (clock.value !== null) {
    soap.setClock(clock.value);
    onHeard({ kind: 'alive', deviceTimeMs: clock.value });
  }
  const found = await services(soap, signal);
  if (!found.ok) return endOf(found.error);
  const subscribed = await subscribe(soap, found.value.events, signal);
  if (!subscribed.ok) return endOf(subscribed.error);
  const path = subscribed.value;
  talk.opened();
  let renewedMs = monotonicMs();
  while (!signal.aborted) {
    talk.heard();
    const pulled = await soap.ask({
      path,
      action: `${events}/PullPointSubscription/PullMessagesRequest`,
      body:
        `<PullMessages xmlns="${events}"><Timeout>PT${String(pullSeconds)}S</Timeout>` +
        '<MessageLimit>20</MessageLimit></PullMessages>',
      signal,
    });
    if (!pulled.ok) return endOf(pulled.error);
    onHeard({ kind: 'alive', deviceTimeMs: timeOf(findIn(pulled.value, 'CurrentTime')?.text) });
    for (const heard of readPlateMessages(pulled.value)) onHeard(heard);
    if (monotonicMs() - renewedMs < renewAfterMs) continue;
    renewedMs = monotonicMs();
    const renewed = await soap.ask({
      path,
      action: `${subscription}/SubscriptionManager/RenewRequest`,
      body: `<Renew xmlns="${notification}"><TerminationTime>PT${String(leaseSeconds)}S</TerminationTime></Renew>`,
      signal,
    });
    // Devices without Renew keep a subscription that is pulled from; one that is gone shows at the next pull.
    if (!renewed.ok && renewed.error.kind === 'login-refused') return endOf(renewed.error);
  }
  return { kind: 'ended', detail: 'closed' };
}

async function subscribe(soap: Soap, path: string, signal: AbortSignal): Promise<Result<string, HttpFault>> {
  const asked = await soap.ask({
    path,
    action: `${events}/EventPortType/CreatePullPointSubscriptionRequest`,
    body:
      `<CreatePullPointSubscription xmlns="${events}">` +
      `<InitialTerminationTime>PT${String(leaseSeconds)}S</InitialTerminationTime></CreatePullPointSubscription>`,
    signal,
  });
  if (!asked.ok) return asked;
  const reference = findIn(asked.value, 'SubscriptionReference');
  const at = reference === null ? null : pathOf(textAt(reference, 'Address'));
  return at === null ? err({ kind: 'failed', detail: 'the device gave no pull point' }) : ok(at);
}

/** Asks the device where its pictures are. */
export async function onvifAddresses(
  address: OnvifAddress,
  login: CameraLogin | null,
  { nowMs }: CameraRuntime,
): Promise<Result<CameraAddresses, string>> {
  const soap = new Soap(new CameraHttp({ ...address, login }), login, nowMs);
  const signal = AbortSignal.timeout(answerTimeoutMs);
  const clock = await deviceClock(soap, signal);
  if (clock.ok && clock.value !== null) soap.setClock(clock.value);
  const found = clock.ok ? await services(soap, signal) : clock;
  const asked = found.ok ? await mediaAddresses(soap, found.value.media, address, signal) : found;
  return asked.ok ? ok(asked.value) : err(endOf(asked.error).detail);
}

function timeOf(text: string | undefined): number | null {
  const ms = Date.parse((text ?? '').slice(0, 40));
  return Number.isNaN(ms) ? null : ms;
}

function endOf(fault: HttpFault): TalkEnd {
  return fault.kind === 'login-refused'
    ? { kind: 'refused', detail: 'the camera refuses user and password', pauseMs: fault.pauseMs }
    : { kind: 'ended', detail: fault.detail };
}
