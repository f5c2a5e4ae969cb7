import type { PlateColour } from '../../station/vehicles/plateColour.ts';

export interface Drawn {
  /** Null draws a plate under mud. */
  readonly plate: string | null;
  readonly colour: PlateColour;
  readonly cab: string;
  /** A box of coal above the cab, or nothing. */
  readonly loaded: boolean;
}

const plateFill: Readonly<Partial<Record<PlateColour, string>>> = {
  yellow: '#f2b705',
  blue: '#1d4fb8',
  'gradient-green': '#57c07a',
};

/** A truck's front as a barrier camera sees it, drawn: nobody can take it for a photograph. */
export function drawTruck({ plate, colour, cab, loaded }: Drawn): string {
  const load = loaded
    ? '<path d="M300 96 q50 -46 110 -30 q60 -34 130 -8 q70 -18 120 38 z" fill="#26282b"/>'
    : '';
  return `<svg xmlns="http://www.w3.org/2000/svg" width="960" height="540" viewBox="0 0 960 540">
<defs>
<linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#a9bccb"/><stop offset="1" stop-color="#d9dfe2"/></linearGradient>
<linearGradient id="cab" x1="0" y1="0" x2="1" y2="0"><stop offset="0" stop-color="${cab}"/><stop offset=".5" stop-color="#fff" stop-opacity=".25"/><stop offset="1" stop-color="${cab}"/></linearGradient>
</defs>
<rect width="960" height="540" fill="url(#sky)"/>
<path d="M0 250 L200 170 L380 240 L620 150 L960 250 V300 H0 z" fill="#8d9894"/>
<rect y="290" width="960" height="250" fill="#7a7873"/>
<path d="M120 540 L300 300 H660 L840 540 z" fill="#5d6064"/>
<path d="M120 540 L300 300 M840 540 L660 300" stroke="#e2c230" stroke-width="10"/>
${load}
<rect x="290" y="92" width="380" height="70" fill="#4d5257"/>
<rect x="310" y="110" width="340" height="310" rx="18" fill="${cab}"/>
<rect x="310" y="110" width="340" height="310" rx="18" fill="url(#cab)" opacity=".5"/>
<path d="M332 150 h296 l12 96 h-320 z" fill="#2c3b46"/>
<path d="M345 158 h120 l-40 80 h-90 z" fill="#5f7889" opacity=".6"/>
<rect x="286" y="170" width="22" height="76" rx="5" fill="#222"/><rect x="652" y="170" width="22" height="76" rx="5" fill="#222"/>
<g fill="#1e2124"><rect x="390" y="270" width="180" height="16" rx="4"/><rect x="390" y="294" width="180" height="16" rx="4"/><rect x="390" y="318" width="180" height="16" rx="4"/></g>
<rect x="322" y="350" width="76" height="34" rx="8" fill="#f6f2d8"/><rect x="562" y="350" width="76" height="34" rx="8" fill="#f6f2d8"/>
<rect x="300" y="396" width="360" height="66" rx="8" fill="#2a2d30"/>
<rect x="318" y="440" width="66" height="60" rx="8" fill="#141516"/><rect x="576" y="440" width="66" height="60" rx="8" fill="#141516"/>
${drawPlate(plate, colour)}
<rect x="16" y="16" width="330" height="44" fill="#000" opacity=".55"/>
<text x="28" y="47" font-size="26" fill="#fff" font-family="Noto Sans CJK SC">演练 模拟车辆 SIMULATED</text>
</svg>`;
}

export function drawPlate(plate: string | null, colour: PlateColour): string {
  const frame = 'x="385" y="402" width="190" height="54" rx="5"';
  if (plate === null) {
    return `<rect ${frame} fill="#f2b705" stroke="#222" stroke-width="2"/>
<path d="M388 404 h184 v44 q-40 -14 -70 2 q-60 10 -114 -6 z" fill="#5b4a36"/>`;
  }
  const text = `${plate.slice(0, 2)}·${plate.slice(2)}`;
  const twoColours =
    colour === 'yellow-green'
      ? `<rect ${frame} fill="#57c07a"/><path d="M390 402 h52 v54 h-52 q-5 0 -5 -5 v-44 q0 -5 5 -5" fill="#f2b705"/>`
      : `<rect ${frame} fill="${plateFill[colour] ?? '#eee'}"/>`;
  return `${twoColours}<rect ${frame} fill="none" stroke="#222" stroke-width="2"/>
<text x="480" y="441" text-anchor="middle" textLength="172" lengthAdjust="spacingAndGlyphs" font-size="34" font-weight="700" font-family="Noto Sans CJK SC" fill="${colour === 'blue' ? '#fff' : '#111'}">${text}</text>`;
}
