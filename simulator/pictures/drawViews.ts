import type { PlateColour } from '../../station/vehicles/plateColour.ts';
import { drawPlate } from './draw.ts';

/** Where the other cameras of a scale look from. */
export const sideViews = ['rear', 'side', 'top', 'scale-house'] as const;
export type SideView = (typeof sideViews)[number];

export interface OnDeck {
  readonly plate: string;
  readonly colour: PlateColour;
  readonly cab: string;
  readonly loaded: boolean;
  /** Axle groups front to rear, as in `1+2+3`: three groups are a tractor with its trailer. */
  readonly layout: string;
}

/** What a camera of this view sees: the truck, or the free deck. Drawn, so that nobody takes it for a photograph. */
export function drawView(view: SideView, truck: OnDeck | null): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="960" height="540" viewBox="0 0 960 540">
${scenes[view](truck)}
<rect x="16" y="16" width="330" height="44" fill="#000" opacity=".55"/>
<text x="28" y="47" font-size="26" fill="#fff" font-family="Noto Sans CJK SC">演练 模拟车辆 SIMULATED</text>
</svg>`;
}

const sky =
  '<rect width="960" height="540" fill="#c3cfd7"/><rect y="330" width="960" height="210" fill="#77746e"/>';
const coal = '#26282b';

const scenes: Readonly<Record<SideView, (truck: OnDeck | null) => string>> = {
  rear: (truck) => `${sky}
<path d="M120 540 L300 330 H660 L840 540 z" fill="#5d6064"/>
${
  truck === null
    ? ''
    : `${truck.loaded ? `<path d="M300 130 q60 -50 130 -26 q90 -36 230 26 z" fill="${coal}"/>` : ''}
<rect x="290" y="126" width="380" height="280" rx="8" fill="#7d8790"/>
<path d="M350 126 v280 M410 126 v280 M480 126 v280 M550 126 v280 M610 126 v280" stroke="#646d75" stroke-width="8"/>
<rect x="300" y="404" width="360" height="54" fill="#2a2d30"/>
<rect x="306" y="412" width="62" height="26" fill="#b3261e"/><rect x="592" y="412" width="62" height="26" fill="#b3261e"/>
<rect x="318" y="440" width="66" height="66" rx="8" fill="#141516"/><rect x="576" y="440" width="66" height="66" rx="8" fill="#141516"/>
${drawPlate(truck.plate, truck.colour)}`
}`,
  side: (truck) => `${sky}
<rect x="40" y="430" width="880" height="26" fill="#4a4d50"/>
${truck === null ? '' : sideOf(truck)}`,
  top: (truck) => `<rect width="960" height="540" fill="#77746e"/>
<rect x="60" y="120" width="840" height="300" fill="#5d6064"/>
<path d="M60 120 h840 M60 420 h840" stroke="#e2c230" stroke-width="8"/>
${truck === null ? '' : topOf(truck)}`,
  'scale-house': () => `<rect width="960" height="540" fill="#d9d4c8"/>
<rect y="400" width="960" height="140" fill="#8d7b63"/>
<rect x="90" y="90" width="360" height="200" fill="#a9bccb" stroke="#fff" stroke-width="14"/>
<rect x="520" y="330" width="360" height="20" fill="#5b4a36"/><rect x="540" y="350" width="20" height="150" fill="#5b4a36"/><rect x="840" y="350" width="20" height="150" fill="#5b4a36"/>
<rect x="600" y="220" width="170" height="100" fill="#23282c"/><rect x="675" y="320" width="20" height="12" fill="#23282c"/>
<rect x="640" y="380" width="110" height="120" rx="20" fill="#3c4c62"/>`,
};

interface Shape {
  /** Where each axle stands, px from the left; the cab is at the left. */
  readonly axles: readonly number[];
  /** Where body or trailer ends. */
  readonly endPx: number;
  readonly articulated: boolean;
}

const wheelPx = 72;

function shapeOf(layout: string): Shape {
  const [front = 1, drive = 2, trailer] = layout.split('+').map(Number);
  const row = (count: number, from: number): number[] =>
    Array.from({ length: count }, (_, at) => from + at * wheelPx);
  const articulated = trailer !== undefined;
  const endPx = articulated ? 880 : front > 1 ? 800 : 720;
  const last = articulated ? row(trailer, endPx - 80 - (trailer - 1) * wheelPx) : [];
  const driven = articulated ? row(drive, 300) : row(drive, endPx - 90 - (drive - 1) * wheelPx);
  return { axles: [...row(front, 150), ...driven, ...last], endPx, articulated };
}

/** The cab of the front view from the left: its colour, window, lamp, bumper and roof rack. */
function sideOf({ cab, loaded, layout }: OnDeck): string {
  const { axles, endPx, articulated } = shapeOf(layout);
  const from = articulated ? 262 : 252;
  const stripes = Array.from({ length: Math.floor((endPx - from) / 80) }, (_, at) => from + 60 + at * 80);
  const middle = (endPx - from) / 3;
  return `<path d="M118 196 h120 v14 h-120 z" fill="#4d5257"/>
