import type { PlateColour } from '../../station/vehicles/plateColour.ts';

export interface PlateDrawing {
  readonly text: string;
  readonly colour: PlateColour;
  /** Rear plates of large vehicles and trailers have two rows (GA 36: 440 mm × 220 mm). */
  readonly rows: 1 | 2;
}

interface Paint {
  readonly ground: string;
  readonly ink: string;
}

const green = '#57c07a';
const yellow = '#f2b705';
const paints: Readonly<Record<PlateColour, Paint>> = {
  blue: { ground: '#1d4fb8', ink: '#fff' },
  yellow: { ground: yellow, ink: '#111' },
  black: { ground: '#16181a', ink: '#fff' },
  white: { ground: '#f4f4f2', ink: '#111' },
  green: { ground: green, ink: '#111' },
  'gradient-green': { ground: 'url(#nev)', ink: '#111' },
  'yellow-green': { ground: green, ink: '#111' },
  other: { ground: '#eee', ink: '#111' },
};

/** As printed: white suffixes of the frontier, a red one of the police. */
const inkOfLast: Readonly<Record<string, string>> = { 警: '#c8201c' };

/** Size in millimetres, as GA 36 has it. */
export function plateSize({ text, rows }: Pick<PlateDrawing, 'text' | 'rows'>): {
  readonly width: number;
  readonly height: number;
} {
  if (rows === 2) return { width: 440, height: 220 };
  return { width: text.length === 8 ? 480 : 440, height: 140 };
}

/** A number plate, drawn in millimetres with its upper left corner at 0, 0. */
export function drawNumberPlate(plate: PlateDrawing): string {
  const { text, colour, rows } = plate;
  const { width, height } = plateSize(plate);
  const { ground, ink } = paints[colour];
  const frame = `width="${String(width)}" height="${String(height)}" rx="10"`;
  const two =
    colour === 'yellow-green'
      ? `<path d="M10 0 H${String(width * 0.27)} V${String(height)} H10 q-10 0 -10 -10 V10 q0 -10 10 -10" fill="${yellow}"/>`
      : '';
  const inside = `<rect x="4" y="4" width="${String(width - 8)}" height="${String(height - 8)}" rx="8" fill="none" stroke="${ink}" stroke-width="3"/>`;
  const letters =
    rows === 2
      ? row(text.slice(0, 2), ink, { x: width * 0.25, y: 86, width: width * 0.5, size: 74 }) +
        row(text.slice(2), ink, { x: 26, y: 194, width: width - 52, size: 112 })
      : row(`${text.slice(0, 2)}·${text.slice(2)}`, ink, { x: 18, y: 110, width: width - 36, size: 102 });
  return `<defs><linearGradient id="nev" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#f2f7f3"/><stop offset="1" stop-color="${green}"/></linearGradient></defs><rect ${frame} fill="${ground}"/>${two}${inside}${letters}`;
}

function row(
  text: string,
  ink: string,
  at: { readonly x: number; readonly y: number; readonly width: number; readonly size: number },
): string {
  const last = inkOfLast[text.slice(-1)];
  const body =
    last === undefined ? text : `${text.slice(0, -1)}<tspan fill="${last}">${text.slice(-1)}</tspan>`;
  return `<text x="${String(at.x)}" y="${String(at.y)}" font-size="${String(at.size)}" textLength="${String(at.width)}" lengthAdjust="spacingAndGlyphs" font-weight="700" font-family="Noto Sans CJK SC" fill="${ink}">${body}</text>`;
}
