import { chineseDateTime } from '../../station/chineseTime.ts';
import type { Manifest } from '../../station/contract.ts';
import type { SheetRowValues } from '../register/writeSheet.ts';
import { writeSheet } from '../register/writeSheet.ts';
import { exitRows } from '../gate/exitRows.ts';
import type { Db } from '../store/database.ts';
import { displayNumber } from '../store/passagesStore.ts';
import { prepared } from '../store/prepared.ts';
import { nameNow } from './figures.ts';

const headings = [
  '编号',
  '出场时间',
  '车牌',
  '货物',
  '收货单位',
  '目的地',
  '合同',
  '驾驶员',
  '毛重 kg',
  '皮重 kg',
  '净重 kg',
] as const;

/** Every truck of a manifest, one row each, newest first. What was voided is left out. */
export function manifestFile(
  db: Db,
  { from, to }: Manifest,
  stationId: string,
  drill: boolean,
): Promise<Uint8Array> {
  const columns = headings.map((heading) => ({ heading, widthCharacters: 16 }));
  return writeSheet(
    '装载清单',
    columns,
    rowsOf(db, from, to, (number) => displayNumber(stationId, number, drill)),
  );
}

interface More {
  readonly consignee: string | null;
  readonly destination: string | null;
  readonly contract: string | null;
  readonly driver: string | null;
  readonly weighedKg: number;
  readonly tareKg: number | null;
}

function* rowsOf(
  db: Db,
  from: string,
  to: string,
  nameOf: (number: number) => string,
): Generator<SheetRowValues> {
  const query = { from, to, plate: null, fleet: null, emission: null };
  const more = prepared(
    db,
    `SELECT ${nameNow('consignee')} AS consignee, ${nameNow('destination')} AS destination,
       ${nameNow('contract')} AS contract, ${nameNow('driver')} AS driver,
       weighed_kg AS weighedKg, tare_kg AS tareKg
     FROM passages p WHERE number = ?`,
  );
  for (const exit of exitRows(db, query, null)) {
    if (exit === null || exit.voided === 1) continue;
    const { consignee, destination, contract, driver, weighedKg, tareKg } = more.get(exit.number) as More;
    yield [
      nameOf(exit.number),
      chineseDateTime(exit.timeMs),
      exit.plateNow ?? exit.plate,
      exit.goodsNow ?? exit.goods,
      ...[consignee, destination, contract, driver],
      ...[weighedKg, tareKg, exit.netKg],
    ];
  }
}
