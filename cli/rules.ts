import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { readRuleSet } from '../station/limits/readRuleSet.ts';
import { isKeyId, readRuleFileBy, readRuleKey, signRuleSet } from '../station/limits/ruleFile.ts';
import { ruleSetText } from '../station/limits/ruleSetHash.ts';
import { ruleSets } from '../station/limits/ruleSets/index.ts';
import type { Result } from '../station/result.ts';
import { err, ok } from '../station/result.ts';
import { readArguments, shown } from './arguments.ts';
import type { CommandIo } from './io.ts';

export const rulesUsage = `yuanheng rules keygen --out KEY.pem          a key to sign rule sets with
       yuanheng rules export [ID]                the program's own rule sets, as JSON to begin from
       yuanheng rules sign --key KEY.pem --key-id ID RULESET.json
       yuanheng rules verify --public BASE64 FILE`;

type Io = Pick<CommandIo, 'out' | 'err'>;

/** For whoever publishes rules: keys, signatures, and the rule sets to begin from. Returns the exit code. */
export function runRules(args: readonly string[], io: Io): number {
  const [command, ...rest] = args;
  const read = readArguments(rest, {
    values: ['out', 'key', 'key-id', 'public'],
    flags: ['help'],
    maxPositionals: 1,
  });
  if (command === undefined || command === '--help' || (read.ok && read.value.flags.has('help'))) {
    io.out(`usage: ${rulesUsage}`);
    return command === undefined ? 2 : 0;
  }
  if (!read.ok) return refuse(io, read.error);
  const { values, positionals } = read.value;
  const done =
    command === 'keygen'
      ? keygen(values.out)
      : command === 'export'
        ? exported(positionals[0])
        : command === 'sign'
          ? signed(positionals[0], values.key, values['key-id'])
          : command === 'verify'
            ? verified(positionals[0], values.public)
            : err(`unknown command ${shown(command)}; known are keygen, export, sign, verify`);
  if (!done.ok) return refuse(io, done.error);
  io.out(done.value);
  return 0;
}

function refuse(io: Io, message: string): number {
  io.err(`yuanheng rules: ${message}`);
  return 2;
}

function keygen(out: string | undefined): Result<string, string> {
  if (out === undefined) return err('--out KEY.pem is missing');
  const { privateKey } = generateKeyPairSync('ed25519');
  const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  try {
    writeFileSync(out, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600, flag: 'wx' });
  } catch {
    return err(`cannot write ${shown(out)}: is it there already?`);
  }
  const id = createHash('sha256').update(publicKey).digest('hex').slice(0, 16);
  return ok(JSON.stringify({ id, publicKey: publicKey.toString('base64') }));
}

function exported(id: string | undefined): Result<string, string> {
  const sets = id === undefined ? ruleSets : ruleSets.filter((set) => set.id === id);
  if (sets.length === 0)
    return err(`no rule set ${shown(id ?? '')}; known are ${ruleSets.map((set) => set.id).join(', ')}`);
  const texts = sets.map((set) => JSON.parse(ruleSetText(set)) as unknown);
  return ok(JSON.stringify(id === undefined ? texts : texts[0], null, 1));
}

function signed(
  file: string | undefined,
  key: string | undefined,
  keyId: string | undefined,
): Result<string, string> {
  if (file === undefined || key === undefined || keyId === undefined) {
    return err('--key KEY.pem, --key-id ID and a rule set are needed');
  }
  if (!isKeyId(keyId))
    return err('--key-id may have letters, digits, dots, hyphens and underscores, 64 at most');
  const text = readText(file);
  const pem = readText(key);
  if (!text.ok) return text;
  if (!pem.ok) return pem;
  let json: unknown;
  try {
    json = JSON.parse(text.value);
  } catch {
    return err(`${shown(file)} is not JSON`);
  }
  const read = readRuleSet(json);
  if (!read.ok) return err(`${shown(file)}: ${read.error}`);
  try {
    return ok(signRuleSet(read.value.set, keyId, pem.value).trimEnd());
  } catch {
    return err(`${shown(key)} is no Ed25519 private key`);
  }
}

function verified(file: string | undefined, publicKey: string | undefined): Result<string, string> {
  if (file === undefined || publicKey === undefined) return err('--public BASE64 and a file are needed');
  if (readRuleKey(publicKey) === null) return err('--public is no Ed25519 public key');
  const text = readText(file);
  if (!text.ok) return text;
  const read = readRuleFileBy(publicKey, text.value);
  if (!read.ok) return err(`${shown(file)}: ${read.error.detail}`);
  const { ruleSet, sha256, signedBy } = read.value;
  const { id, version, effectiveFrom } = ruleSet;
  return ok(JSON.stringify({ id, version, effectiveFrom: effectiveFrom.date, sha256, signedBy }));
}

function readText(file: string): Result<string, string> {
  try {
    return ok(readFileSync(file, 'utf8'));
  } catch {
    return err(`cannot read ${shown(file)}`);
  }
}
