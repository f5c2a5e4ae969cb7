import type { PaperForm } from '../contract.ts';
import type { Box } from './paperItems.ts';

/** Where everything stands on one form, and how large. Nothing smaller than `smallest` is ever printed. */
export interface Plan {
  readonly form: PaperForm;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly printable: Box;
  readonly header: Box;
  readonly headerSideMm: number;
  readonly plate: Box;
  readonly verdict: Box;
  readonly weights: readonly [Box, Box, Box, Box];
  readonly facts: Box;
  readonly factColumns: 2 | 3;
  readonly factRows: number;
  readonly basis: Box;
  readonly signatures: Box;
  readonly foot: Box;
  readonly code: Box;
  readonly english: boolean;
  readonly type: {
    readonly title: number;
    readonly name: number;
    readonly number: number;
    readonly plate: number;
    readonly verdict: number;
    readonly order: number;
    readonly weight: number;
    readonly value: number;
    readonly text: number;
    readonly label: number;
    readonly smallest: number;
    readonly drill: number;
  };
}

function box(xMm: number, yMm: number, widthMm: number, heightMm: number): Box {
  return { xMm, yMm, widthMm, heightMm };
}

/**
 * 241×140 mm continuous form for 24-pin printers: the tractor holes take 13 mm on both sides, and a Chinese
 * character needs 2.4 mm to be told apart at 180 dots an inch.
 */
const continuous: Plan = {
  form: '241x140',
  widthMm: 241,
  heightMm: 140,
  printable: box(15, 6, 211, 128),
  header: box(16, 7, 209, 15.5),
  headerSideMm: 64,
  plate: box(16, 24.5, 88, 26),
  verdict: box(107, 24.5, 118, 26),
  weights: [
    box(16, 53, 52.25, 18),
    box(68.25, 53, 52.25, 18),
    box(120.5, 53, 52.25, 18),
    box(172.75, 53, 52.25, 18),
  ],
  facts: box(16, 73.5, 170, 25.5),
  factColumns: 3,
  factRows: 3,
  basis: box(16, 100.5, 170, 12.5),
  signatures: box(16, 114, 170, 11),
  code: box(188, 73.5, 37, 51.5),
  foot: box(16, 126, 209, 8),
  english: false,
  type: {
    title: 9,
    name: 4.2,
    number: 5.4,
    plate: 15,
    verdict: 10,
    order: 5,
    weight: 8,
    value: 3.6,
    text: 3.1,
    label: 2.6,
    smallest: 2.4,
    drill: 84,
  },
};

const a4: Plan = {
  form: 'A4',
  widthMm: 210,
  heightMm: 297,
  printable: box(14, 12, 182, 273),
  header: box(15, 14, 180, 23),
  headerSideMm: 54,
  plate: box(15, 41, 82, 38),
  verdict: box(100, 41, 95, 38),
  weights: [box(15, 83, 90, 24), box(105, 83, 90, 24), box(15, 107, 90, 24), box(105, 107, 90, 24)],
  facts: box(15, 135, 130, 60),
  factColumns: 2,
  factRows: 5,
  code: box(148, 137, 47, 56),
  basis: box(15, 199, 180, 34),
  signatures: box(15, 236, 180, 28),
  foot: box(15, 270, 180, 13),
  english: true,
  type: {
    title: 11,
    name: 5,
    number: 5.8,
    plate: 15,
    verdict: 10.5,
    order: 6,
    weight: 12,
    value: 4.8,
    text: 4.2,
    label: 3.2,
    smallest: 2.4,
    drill: 114,
  },
};

export function planOf(form: PaperForm): Plan {
  return form === 'A4' ? a4 : continuous;
}
