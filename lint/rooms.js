import { dirname, relative, resolve, sep } from 'node:path';

/**
 * Who may import whom. Arrows point one way: electron, cli -> native -> station;
 * the screens know the station only by its contract; simulator and platform know nothing of native.
 */
export const arrows = {
  station: [],
  native: ['station'],
  simulator: ['station'],
  platform: ['station'],
  renderer: ['station/contract.ts', 'station/assertNever.ts', 'station/result.ts'],
  verifier: [
    'station',
    'native/evidence/checkBundle.ts',
    'native/evidence/faultWords.ts',
    'native/evidence/stationOfBundle.ts',
    'native/evidence/zipIn.ts',
  ],
  electron: ['native', 'station', 'simulator', 'cli/main.ts'],
  cli: ['native', 'station', 'simulator', 'platform'],
  bench: ['native', 'station', 'simulator', 'platform', 'cli', 'tests', 'build'],
  tests: ['native', 'station', 'simulator', 'platform', 'cli', 'electron', 'renderer', 'build'],
};

const root = resolve(import.meta.dirname, '..');

function inside(file) {
  return relative(root, file).split(sep).join('/');
}

function check(context, node, source) {
  if (!source.startsWith('.')) return;
  const from = inside(context.filename);
  const to = inside(resolve(dirname(context.filename), source));
  const [fromRoom] = from.split('/');
  const [toRoom] = to.split('/');
  const allowed = arrows[fromRoom];
  if (allowed === undefined || fromRoom === toRoom) return;
  if (allowed.some((target) => target === toRoom || target === to)) return;
  context.report({ node, messageId: 'wrongWay', data: { from: fromRoom, to } });
}

/** House rule: a file of one room may import only the rooms its arrows point to. */
export const rooms = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { wrongWay: '{{from}}/ may not import {{to}} (see docs/architecture.md, Rooms)' },
  },
  create(context) {
    return {
      ImportDeclaration: (node) => check(context, node, node.source.value),
      ExportNamedDeclaration: (node) => node.source && check(context, node, node.source.value),
      ExportAllDeclaration: (node) => check(context, node, node.source.value),
      ImportExpression: (node) =>
        node.source.type === 'Literal' &&
        typeof node.source.value === 'string' &&
        check(context, node, node.source.value),
    };
  },
};
