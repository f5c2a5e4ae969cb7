import { spawn } from 'node:child_process';

export interface ToolOutput {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export type ToolRun =
  ({ readonly kind: 'ended' } & ToolOutput) | { readonly kind: 'missing' } | { readonly kind: 'timed-out' };

const maxOutputBytes = 64 * 1024;

/** Messages in English whatever the machine speaks, and nothing of our own environment beyond what lp needs. */
function environment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'HOME', 'USER', 'CUPS_SERVER'];
  const pairs = kept
    .map((name) => [name, process.env[name]] as const)
    .filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(pairs), LC_ALL: 'C', LANG: 'C' };
}

/** Runs one program without a shell, with bounded output and a bounded time. */
export function runTool(
  program: string,
  args: readonly string[],
  input: Uint8Array | null,
  timeoutMs: number,
): Promise<ToolRun> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      env: environment(),
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
    }, timeoutMs);
    const collect = (stream: NodeJS.ReadableStream): (() => string) => {
      let text = '';
      stream.on('data', (chunk: Buffer) => {
        if (text.length < maxOutputBytes)
          text += chunk.toString('utf8').slice(0, maxOutputBytes - text.length);
      });
      return () => text;
    };
    const stdout = collect(child.stdout);
    const stderr = collect(child.stderr);
    child.on('error', () => {
      clearTimeout(timer);
      resolve({ kind: 'missing' });
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve(timedOut ? { kind: 'timed-out' } : { kind: 'ended', code, stdout: stdout(), stderr: stderr() });
    });
    // A tool that ends before it has read everything is judged by its exit code, not by the broken pipe.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input ?? undefined);
  });
}
