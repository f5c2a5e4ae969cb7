/** Drawn plates of every kind, as a yard's cameras would see them: far, turned, dirty, dim, out of focus. */
import type { Browser } from 'playwright-core';
import { provinces } from '../../station/vehicles/plate.ts';
import { seededChance } from '../chance.ts';
import type { PlateDrawing } from './drawPlate.ts';
import { drawNumberPlate, plateSize } from './drawPlate.ts';

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const figures = '0123456789';
const both = letters + figures;

/** One of the characters. */
type Draw = (from: string) => string;

const sorts = {
  'blue, one row': (pick) => ({ text: start(pick) + some(pick, both, 5), colour: 'blue', rows: 1 }),
  'yellow, one row': (pick) => ({ text: start(pick) + some(pick, both, 5), colour: 'yellow', rows: 1 }),
  'yellow, two rows': (pick) => ({ text: start(pick) + some(pick, both, 5), colour: 'yellow', rows: 2 }),
  'trailer, two rows': (pick) => ({
    text: `${start(pick)}${some(pick, both, 4)}挂`,
    colour: 'yellow',
    rows: 2,
  }),
  'new energy, small': (pick) => ({
    text: start(pick) + pick('ADFHJK') + pick(both) + some(pick, figures, 4),
    colour: 'gradient-green',
    rows: 1,
  }),
  'new energy, large': (pick) => ({
    text: start(pick) + some(pick, figures, 5) + pick('ADFHJK'),
    colour: 'yellow-green',
    rows: 1,
  }),
  'police, white': (pick) => ({ text: `${start(pick)}${some(pick, both, 4)}警`, colour: 'white', rows: 1 }),
  'driving school': (pick) => ({ text: `${start(pick)}${some(pick, both, 4)}学`, colour: 'yellow', rows: 1 }),
  'Hong Kong, black': (pick) => ({ text: `粤Z${some(pick, both, 4)}港`, colour: 'black', rows: 1 }),
} satisfies Readonly<Record<string, (pick: Draw) => PlateDrawing>>;
export type PlateSort = keyof typeof sorts;
export const plateSorts = Object.keys(sorts) as readonly PlateSort[];

function start(pick: Draw): string {
  return pick(provinces) + pick(letters);
}

function some(pick: Draw, from: string, count: number): string {
  return Array.from({ length: count }, () => pick(from)).join('');
}

export interface PlatePicture {
  readonly plate: PlateDrawing;
  readonly jpeg: Uint8Array;
}

/** 1280 × 720, as the yardstick for evidence has it. */
const view = { width: 1280, height: 720 };

export async function drawPlates(
  browser: Browser,
  sort: PlateSort,
  count: number,
  hard: boolean,
): Promise<readonly PlatePicture[]> {
  const random = seededChance(
    Array.from(sort).reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), hard ? 7 : 3),
  );
  const pick: Draw = (from) => {
    const characters = Array.from(from);
    return characters[Math.floor(random() * characters.length)] ?? '';
  };
  const between = (from: number, to: number): number => from + random() * (to - from);
  const page = await browser.newPage({ viewport: view });
  const pictures: PlatePicture[] = [];
  for (let nth = 0; nth < count; nth += 1) {
    const plate: PlateDrawing = sorts[sort](pick);
    await page.setContent(scene(plate, hard, between));
    const quality = Math.round(hard ? between(35, 60) : 75);
    pictures.push({ plate, jpeg: await page.screenshot({ type: 'jpeg', quality }) });
  }
  await page.close();
  return pictures;
}

/** `hard`: smaller, turned further, out of focus, dim, with mud over part of it. */
function scene(plate: PlateDrawing, hard: boolean, between: (from: number, to: number) => number): string {
  const { width, height } = plateSize(plate);
  const across = hard ? between(90, 200) : between(150, 320);
  const scale = across / width;
  const turn = hard ? between(-9, 9) : between(-3, 3);
  const skew = hard ? between(-10, 10) : between(-3, 3);
  const x = between(160, view.width - 480);
  const y = between(330, view.height - 220);
  const blur = hard ? between(0.3, 1.1) : 0.2;
  const light = hard ? between(0.45, 0.9) : between(0.9, 1);
  const cab = ['#b8352d', '#2d62a3', '#d8d5cc', '#d98a1f', '#3f7d56'][Math.floor(between(0, 5))] ?? '#888';
  const mud = hard
    ? Array.from({ length: 6 }, () => {
        const [at, down] = [between(0, width), between(0, height)];
        return `<circle cx="${String(at)}" cy="${String(down)}" r="${String(between(6, 18))}" fill="#6b5a44" opacity=".45"/>`;
      }).join('')
    : '';
  return `<body style="margin:0"><svg xmlns="http://www.w3.org/2000/svg" width="${String(view.width)}" height="${String(view.height)}" style="filter:brightness(${String(light)}) blur(${String(blur)}px)">
<rect width="1280" height="720" fill="#9aa7ae"/><rect y="420" width="1280" height="300" fill="#77756f"/>
<rect x="${String(x - 90)}" y="60" width="${String(across + 180)}" height="${String(y + height * scale + 10)}" rx="20" fill="${cab}"/>
<rect x="${String(x - 60)}" y="100" width="${String(across + 120)}" height="150" fill="#2c3b46"/>
<rect x="${String(x - 80)}" y="${String(y - 24)}" width="${String(across + 160)}" height="${String(height * scale + 48)}" fill="#2a2d30"/>
<text x="24" y="44" font-size="28" fill="#fff" font-family="Noto Sans CJK SC">2026-11-23 08:15:33  入口</text>
<g transform="translate(${String(x)} ${String(y)}) rotate(${String(turn)}) skewX(${String(skew)}) scale(${String(scale)})">${drawNumberPlate(plate)}${mud}</g>
</svg></body>`;
}
