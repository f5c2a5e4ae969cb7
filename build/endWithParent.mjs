const lookEveryMs = 500;

/**
 * Calls `end` once when the process that started this one is gone. The shell between npm and a script ends on a signal
 * without passing it on, and what it started would run on unseen.
 */
export function endWithParent(end) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    end();
  }, lookEveryMs);
  timer.unref();
}
