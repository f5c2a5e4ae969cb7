import { signingWords } from '../native/evidence/faultWords.ts';
import type { DataFaultCode } from '../native/verify/fault.ts';

export type Lang = 'zh' | 'en';

export const dataWords: Readonly<Record<DataFaultCode, readonly [zh: string, en: string]>> = {
  'not-a-store': ['这里没有可以打开的账本', 'there is no store here that can be opened'],
  version: ['账本版本与本程序不同', 'the store is of another version than this program'],
  database: ['数据库文件损坏', 'the database file is damaged'],
  triggers: ['防止修改账本的触发器被去掉了', 'the triggers that keep the ledger from changing are gone'],
  schema: ['表或索引的定义与本程序不同', 'a table or index is made otherwise than by this program'],
  meta: ['账本登记的站或模式与记录不符', 'the store names another station or mode than its records'],
  hash: ['内容与指纹不符，被改过', 'was changed: its hash is another'],
  previous: ['与前一条接不上', 'does not follow the event before it'],
  sequence: ['这里少了一条或序号不对', 'is missing, or stands in another place'],
  form: ['内容不是合格的记录', 'is not a record of this program'],
  columns: ['检索列与内容不符', 'its columns say something else than its text'],
  number: ['过磅编号不连续', 'breaks the run of weighing numbers'],
  identity: ['属于另一个站或另一种模式', 'belongs to another station or mode'],
  ...signingWords,
  'unsigned-tail': ['账本末尾没有签名', 'the end of the ledger is signed by nobody'],
  epoch: ['分支或编号与账本不符', 'names another branch or number than the ledger has there'],
  head: ['记下的账本末端与账本不符', 'names a head that is not what stands there'],
  'curve-missing': ['曲线不见了', 'its curve is missing'],
  'curve-changed': ['曲线被改过', 'its curve was changed'],
  'picture-missing': ['照片不见了', 'a picture of it is missing'],
  'picture-changed': ['照片被改过', 'a picture of it was changed'],
  'rules-changed': ['规则与指纹不符', 'its rules are not what their hash says'],
  'anchor-cut': ['外部留存点之后的记录被删掉了', 'was laid down outside, and the ledger ends before it'],
  'anchor-unlike': ['与外部留存点不同，账本被重写过', 'is another than was laid down outside: rewritten'],
  'anchor-signature': ['外部留存点的签名不对', 'was laid down outside with a signature that does not hold'],
  'anchor-file': ['外部留存文件有读不出的行', 'the anchor file has a line that cannot be read'],
  'other-station': ['公布的公钥或留存点属于另一个站', 'keys or anchors are of another station'],
  'not-published': ['签名的公钥不是本站公布的', 'a key signs here that the station did not publish'],
  derived: ['列表与账本不符', 'a list does not follow from the ledger'],
  outbox: ['待传队列与账本不符', 'the delivery queue does not fit the ledger'],
  acknowledged: ['与市平台签收的内容不同', 'is another than the platform acknowledged'],
};

export function langOf(given: string | undefined, env: string | undefined): Lang {
  if (given !== undefined) return given === 'en' ? 'en' : 'zh';
  return env === undefined || /^(en|C|POSIX)/.test(env) ? 'en' : 'zh';
}

export const say = (lang: Lang, [zh, en]: readonly [zh: string, en: string]): string =>
  lang === 'zh' ? zh : en;
