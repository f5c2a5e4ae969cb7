import type { PaperForm } from '../../station/contract.ts';
import { err, ok, type Result } from '../../station/result.ts';
import type { Sheet } from '../../station/slips/sheet.ts';
import { readFonts, type FontFiles } from './fonts.ts';
import { paintPdf } from './paintPdf.ts';
import type { PaperPrinter, PrintFailure } from './printer.ts';
import { runTool, type ToolRun } from './runTool.ts';

export interface CupsOptions {
  /** A host or a socket path other than the machine's own CUPS. */
  readonly server?: string;
  readonly timeoutMs?: number;
  /** Other fonts than the program's own. */
  readonly fontFiles?: FontFiles;
  /** Other programs than `lp` and `lpstat` of the PATH. */
  readonly lp?: string;
  readonly lpstat?: string;
}

const notRunning = '打印服务 CUPS 没有运行 The print service CUPS is not running';
const printTimeoutMs = 20_000;
/** What CUPS allows in a destination, and nothing that reads as an option. */
const printerName = /^[\p{L}\p{N}_][\p{L}\p{N}_.@-]{0,126}$/u;
const media: Readonly<Record<PaperForm, string>> = { '241x140': 'Custom.241x140mm', A4: 'A4' };

function failure(code: PrintFailure['code'], detail: string): PrintFailure {
  return { code, detail };
}

/** lp's own words, sorted into what a person can do about them. */
function explain(words: string): PrintFailure {
  const said = words.replace(/\s+/g, ' ').trim().slice(0, 300);
  if (/does not exist|unknown destination|not found/i.test(said)) {
    return failure('no-such-printer', `系统里没有这台打印机 No such printer (${said})`);
  }
  if (/no (system )?default destination/i.test(said)) {
    return failure('no-such-printer', `没有设置默认打印机，请选择打印机 No default printer is set (${said})`);
  }
  if (/scheduler|unable to connect|connect to server|connection refused|bad file descriptor/i.test(said)) {
    return failure('spooler-not-running', notRunning);
  }
  return failure('refused', `打印服务没有接受 The print service refused the job (${said || '?'})`);
}

function judge(run: ToolRun, tool: string): Result<string, PrintFailure> {
  if (run.kind === 'missing') {
    return err(
      failure('tool-missing', `本机没有 ${tool} 命令，请安装 cups-client The ${tool} command is missing`),
    );
  }
  if (run.kind === 'timed-out') {
    return err(failure('timed-out', '打印服务长时间没有回应 The print service did not answer in time'));
  }
  return run.code === 0 ? ok(run.stdout) : err(explain(run.stderr || run.stdout));
}

function serverArgs(options: CupsOptions): readonly string[] {
  return options.server === undefined ? [] : ['-h', options.server];
}

/** ASCII only: lp runs in the C locale, where it takes no other title. */
function jobTitle(paper: Sheet): string {
  return `${paper.displayNumber.replace(/[^A-Za-z0-9]+/g, ' ').trim()} ${paper.kind}`;
}

/** Prints through CUPS: the PDF goes to `lp` on its standard input. */
export function lpPrinter(options: CupsOptions = {}): PaperPrinter {
  return async (paper, name) => {
    if (name !== null && !printerName.test(name)) {
      return err(
        failure(
          'bad-printer-name',
          `打印机名称不能用 Not a printer name: ${JSON.stringify(name.slice(0, 80))}`,
        ),
      );
    }
    const fonts = await readFonts(options.fontFiles);
    if (!fonts.ok) return fonts;
    const bytes = await paintPdf(paper, fonts.value);
    const args = [
      ...serverArgs(options),
      ...(name === null ? [] : ['-d', name]),
      '-t',
      jobTitle(paper),
      '-o',
      `media=${media[paper.form]}`,
      '-o',
      'print-scaling=none',
      '-o',
      'sides=one-sided',
    ];
    const run = await runTool(options.lp ?? 'lp', args, bytes, options.timeoutMs ?? printTimeoutMs);
    const said = judge(run, 'lp');
    if (said.ok) return ok({ detail: said.value.trim() });
    // Of a dead service lp says only that the printer does not exist.
    const dead = said.error.code === 'no-such-printer' && !(await isRunning(options));
    return dead ? err(failure('spooler-not-running', notRunning)) : said;
  };
}

function askLpstat(options: CupsOptions, question: '-e' | '-r'): Promise<ToolRun> {
  const args = [...serverArgs(options), question];
  return runTool(options.lpstat ?? 'lpstat', args, null, options.timeoutMs ?? printTimeoutMs);
}

async function isRunning(options: CupsOptions): Promise<boolean> {
  const run = await askLpstat(options, '-r');
  return run.kind !== 'ended' || !/not running/i.test(run.stdout);
}

/** The names of the printers CUPS knows. */
export async function listPrinters(
  options: CupsOptions = {},
): Promise<Result<readonly string[], PrintFailure>> {
  const said = judge(await askLpstat(options, '-e'), 'lpstat');
  if (!said.ok) return said;
  const names = said.value
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => printerName.test(line));
  return names.length === 0 && !(await isRunning(options))
    ? err(failure('spooler-not-running', notRunning))
    : ok(names);
}
