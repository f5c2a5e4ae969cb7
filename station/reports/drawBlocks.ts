import { assertNever } from '../assertNever.ts';
import { rule, textBlock, textLine } from '../slips/draw.ts';
import { fitBlock } from '../slips/fit.ts';
import type { PaperItem } from '../slips/paperItems.ts';
import { curveItems } from './drawCurve.ts';
import type { Block, Fact, TableColumn } from './report.ts';
import { inFours } from './report.ts';

/** A strip of a page: how high it is, and its items once it is known where it stands. */
export interface Strip {
  readonly heightMm: number;
  readonly draw: (yMm: number) => readonly PaperItem[];
  /** With what must follow it on the same page: no heading stands alone at the foot of one. */
  readonly needsMm?: number;
  /** Drawn again at the top of the next page: the head of a table that goes on there. */
  readonly head?: Strip;
}

export interface Frame {
  readonly xMm: number;
  readonly widthMm: number;
  /** The size of running text. */
  readonly textMm: number;
}

const smallestMm = 2.4;

export function stripsOf(block: Block, frame: Frame): readonly Strip[] {
  const { xMm, widthMm, textMm } = frame;
  const look = { sizeMm: textMm, minSizeMm: smallestMm };
  switch (block.kind) {
    case 'heading': {
      const sizeMm = textMm * 1.35;
      return [
        {
          heightMm: sizeMm * 2.2,
          needsMm: sizeMm * 2.2 + textMm * 5,
          draw: (yMm) => [
            textLine(xMm, yMm + sizeMm * 1.55, widthMm, block.text, { ...look, sizeMm, weight: 'bold' }),
            rule(xMm, yMm + sizeMm * 1.95, xMm + widthMm, yMm + sizeMm * 1.95, 0.4),
          ],
        },
      ];
    }
    case 'text': {
      const weight = block.strong === true ? 'bold' : 'regular';
      const lines = fitBlock(block.text, weight, { widthMm, heightMm: 60 }, textMm, smallestMm).lines.length;
      const heightMm = lines * textMm * 1.3 + textMm * 0.6;
      return [
        {
          heightMm,
          draw: (yMm) => textBlock({ xMm, yMm, widthMm, heightMm }, block.text, { ...look, weight }),
        },
      ];
    }
    case 'facts':
      return factStrips(block.facts, block.columns, frame);
    case 'table':
      return tableStrips(block.columns, block.rows, frame);
    case 'pictures':
      return pictureStrips(block.pictures, frame);
    case 'curve': {
      const heightMm = 42;
      return [
        { heightMm: heightMm + 2, draw: (yMm) => curveItems(block.points, { ...frame, yMm, heightMm }) },
      ];
    }
    case 'digits':
      return digitStrips(block.label, block.hex, frame);
    case 'signatures': {
      const width = widthMm / Math.max(1, block.names.length);
      return [
        {
          heightMm: textMm * 4.5,
          draw: (yMm) =>
            block.names.flatMap((name, nth) => {
              const at = xMm + nth * width;
              const line = yMm + textMm * 4;
              return [
                textLine(at, line, width * 0.4, name, { ...look, weight: 'bold' }),
                rule(at + width * 0.4, line + 0.5, at + width * 0.95, line + 0.5, 0.3),
              ];
            }),
        },
      ];
    }
    default:
      return assertNever(block);
  }
}

function factStrips(facts: readonly Fact[], columns: number, { xMm, widthMm, textMm }: Frame): Strip[] {
  const width = widthMm / columns;
  const rows = Math.ceil(facts.length / columns);
  const heightMm = textMm * 3.05;
  return Array.from({ length: rows }, (_, row) => ({
    heightMm,
    draw: (yMm: number) =>
      facts.slice(row * columns, (row + 1) * columns).flatMap(({ label, value, strong }, nth) => {
        const at = xMm + nth * width;
        return [
          textLine(at, yMm + textMm, width - 3, label, { sizeMm: textMm * 0.78, minSizeMm: smallestMm }),
          textLine(at, yMm + textMm * (strong === true ? 2.45 : 2.3), width - 3, value, {
            sizeMm: textMm * (strong === true ? 1.25 : 1),
            minSizeMm: smallestMm,
            weight: 'bold',
          }),
        ];
      }),
  }));
}