<path d="M110 208 h128 v192 h-148 v-120 z" fill="${cab}"/>
<path d="M122 222 h72 v70 h-92 z" fill="#2c3b46"/><path d="M128 230 h28 l-18 54 h-20 z" fill="#5f7889" opacity=".6"/>
<rect x="96" y="236" width="10" height="50" rx="4" fill="#222"/>
<rect x="206" y="222" width="3" height="150" fill="#1e2124" opacity=".4"/><rect x="196" y="300" width="22" height="6" rx="3" fill="#1e2124"/>
<rect x="90" y="330" width="16" height="24" rx="5" fill="#f6f2d8"/><rect x="84" y="372" width="154" height="28" rx="6" fill="#2a2d30"/>
${loaded ? `<path d="M${String(from + 10)} 214 q${String(middle / 2)} -76 ${String(middle)} -36 q${String(middle / 2)} -52 ${String(middle)} 4 q${String(middle / 2)} -24 ${String(middle - 20)} 32 z" fill="${coal}"/>` : ''}
<rect x="${String(from)}" y="210" width="${String(endPx - from)}" height="${articulated ? '142' : '150'}" fill="#7d8790"/>
<path d="${stripes.map((x) => `M${String(x)} 210 v${articulated ? '142' : '150'}`).join(' ')}" stroke="#646d75" stroke-width="8"/>
${
  articulated
    ? `<rect x="230" y="372" width="180" height="22" fill="#1f2224"/><rect x="300" y="352" width="${String(endPx - 300)}" height="20" fill="#2a2d30"/>`
    : `<rect x="230" y="360" width="${String(endPx - 230)}" height="34" fill="#2a2d30"/>`
}
${axles.map((x) => `<circle cx="${String(x)}" cy="400" r="34" fill="#141516"/><circle cx="${String(x)}" cy="400" r="13" fill="#777"/>`).join('')}`;
}

function topOf({ cab, loaded, layout }: OnDeck): string {
  const { endPx, articulated } = shapeOf(layout);
  const from = articulated ? 262 : 246;
  const width = endPx - from;
  const third = width / 3;
  return `<rect x="110" y="190" width="122" height="160" rx="14" fill="${cab}"/><rect x="116" y="204" width="22" height="132" rx="6" fill="#2c3b46"/>
<rect x="196" y="210" width="30" height="120" fill="#4d5257"/>
${articulated ? '<rect x="228" y="240" width="60" height="60" fill="#1f2224"/>' : ''}
<rect x="${String(from)}" y="180" width="${String(width)}" height="180" fill="#7d8790"/>
<rect x="${String(from + 14)}" y="194" width="${String(width - 28)}" height="152" fill="${loaded ? coal : '#9aa3ab'}"/>
${loaded ? `<path d="M${String(from + 40)} 270 q${String(third / 2)} -60 ${String(third)} -10 q${String(third / 2)} -50 ${String(third)} 10 q${String(-third / 2)} 50 ${String(-third)} 20 q${String(-third / 2)} 40 ${String(-third)} -20 z" fill="#3b3e42"/>` : ''}`;
}

/** The file a view's picture is kept in. */
export function viewName(view: SideView, truck: Pick<OnDeck, 'plate' | 'loaded'> | null): string {
  if (view === 'scale-house') return 'view-scale-house.jpg';
  if (truck === null) return `view-${view}-free.jpg`;
  return `view-${view}-${truck.plate.slice(1).toLowerCase()}-${truck.loaded ? 'loaded' : 'empty'}.jpg`;
}
