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
${
  truck === null
    ? ''
    : `<rect x="90" y="210" width="150" height="190" rx="14" fill="${truck.cab}"/>
<rect x="106" y="232" width="80" height="66" rx="6" fill="#2c3b46"/>
${truck.loaded ? `<path d="M270 214 q80 -70 180 -34 q130 -56 250 6 q90 -20 150 28 z" fill="${coal}"/>` : ''}
<rect x="260" y="210" width="600" height="150" fill="#7d8790"/>
<path d="M340 210 v150 M420 210 v150 M500 210 v150 M580 210 v150 M660 210 v150 M740 210 v150" stroke="#646d75" stroke-width="8"/>
<rect x="230" y="360" width="640" height="34" fill="#2a2d30"/>
${[150, 300, 370, 650, 725, 800].map((x) => `<circle cx="${String(x)}" cy="400" r="34" fill="#141516"/><circle cx="${String(x)}" cy="400" r="13" fill="#777"/>`).join('')}`
}`,
  top: (truck) => `<rect width="960" height="540" fill="#77746e"/>
<rect x="60" y="120" width="840" height="300" fill="#5d6064"/>
<path d="M60 120 h840 M60 420 h840" stroke="#e2c230" stroke-width="8"/>
${
  truck === null
    ? ''
    : `<rect x="110" y="190" width="120" height="160" rx="14" fill="${truck.cab}"/>
<rect x="250" y="180" width="600" height="180" fill="#7d8790"/>
<rect x="264" y="194" width="572" height="152" fill="${truck.loaded ? coal : '#9aa3ab'}"/>
${truck.loaded ? '<path d="M300 270 q90 -60 190 -10 q120 -50 300 10 q-120 50 -240 20 q-130 40 -250 -20 z" fill="#3b3e42"/>' : ''}`
}`,
  'scale-house': () => `<rect width="960" height="540" fill="#d9d4c8"/>
<rect y="400" width="960" height="140" fill="#8d7b63"/>
<rect x="90" y="90" width="360" height="200" fill="#a9bccb" stroke="#fff" stroke-width="14"/>
<rect x="520" y="330" width="360" height="20" fill="#5b4a36"/><rect x="540" y="350" width="20" height="150" fill="#5b4a36"/><rect x="840" y="350" width="20" height="150" fill="#5b4a36"/>
<rect x="600" y="220" width="170" height="100" fill="#23282c"/><rect x="675" y="320" width="20" height="12" fill="#23282c"/>
<rect x="640" y="380" width="110" height="120" rx="20" fill="#3c4c62"/>`,
};

/** The file a view's picture is kept in; only the rear shows whose truck it is. */
export function viewName(view: SideView, truck: Pick<OnDeck, 'plate' | 'loaded'> | null): string {
  if (view === 'scale-house') return 'view-scale-house.jpg';
  if (truck === null) return `view-${view}-free.jpg`;
  const load = truck.loaded ? 'loaded' : 'empty';
  return view === 'rear'
    ? `view-rear-${truck.plate.slice(1).toLowerCase()}-${load}.jpg`
    : `view-${view}-${load}.jpg`;
}
