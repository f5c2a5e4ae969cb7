/** What can stand on a paper. All measures are millimetres from the top left corner of the sheet. */
export type PaperItem = TextItem | LineItem | RectItem | CodeItem | PictureItem;

export type Weight = 'regular' | 'bold';
export type Align = 'left' | 'center' | 'right';

export interface TextItem {
  readonly kind: 'text';
  /** The anchor: left edge, middle or right edge of the text, as `align` says. */
  readonly xMm: number;
  /** The baseline. */
  readonly yMm: number;
  /** The height of one em. */
  readonly sizeMm: number;
  /** One line, already fitted into `maxWidthMm`. */
  readonly text: string;
  readonly weight: Weight;
  readonly align: Align;
  readonly maxWidthMm: number;
  /** Outlines let the text in front of them be read. */
  readonly style: 'solid' | 'outline';
}

export interface LineItem {
  readonly kind: 'line';
  readonly x1Mm: number;
  readonly y1Mm: number;
  readonly x2Mm: number;
  readonly y2Mm: number;
  readonly lineMm: number;
}

export interface RectItem {
  readonly kind: 'rect';
  readonly xMm: number;
  readonly yMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly lineMm: number;
}

/** A QR code: dark modules of one size, from its top left corner, without the light around it. */
export interface CodeItem {
  readonly kind: 'code';
  readonly xMm: number;
  readonly yMm: number;
  readonly moduleMm: number;
  /** A row a line, `1` dark. */
  readonly modules: readonly string[];
}

/** The dark modules of a code as few rectangles: runs of one row. Columns and rows from 0. */
export function darkRuns(
  modules: readonly string[],
): readonly { row: number; from: number; length: number }[] {
  return modules.flatMap((line, row) =>
    [...line.matchAll(/1+/g)].map((run) => ({ row, from: run.index, length: run[0].length })),
  );
}

/** A picture as the camera gave it, fitted into its box. */
export interface PictureItem {
  readonly kind: 'picture';
  readonly xMm: number;
  readonly yMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
  /** JPEG bytes in base64. */
  readonly jpeg: string;
}

export interface Box {
  readonly xMm: number;
  readonly yMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
}

/** The pen of outlined text, as part of its size, and how dark it is: 0 black, 1 white. */
export const outlinePen = 0.014;
export const outlineGrey = 0.6;

/** How far ink reaches above and below the baseline, as part of the size. */
export const inkAbove = 0.88;
export const inkBelow = 0.22;
