import type { PaperForm } from '../contract.ts';

/** What a report is made of; how it is laid out stands in `layOut.ts`. */
export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string; readonly strong?: boolean }
  | { readonly kind: 'facts'; readonly columns: 1 | 2 | 3 | 4; readonly facts: readonly Fact[] }
  | {
      readonly kind: 'table';
      readonly columns: readonly TableColumn[];
      readonly rows: readonly (readonly string[])[];
    }
  | { readonly kind: 'pictures'; readonly pictures: readonly ReportPicture[] }
  | { readonly kind: 'curve'; readonly points: readonly CurvePoint[] }
  /** Digits a person compares by eye, in groups of four. */
  | { readonly kind: 'digits'; readonly label: string; readonly hex: string }
  | { readonly kind: 'signatures'; readonly names: readonly string[] };

export interface Fact {
  readonly label: string;
  readonly value: string;
  readonly strong?: boolean;
}

export interface TableColumn {
  readonly head: string;
  /** Its part of the width. */
  readonly share: number;
  readonly right?: boolean;
}

export interface ReportPicture {
  readonly label: string;
  /** What stands below it: never on the picture itself, which is printed as the camera gave it. */
  readonly lines: readonly string[];
  /** JPEG in base64; null where there is none, or it is no longer what it was. */
  readonly jpeg: string | null;
  /** What stands in its place then. */
  readonly lost: string;
}

export interface CurvePoint {
  readonly afterMs: number;
  readonly kg: number | null;
}

export type ReportKind = 'trace' | 'inspection' | 'shift' | 'manifest';

export interface Report {
  readonly kind: ReportKind;
  readonly form: PaperForm;
  readonly zh: string;
  readonly en: string;
  /** Names it, and its file. */
  readonly number: string;
  readonly station: { readonly id: string; readonly name: string };
  readonly drill: boolean;
  readonly timeMs: number;
  readonly blocks: readonly Block[];
  /** At the foot of every page. */
  readonly foot: string;
}

/** `a3f0 91c2 …`: how people compare digits. */
export function inFours(hex: string): string {
  return (hex.match(/.{1,4}/g) ?? []).join(' ');
}
