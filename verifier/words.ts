import type { SlipVerdict } from '../station/slips/slipVerdict.ts';

export interface Said {
  readonly mark: string;
  readonly zh: string;
  readonly en: string;
  readonly tone: 'good' | 'bad' | 'doubt';
}

/** What each verdict means, in the words of the roadside. */
export function saidOf(verdict: SlipVerdict): Said {
  switch (verdict.kind) {
    case 'genuine':
      return said(verdict.slip.decision);
    case 'expired':
      return { mark: '!', zh: '真实，但已过有效期', en: 'Genuine, but no longer valid', tone: 'doubt' };
    case 'voided':
      return { mark: '✖', zh: '已作废', en: 'Voided by the station', tone: 'bad' };
    case 'altered':
      return {
        mark: '✖',
        zh: '被改动过，或不是本站开的',
        en: 'Altered, or not from this station',
        tone: 'bad',
      };
    case 'revoked-key':
      return { mark: '✖', zh: '用已吊销的密钥签名', en: 'Signed with a revoked key', tone: 'bad' };
    case 'unknown-station':
      return {
        mark: '?',
        zh: '没有这个站的公钥，不能核验',
        en: 'No published keys of this station here',
        tone: 'doubt',
      };
    case 'drill':
      return { mark: '✖', zh: '演练单，不具效力', en: 'From a drill: not valid', tone: 'bad' };
    case 'not-a-slip':
      return { mark: '?', zh: '这不是装载单的二维码', en: 'Not the code of a slip', tone: 'doubt' };
  }
}

function said(decision: 'allow' | 'refuse' | 'released'): Said {
  switch (decision) {
    case 'allow':
      return { mark: '✔', zh: '真实有效', en: 'Genuine and valid', tone: 'good' };
    case 'refuse':
      return {
        mark: '✖',
        zh: '真实的拒放单：不准出场',
        en: 'A genuine refusal: it must not leave',
        tone: 'bad',
      };
    case 'released':
      return {
        mark: '!',
        zh: '真实的特许放行单：核对证件原件',
        en: 'A genuine controlled release: see the document itself',
        tone: 'doubt',
      };
  }
}

/** What the answer rests on besides the signature. */
export const notes = {
  listIsOlder: {
    zh: '作废名单早于此单：此单是否已作废，这里不知道。请取新名单。',
    en: 'The list of voids is older than this slip: whether it was voided is not known here. Get a newer list.',
  },
  clockIsBehind: {
    zh: '此单的时间晚于本机时钟：请校准本机时间，有效期才作数。',
    en: 'The slip is from after this device’s clock: set the clock, the hours cannot be told.',
  },
} as const;

export const twoTrucks = {
  zh: '一张单可能被两辆车出示：核对车牌、轴数和货物。',
  en: 'One paper may be shown by two trucks: compare plate, axles and goods.',
};
