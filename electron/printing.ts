import type { Session } from 'electron';
import { BrowserWindow, session } from 'electron';
import type { PrintJob } from './messages.ts';

const printTimeoutMs = 30_000;

/** Papers share nothing with the screens, not even a cache. */
export function paperSession(): Session {
  return session.fromPartition('paper');
}

/** Prints one page through the system's printer, in a hidden window that can run nothing and reach nothing. */
export async function printPage(job: PrintJob): Promise<{ ok: boolean; error?: string }> {
  const window = new BrowserWindow({
    show: false,
    webPreferences: { sandbox: true, javascript: false, contextIsolation: true, session: paperSession() },
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<{ ok: boolean; error: string }>((resolve) => {
    timer = setTimeout(() => {
      resolve({ ok: false, error: '打印长时间没有完成 Printing did not finish in time' });
    }, printTimeoutMs);
  });
  try {
    return await Promise.race([send(window, job), late]);
  } catch (problem) {
    return { ok: false, error: problem instanceof Error ? problem.message : String(problem) };
  } finally {
    clearTimeout(timer);
    window.destroy();
  }
}

async function send(window: BrowserWindow, job: PrintJob): Promise<{ ok: boolean; error?: string }> {
  await window.loadURL(
    `data:text/html;charset=utf-8;base64,${Buffer.from(job.html, 'utf8').toString('base64')}`,
  );
  return new Promise((resolve) => {
    window.webContents.print(
      {
        silent: true,
        printBackground: true,
        margins: { marginType: 'none' },
        pageSize: { width: job.widthMicrons, height: job.heightMicrons },
        ...(job.printer === null ? {} : { deviceName: job.printer }),
      },
      (ok, reason) => {
        resolve(ok ? { ok } : { ok, error: `打印机没有接受 The printer refused: ${reason}` });
      },
    );
  });
}