function tableStrips(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  { xMm, widthMm, textMm }: Frame,
): Strip[] {
  const shares = columns.reduce((sum, { share }) => sum + share, 0);
  const heightMm = textMm * 1.75;
  const line = (yMm: number, cells: readonly string[], weight: 'regular' | 'bold'): PaperItem[] => {
    let at = xMm;
    return columns.flatMap(({ share, right }, nth) => {
      const width = (widthMm * share) / shares;
      const left = at;
      at += width;
      const look = { sizeMm: textMm * 0.92, minSizeMm: smallestMm, weight };
      return [
        textLine(left + 0.5, yMm + textMm * 1.2, width - (right === true ? 3.5 : 1.5), cells[nth] ?? '', {
          ...look,
          align: right === true ? 'right' : 'left',
        }),
      ];
    });
  };
  const head: Strip = {
    heightMm: heightMm + 0.6,
    draw: (yMm) => [
      ...line(
        yMm,
        columns.map((column) => column.head),
        'bold',
      ),
      rule(xMm, yMm + heightMm, xMm + widthMm, yMm + heightMm, 0.4),
    ],
  };
  const body = rows.map((cells) => ({
    heightMm,
    head,
    draw: (yMm: number) => [
      ...line(yMm, cells, 'regular'),
      rule(xMm, yMm + heightMm, xMm + widthMm, yMm + heightMm, 0.12),
    ],
  }));
  return [head, ...body];
}

const picturesARow = 3;

function pictureStrips(
  pictures: Extract<Block, { kind: 'pictures' }>['pictures'],
  { xMm, widthMm, textMm }: Frame,
): Strip[] {
  const width = widthMm / picturesARow;
  const pictureHeight = (width - 2) * 0.6;
  const small = { sizeMm: textMm * 0.78, minSizeMm: smallestMm };
  const lineMm = textMm * 0.98;
  const most = Math.max(0, ...pictures.map(({ lines }) => lines.length));
  return Array.from({ length: Math.ceil(pictures.length / picturesARow) }, (_, row) => ({
    heightMm: pictureHeight + textMm * 2.2 + most * lineMm,
    draw: (yMm: number) =>
      pictures
        .slice(row * picturesARow, (row + 1) * picturesARow)
        .flatMap(({ label, lines, jpeg, lost }, nth) => {
          const at = xMm + nth * width;
          const box = { xMm: at, yMm: yMm + 1, widthMm: width - 2, heightMm: pictureHeight };
          const below = yMm + pictureHeight + textMm * 1.6;
          return [
            ...(jpeg === null
              ? [
                  { kind: 'rect' as const, ...box, lineMm: 0.3 },
                  ...textBlock({ ...box, xMm: at + 1.5, widthMm: width - 5 }, lost, small),
                ]
              : [{ kind: 'picture' as const, ...box, jpeg }]),
            textLine(at, below, width - 2, label, { ...small, weight: 'bold' }),
            ...lines.map((line, row) => textLine(at, below + (row + 1) * lineMm, width - 2, line, small)),
          ];
        }),
  }));
}

function digitStrips(label: string, hex: string, { xMm, widthMm, textMm }: Frame): Strip[] {
  const groups = inFours(hex).split(' ');
  const lines = Array.from({ length: Math.ceil(groups.length / 8) }, (_, nth) =>
    groups.slice(nth * 8, nth * 8 + 8).join('  '),
  );
  const sizeMm = textMm * 1.15;
  return [
    {
      heightMm: textMm * 1.4 + lines.length * sizeMm * 1.5 + 1,
      draw: (yMm) => [
        textLine(xMm, yMm + textMm, widthMm, label, { sizeMm: textMm * 0.78, minSizeMm: smallestMm }),
        ...lines.map((line, nth) =>
          textLine(xMm, yMm + textMm * 1.3 + sizeMm * (1.1 + nth * 1.5), widthMm, line, {
            sizeMm,
            minSizeMm: smallestMm,
            weight: 'bold',
          }),
        ),
      ],
    },
  ];
}
