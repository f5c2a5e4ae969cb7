import { setImmediate as nextTurn } from 'node:timers/promises';
import { Parser } from 'saxen';
import { SheetRefused } from './sheet.ts';

export interface XmlTaker {
  /** Names come without their prefix: programs differ in it. */
  readonly open: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly close?: (name: string) => void;
  readonly text?: (text: string) => void;
}

const chunkBytes = 64 * 1024;

/** Walks through an XML text a piece at a time, so that readings of the scale are taken in between. */
export async function walkXml(bytes: Uint8Array, { open, close, text }: XmlTaker): Promise<void> {
  const parser = new Parser();
  parser.on('error', (problem) => {
    throw problem;
  });
  parser.on('openTag', (name, attributes, decode) => {
    open(local(name), decoded(attributes(), decode));
  });
  if (close !== undefined) {
    parser.on('closeTag', (name) => {
      close(local(name));
    });
  }
  if (text !== undefined) {
    parser.on('text', (raw, decode) => {
      text(decode(raw));
    });
    parser.on('cdata', text);
  }
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    for (let at = 0; at < bytes.length; at += chunkBytes) {
      parser.write(decoder.decode(bytes.subarray(at, at + chunkBytes), { stream: true }));
      await nextTurn();
    }
    parser.write(decoder.decode());
    parser.end();
  } catch (problem) {
    if (problem instanceof SheetRefused) throw problem;
    throw new SheetRefused('not a whole .xlsx file');
  }
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function decoded(raw: unknown, decode: (text: string) => string): Record<string, string> {
  const attributes: Record<string, string> = Object.create(null) as Record<string, string>;
  if (typeof raw !== 'object' || raw === null) return attributes;
  for (const [name, value] of Object.entries(raw)) {
    if (typeof value === 'string') attributes[local(name)] = decode(value);
  }
  return attributes;
}
