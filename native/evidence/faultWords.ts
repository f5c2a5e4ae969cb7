import type { BundleFaultCode } from './fault.ts';

/** What a signature says that does not hold, in a bundle as in a whole store. */
export const signingWords = {
  unsigned: ['没有签名', 'is signed by nobody'],
  'unknown-key': ['签名的公钥没有登记', 'is signed with a key that was never introduced'],
  'replaced-key': ['用已更换的公钥签名', 'is signed with a key that was replaced before'],
  'revoked-key': ['用已吊销的公钥签名', 'is signed with a key that was revoked'],
  'key-proof': ['新公钥没有证明自己', 'introduces a key that does not prove itself'],
  signature: ['签名不对', 'has a signature that does not hold'],
} as const;

/** What each finding means, in plain words: Chinese, then English. */
export const bundleWords: Readonly<Record<BundleFaultCode, readonly [zh: string, en: string]>> = {
  form: ['文件格式不对，不是本程序写出的样子', 'is not in the form a bundle has'],
  name: ['含有证据包里不该有的文件名', 'holds a file name no bundle has'],
  twice: ['同一个文件出现两次', 'holds one file twice'],
  missing: ['目录里列出的文件不见了', 'is listed and not there'],
  unlisted: ['多出一个目录里没有的文件', 'is there and not listed'],
  broken: ['文件损坏', 'is broken'],
  hash: ['内容与指纹不符，被改过', 'is not what its hash says: it was changed'],
  'too-large': ['超过允许的大小', 'is larger than it may be'],
  line: ['有一行读不出', 'has a line that cannot be read'],
  order: ['顺序不对', 'is out of order'],
  'event-hash': ['内容与指纹不符，被改过', 'was changed: its hash is another'],
  'event-form': ['内容不是合格的记录', 'is not a record of this program'],
  sequence: ['内容里的序号与位置不符', 'names another place in the ledger'],
  identity: ['属于另一个站或另一种模式（真实/演练）', 'belongs to another station or mode'],
  previous: ['与前一条接不上', 'does not follow the event before it'],
  ...signingWords,
  gap: ['此处少了记录', 'is missing from an unbroken run'],
  forked: ['账本分叉：这里原来是另一条记录', 'is a fork: another event is known in its place'],
  epoch: [
    '恢复记录缺失或账本分叉：账次接不上',
    'speaks of another branch: a restore was left out, or the ledger forked',
  ],
  number: ['过磅编号在恢复前已用过', 'has a number that was given out before the ledger was put back'],
  'cut-off': [
    '外部留存点更靠后：账本被悄悄恢复或截短',
    'ends before a head laid down outside: cut off, or put back without a word',
  ],
  head: ['与包中所说的账本末尾不符', 'is not the head the bundle names'],
  absent: ['包里没有这条过磅记录', 'is not in the bundle'],
  weight: ['仪表原始数据读出的重量不是记录的重量', 'the indicator’s bytes say another weight'],
  frames: ['仪表原始数据读不出重量', 'the indicator’s bytes are no weight'],
  curve: ['曲线缺失或与记录的原始数据不符', 'its curve is missing or shows other bytes'],
  picture: ['照片缺失', 'a picture it names is missing'],
  tare: ['皮重或净重与皮重记录不符', 'tare or net are not those of its tare weighing'],
  facts: [
    '车辆信息由人填写，却没有填写记录',
    'the vehicle’s facts were stated by a person, and nobody stated them',
  ],
  rules: ['判定所用的规则不在包里', 'the rules it was decided by are not here'],
  decision: ['按当时的规则重新判定，结果不同', 'decided again by its rules, it comes out differently'],
  'other-station': ['公布的公钥属于另一个站', 'the published keys are of another station'],
  'not-published': ['签名的公钥不是本站公布的', 'it was signed with a key the station did not publish'],
  'published-form': ['公布的公钥文件读不出', 'the file of published keys cannot be read'],
};
