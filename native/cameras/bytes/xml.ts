import { Parser } from 'saxen';
import type { Result } from '../../../station/result.ts';
import { err, ok } from '../../../station/result.ts';

export interface XmlNode {
  /** Without its prefix: the same firmware family writes different ones. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly children: readonly XmlNode[];
}

const longest = 1_000_000;
const deepest = 40;
const mostNodes = 5000;

class Refused extends Error {
  readonly fault: 'not-xml' | 'xml-with-entities';

  constructor(fault: 'not-xml' | 'xml-with-entities') {
    super(fault);
    this.fault = fault;
  }
}

interface Open {
  readonly name: string;
  readonly attributes: Record<string, string>;
  text: string;
  readonly children: XmlNode[];
}

/**
 * An XML text as a bounded tree. Values stay text: a plate of figures is no number. A document type is
 * refused, so that no entity can grow (billion laughs) or read a file.
 */
export function readXml(text: string): Result<XmlNode, 'not-xml' | 'xml-with-entities'> {
  if (text.length > longest) return err('not-xml');
  const root: Open = { name: '', attributes: {}, text: '', children: [] };
  const stack: Open[] = [root];
  let nodes = 0;
  const parser = new Parser();
  parser.on('error', () => {
    throw new Refused('not-xml');
  });
  parser.on('attention', (what) => {
    if (/^<!(DOCTYPE|ENTITY)/i.test(what)) throw new Refused('xml-with-entities');
  });
  parser.on('openTag', (name, attributes, decode) => {
    nodes += 1;
    if (nodes > mostNodes || stack.length > deepest) throw new Refused('not-xml');
    stack.push({
      name: local(name),
      attributes: readAttributes(attributes(), decode),
      text: '',
      children: [],
    });
  });
  parser.on('closeTag', (name) => {
    const closed = stack.pop();
    const around = stack.at(-1);
    if (closed === undefined || around === undefined || closed.name !== local(name)) {
      throw new Refused('not-xml');
    }
    around.children.push({ ...closed, text: closed.text.trim() });
  });
  const add = (more: string): void => {
    const open = stack.at(-1);
    if (open !== undefined) open.text += more;
  };
  parser.on('text', (raw, decode) => {
    add(decode(raw));
  });
  parser.on('cdata', add);
  try {
    parser.write(text.replace(/^\uFEFF/, '').trimStart());
    parser.end();
  } catch (problem) {
    return err(problem instanceof Refused ? problem.fault : 'not-xml');
  }
  const [only, ...more] = root.children;
  return only === undefined || more.length > 0 || stack.length !== 1 ? err('not-xml') : ok(only);
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function readAttributes(raw: unknown, decode: (text: string) => string): Record<string, string> {
  const attributes: Record<string, string> = Object.create(null) as Record<string, string>;
  if (typeof raw !== 'object' || raw === null) return attributes;
  for (const [name, value] of Object.entries(raw)) {
    if (typeof value === 'string') attributes[local(name)] = decode(value);
  }
  return attributes;
}

/** The first element of this name anywhere below, the nearest to the top first. */
export function findIn(node: XmlNode, name: string): XmlNode | null {
  const queue: XmlNode[] = [...node.children];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    if (next.name === name) return next;
    queue.push(...next.children);
  }
  return null;
}

export function findAll(node: XmlNode, name: string): readonly XmlNode[] {
  return node.children.flatMap((child) => [...(child.name === name ? [child] : []), ...findAll(child, name)]);
}

/** The text of a child by the path of its names; empty when there is none. */
export function textAt(node: XmlNode, ...path: readonly string[]): string {
  let at: XmlNode | undefined = node;
  for (const name of path) at = at?.children.find((child) => child.name === name);
  return at?.text ?? '';
}
