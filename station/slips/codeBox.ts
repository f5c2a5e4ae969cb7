import { frame, textLine } from './draw.ts';
import type { CodeItem, PaperItem } from './paperItems.ts';
import type { Plan } from './plans.ts';
import { qrModules } from './qr.ts';
import type { SlipRecord } from './slipRecord.ts';

/** Light around a code, in modules: without it a reader does not find the corners. */
const quiet = 4;
/** A dot of a dot-matrix printer is 1/180 inch apart; modules are whole dots so that none comes out thinner. */
const dotMm = 25.4 / 180;

/** The code anyone can check without us, or in words that there is none. */
export function codeBox(plan: Plan, record: SlipRecord): readonly PaperItem[] {
  const { code: box, type } = plan;
  const captionMm = type.smallest * 1.4;
  const words = (text: string, row: number): PaperItem =>
    textLine(
      box.xMm,
      box.yMm + box.heightMm - captionMm * (1 - row) - type.smallest * 0.3,
      box.widthMm,
      text,
      {
        sizeMm: type.smallest,
        minSizeMm: type.smallest,
        align: 'center',
      },
    );
  if (record.code === null) {
    return [frame({ ...box, heightMm: box.heightMm - 2 * captionMm }, 0.3), words('无签名 not signed', 0)];
  }
  const modules = qrModules(record.code);
  const roomMm = Math.min(box.widthMm, box.heightMm - 2 * captionMm);
  const dots = Math.max(1, Math.floor(roomMm / ((modules.length + 2 * quiet) * dotMm)));
  const moduleMm = dots * dotMm;
  const sizeMm = modules.length * moduleMm;
  const item: CodeItem = {
    kind: 'code',
    xMm: box.xMm + (box.widthMm - sizeMm) / 2,
    yMm: box.yMm + quiet * moduleMm,
    moduleMm,
    modules,
  };
  return [item, words('扫码核验 verify offline', -1), words(`${String(record.validHours)} 小时内有效`, 0)];
}
