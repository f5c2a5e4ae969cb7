import PDFDocument from 'pdfkit';
import { assertNever } from '../../station/assertNever.ts';
import { pagesOf, type Sheet } from '../../station/slips/sheet.ts';
import {
  darkRuns,
  outlineGrey,
  outlinePen,
  type PaperItem,
  type PictureItem,
  type TextItem,
} from '../../station/slips/paperItems.ts';
import type { Fonts } from './fonts.ts';

const pointsPerMm = 72 / 25.4;
const grey = Math.round(outlineGrey * 255);

function leftEdgeMm(item: TextItem, widthMm: number): number {
  if (item.align === 'left') return item.xMm;
  return item.align === 'right' ? item.xMm - widthMm : item.xMm - widthMm / 2;
}

function paintText(pdf: PDFKit.PDFDocument, item: TextItem): void {
  const outline = item.style === 'outline';
  pdf.font(item.weight).fontSize(item.sizeMm);
  if (outline) pdf.lineWidth(item.sizeMm * outlinePen).strokeColor([grey, grey, grey]);
  const naturalMm = pdf.widthOfString(item.text);
  const widthMm = Math.min(naturalMm, item.maxWidthMm);
  const options = {
    lineBreak: false,
    baseline: 'alphabetic' as const,
    fill: !outline,
    stroke: outline,
    // A few pairs of letters are kerned apart; a line they would push out of its box is set narrower.
    horizontalScaling: naturalMm > widthMm ? (widthMm / naturalMm) * 100 : 100,
  };
  pdf.text(item.text, leftEdgeMm(item, widthMm), item.yMm, options);
  if (outline) pdf.strokeColor('black');
}

function paintItem(pdf: PDFKit.PDFDocument, item: PaperItem): void {
  switch (item.kind) {
    case 'text':
      if (item.text !== '') paintText(pdf, item);
      return;
    case 'line':
      pdf.lineWidth(item.lineMm).moveTo(item.x1Mm, item.y1Mm).lineTo(item.x2Mm, item.y2Mm).stroke();
      return;
    case 'rect':
      pdf.lineWidth(item.lineMm).rect(item.xMm, item.yMm, item.widthMm, item.heightMm).stroke();
      return;
    case 'code': {
      const { xMm, yMm, moduleMm, modules } = item;
      for (const { row, from, length } of darkRuns(modules)) {
        pdf.rect(xMm + from * moduleMm, yMm + row * moduleMm, length * moduleMm, moduleMm);
      }
      pdf.fill('black');
      return;
    }
    case 'picture':
      paintPicture(pdf, item);
      return;
    default:
      assertNever(item);
  }
}

/** A camera's bytes are a stranger's: what is no picture leaves its box empty, and the paper comes out. */
function paintPicture(pdf: PDFKit.PDFDocument, item: PictureItem): void {
  const { xMm, yMm, widthMm, heightMm } = item;
  try {
    pdf.image(Buffer.from(item.jpeg, 'base64'), xMm, yMm, {
      fit: [widthMm, heightMm],
      align: 'center',
      valign: 'center',
    });
  } catch {
    pdf.lineWidth(0.2).rect(xMm, yMm, widthMm, heightMm).stroke();
  }
}

/** The same record gives the same bytes, on any machine and any day. */
export async function paintPdf(layout: Sheet, fonts: Fonts): Promise<Uint8Array> {
  const pdf = new PDFDocument({
    // Without a font named here pdfkit would read the metrics of Helvetica from its own folder.
    font: '',
    size: [layout.widthMm * pointsPerMm, layout.heightMm * pointsPerMm],
    margin: 0,
    lang: 'zh-CN',
    displayTitle: true,
    info: {
      Title: layout.title,
      Producer: 'Yuanheng',
      Creator: 'Yuanheng',
      CreationDate: new Date(layout.timeMs),
    },
  });
  const chunks: Uint8Array[] = [];
  const done = new Promise<Uint8Array>((resolve, reject) => {
    pdf.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    pdf.on('end', () => {
      resolve(Buffer.concat(chunks));
    });
    pdf.on('error', reject);
  });
  pdf.registerFont('regular', fonts.regular);
  pdf.registerFont('bold', fonts.bold);
  for (const [nth, items] of pagesOf(layout).entries()) {
    if (nth > 0) pdf.addPage();
    pdf.scale(pointsPerMm);
    for (const item of items) paintItem(pdf, item);
  }
  pdf.end();
  return done;
}
