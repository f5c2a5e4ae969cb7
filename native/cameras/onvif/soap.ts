/**
 * SOAP 1.2 to one ONVIF device, with the password digest of WS-Security UsernameToken Profile 1.0:
 *
 *   <wsse:UsernameToken><wsse:Username>admin</wsse:Username>
 *   <wsse:Password Type="…#PasswordDigest">base64(SHA-1(nonce + created + password))</wsse:Password>
 *   <wsse:Nonce EncodingType="…#Base64Binary">…</wsse:Nonce><wsu:Created>2026-03-09T02:00:00.000Z</wsu:Created>
 *
 * `created` is by the device's own clock, which it tells without login (ONVIF Core, GetSystemDateAndTime): a camera
 * of 2034 would take ours for a replay. Own code instead of the `onvif` package: of its 5,000 lines five questions are
 * needed, and its parser knows no bounds.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { Result } from '../../../station/result.ts';
import { err, ok } from '../../../station/result.ts';
import { decodeText, oneLine } from '../bytes/text.ts';
import type { XmlNode } from '../bytes/xml.ts';
import { findIn, readXml } from '../bytes/xml.ts';
import type { CameraHttp, HttpFault } from '../http/cameraHttp.ts';
import type { CameraLogin } from '../http/login.ts';

const maxAnswerBytes = 4 * 1024 * 1024;
const wsse = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
const wsu = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd';
const token = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0';
const base64 =
  'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary';

export interface SoapQuestion {
  readonly path: string;
  /** The action, which some devices look for in the content type. */
  readonly action: string;
  readonly body: string;
  readonly signal: AbortSignal;
  /** False for what is asked before the login. */
  readonly signed?: boolean;
}

export class Soap {
  readonly #http: CameraHttp;
  readonly #login: CameraLogin | null;
  readonly #nowMs: () => number;
  /** The device's clock less ours. */
  #aheadMs = 0;

  constructor(http: CameraHttp, login: CameraLogin | null, nowMs: () => number) {
    this.#http = http;
    this.#login = login;
    this.#nowMs = nowMs;
  }

  setClock(deviceTimeMs: number): void {
    this.#aheadMs = deviceTimeMs - this.#nowMs();
  }

  /** The body of the answer. A refused login is a fault NotAuthorized with status 400 on most devices. */
  async ask({
    path,
    action,
    body,
    signal,
    signed = true,
  }: SoapQuestion): Promise<Result<XmlNode, HttpFault>> {
    const blockedMs = this.#login?.blockedMs() ?? 0;
    if (blockedMs > 0) return err({ kind: 'login-refused', pauseMs: blockedMs });
    const head = signed && this.#login !== null ? this.#security(this.#login) : '';
    const asked = await this.#http.fetch(
      {
        method: 'POST',
        path,
        headers: { 'Content-Type': `application/soap+xml; charset=utf-8; action="${action}"` },
        body:
          '<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" ' +
          `xmlns:a="http://www.w3.org/2005/08/addressing"><s:Header>${head}` +
          `<a:Action>${action}</a:Action></s:Header><s:Body>${body}</s:Body></s:Envelope>`,
        // A SOAP fault comes with one of these.
        alsoStatus: [400, 500],
        signal,
      },
      maxAnswerBytes,
    );
    if (!asked.ok) return signed ? this.#refusedOr(asked.error) : asked;
    const text = decodeText(asked.value.body);
    const read = text === null ? null : readXml(text);
    const answer = read?.ok === true ? findIn(read.value, 'Body') : null;
    if (answer === null) return err({ kind: 'failed', detail: 'the answer is no SOAP' });
    const fault = findIn(answer, 'Fault');
    if (fault === null) return ok(answer);
    const reason = findIn(fault, 'Text')?.text ?? 'fault';
    return signed && /NotAuthorized|not authori[sz]ed/i.test(JSON.stringify(fault))
      ? this.#refused()
      : err({ kind: 'failed', detail: oneLine(reason) });
  }

  /** With the token in it, a 401 or 403 is its refusal: the same password is not tried in a loop. */
  #refusedOr(fault: HttpFault): Result<never, HttpFault> {
    const refused =
      fault.kind === 'failed' && /^HTTP 403|no Digest/.test(fault.detail) && this.#login !== null;
    return refused ? this.#refused() : err(fault);
  }

  #refused(): Result<never, HttpFault> {
    this.#login?.refuse();
    return err({ kind: 'login-refused', pauseMs: this.#login?.blockedMs() ?? 0 });
  }

  #security(login: CameraLogin): string {
    const nonce = randomBytes(16);
    const created = new Date(this.#nowMs() + this.#aheadMs).toISOString();
    const digest = passwordDigest(nonce, created, login.password);
    return (
      `<o:Security xmlns:o="${wsse}" xmlns:u="${wsu}" s:mustUnderstand="1"><o:UsernameToken>` +
      `<o:Username>${escapeXml(login.user)}</o:Username>` +
      `<o:Password Type="${token}#PasswordDigest">${digest}</o:Password>` +
      `<o:Nonce EncodingType="${base64}">${nonce.toString('base64')}</o:Nonce>` +
      `<u:Created>${created}</u:Created></o:UsernameToken></o:Security>`
    );
  }
}

/** WS-Security UsernameToken Profile 1.0, section 3.1. */
export function passwordDigest(nonce: Uint8Array, created: string, password: string): string {
  return createHash('sha1').update(nonce).update(created, 'utf8').update(password, 'utf8').digest('base64');
}

export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
