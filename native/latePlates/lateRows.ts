import type { LatePlateRow } from '../../station/contract.ts';
import { lateSays } from '../../station/weighing/lateReading.ts';
import { prepared } from '../store/prepared.ts';
import type { Records } from '../store/records.ts';
import { eventAt } from '../store/records.ts';
import { platesOf } from './candidates.ts';

/** What cameras told late of a weighing, in the order it came, held against the plates it goes by now. */
export function lateRows(records: Records, number: number): LatePlateRow[] {
  const sequences = prepared(
    records.db,
    'SELECT sequence FROM late_plates WHERE number = ? ORDER BY sequence LIMIT 50',
  )
    .pluck()
    .all(number) as number[];
  if (sequences.length === 0) return [];
  const names = platesOf(records, number);
  return sequences.flatMap((sequence) => {
    const event = eventAt(records, sequence);
    if (event?.type !== 'plate-told-late') return [];
    const { eventKey: _, number: __, pictures, ...told } = event.body;
    return [{ ...told, sequence, pictures: [...pictures], says: lateSays(told, names) }];
  });
}
