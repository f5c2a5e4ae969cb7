const words: readonly (readonly [RegExp, string])[] = [
  [/^SQLITE_BUSY/, '另一个程序正在使用这些记录，先把它关掉 another program holds this store: close it first'],
  [/^(SQLITE_FULL|ENOSPC|EDQUOT|EFBIG)/, '磁盘已满，腾出空间 the disk is full: make room'],
  [
    /^(SQLITE_READONLY|SQLITE_CANTOPEN|EROFS|EACCES|EPERM)/,
    '磁盘只读或没有权限 the folder cannot be written: read-only, or no right to',
  ],
  [
    /^(SQLITE_CORRUPT|SQLITE_NOTADB)/,
    '记录文件已损坏，停用并从备份恢复 the store is damaged: stop and restore a backup',
  ],
  [
    /^(ENOENT|ENODEV|ENXIO|ENOTCONN|ESTALE)/,
    '磁盘不见了，检查磁盘和连线 the disk is gone: check it and its cable',
  ],
  [/^(SQLITE_IOERR|EIO)/, '磁盘读写出错，检查磁盘 the disk fails: check it'],
];

/** What a store's refusal means and what to do, in both languages, with the technical reason behind it. */
export function storeProblem(problem: unknown): string {
  const detail = problem instanceof Error ? problem.message : String(problem);
  const code = problem instanceof Error && 'code' in problem ? String(problem.code) : '';
  const said = words.find(([form]) => form.test(code))?.[1];
  return said === undefined ? detail : `${said} (${detail})`;
}

/** Whether it is the disk that refuses, or another program that holds the store, and not what was to be written. */
export function isOfTheDisk(problem: unknown): boolean {
  const code = problem instanceof Error && 'code' in problem ? String(problem.code) : '';
  return words.some(([form]) => form.test(code));
}
