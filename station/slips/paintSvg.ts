import { assertNever } from '../assertNever.ts';
import { itemWidthMm } from './draw.ts';
import { oneLine } from './measure.ts';
import { darkRuns, outlineGrey, outlinePen, type PaperItem, type TextItem } from './paperItems.ts';
import { pagesOf, type Sheet } from './sheet.ts';

const fontFamily =
  "'Noto Sans SC','Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',sans-serif";
const anchors = { left: 'start', center: 'middle', right: 'end' } as const;
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return oneLine(text).replace(/[&<>"']/g, (char) => entities[char] ?? '');
}

function paintText(item: TextItem): string {
  const grey = Math.round(outlineGrey * 255);
  const ink =
    item.style === 'solid'
      ? ''
      : ` fill="none" stroke="rgb(${String(grey)},${String(grey)},${String(grey)})" stroke-width="${String(item.sizeMm * outlinePen)}"`;
  // The measured width holds whatever font the machine has, so that nothing runs out of its box.
  const width = itemWidthMm(item).toFixed(3);
  return (
    `<text x="${String(item.xMm)}" y="${String(item.yMm)}" font-size="${String(item.sizeMm)}"` +
    ` font-weight="${item.weight === 'bold' ? '700' : '400'}" text-anchor="${anchors[item.align]}"` +
    ` textLength="${width}" lengthAdjust="spacingAndGlyphs"${ink}>${escape(item.text)}</text>`
  );
}

function mm(value: number): string {
  return value.toFixed(4);
}

function paintItem(item: PaperItem): string {
  switch (item.kind) {
    case 'text':
      return item.text === '' ? '' : paintText(item);
    case 'line':
      return `<line x1="${String(item.x1Mm)}" y1="${String(item.y1Mm)}" x2="${String(item.x2Mm)}" y2="${String(item.y2Mm)}" stroke="#000" stroke-width="${String(item.lineMm)}"/>`;
    case 'rect':
      return `<rect x="${String(item.xMm)}" y="${String(item.yMm)}" width="${String(item.widthMm)}" height="${String(item.heightMm)}" fill="none" stroke="#000" stroke-width="${String(item.lineMm)}"/>`;
    case 'code': {
      const { xMm, yMm, moduleMm: size, modules } = item;
      const path = darkRuns(modules)
        .map(
          ({ row, from, length }) =>
            `M${mm(xMm + from * size)} ${mm(yMm + row * size)}h${mm(length * size)}v${mm(size)}h-${mm(length * size)}z`,
        )
        .join('');
      return `<path d="${path}" fill="#000" shape-rendering="crispEdges"/>`;
    }
    case 'picture':
      return `<image x="${String(item.xMm)}" y="${String(item.yMm)}" width="${String(item.widthMm)}" height="${String(item.heightMm)}" href="data:image/jpeg;base64,${item.jpeg.replace(/[^A-Za-z0-9+/=]/g, '')}"/>`;
    default:
      return assertNever(item);
  }
}

/** The first page, or the one asked for. */
export function paintSvg(layout: Sheet, page = 0): string {
  const width = String(layout.widthMm);
  const height = String(layout.heightMm);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}mm" height="${height}mm" viewBox="0 0 ${width} ${height}"` +
    ` role="img" lang="zh-CN" font-family="${fontFamily}" fill="#000">` +
    `<title>${escape(layout.title)}</title>` +
    `<rect width="${width}" height="${height}" fill="#fff"/>` +
    (pagesOf(layout)[page] ?? []).map(paintItem).join('') +
    '</svg>'
  );
}

/** A page that prints itself, each page of the paper on exactly one sheet; it loads nothing and runs nothing. */
export function paintPage(layout: Sheet): string {
  const pages = pagesOf(layout).map((_, page) => `<div>${paintSvg(layout, page)}</div>`);
  const size = `${String(layout.widthMm)}mm ${String(layout.heightMm)}mm`;
  return (
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">' +
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">` +
    `<title>${escape(layout.title)}</title>` +
    `<style>@page{size:${size};margin:0}html,body{margin:0;padding:0;background:#fff}` +
    `div{width:${String(layout.widthMm)}mm;height:${String(layout.heightMm)}mm;overflow:hidden;break-inside:avoid}svg{display:block}</style>` +
    `</head><body>${pages.join('')}</body></html>`
  );
}
