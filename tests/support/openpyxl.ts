import { execFileSync, spawnSync } from 'node:child_process';

/** Debian's own Python: another one on the path would not find Debian's packages. */
const python = '/usr/bin/python3';
/** python3-openpyxl: a reader and writer of spreadsheets that shares nothing with ours. */
export const hasOpenpyxl = spawnSync(python, ['-c', 'import openpyxl']).status === 0;

/** Runs Python statements with openpyxl as `x`; they print JSON. */
export function openpyxl(statements: string, ...args: readonly string[]): unknown {
  const program = `import json, sys, datetime, openpyxl as x\n${statements}`;
  const printed = execFileSync(python, ['-c', program, ...args], {
    encoding: 'utf8',
    env: { ...process.env, PYTHONIOENCODING: 'utf-8' },
    maxBuffer: 64 * 1024 * 1024,
  });
  return printed === '' ? null : JSON.parse(printed);
}
