import type { CopiesWords } from './copiesZh.ts';

export const copiesEn: CopiesWords = {
  title: 'Anchors and backups',
  anchors: 'Anchors (the ledger’s head, kept outside this computer)',
  backups: 'Backups',
  none: 'None set up: the installer names them in the settings file',
  never: 'none yet',
  running: 'backing up…',
  sameDisk: 'on the records’ own disk: it dies with them',
  clockBehind:
    'the clock stood behind the ledger: its time is not to be relied on; set the clock, back up again',
  platform: (sequence, head) =>
    sequence === null
      ? 'Platform: nothing acknowledged yet'
      : `Platform: acknowledged up to event ${String(sequence)} of ${String(head)}`,
  printed: (sequence, time) => `Shift report: the head at event ${String(sequence)}, printed ${time}`,
  laid: (sequence, time) => `event ${String(sequence)} · ${time}`,
  made: (time, sequence, megabytes, pictures) =>
    `${time} · to event ${String(sequence)} · ${megabytes} MB · ${String(pictures)} pictures`,
  problems: {
    missing: 'not there: plug in the stick or share',
    full: 'no room: clear it or take another disk',
    'read-only': 'cannot be written: read-only or no right to',
    slow: 'does not answer: check the disk or network',
    damaged: 'does not check out: not taken',
    failed: 'did not work',
  },
  backUpNow: 'Back up now',
  anchorNow: 'Anchor now',
  back: 'Back',
  contradiction: {
    ahead: 'Events are known outside that this computer lacks: an old backup was probably put back',
    unlike: 'Another event is known outside than stands here: the ledger was rewritten or exchanged',
  },
  range: (from, to, until, place) =>
    `Events ${String(from)} to ${String(to)} (until ${until}), known from ${place}`,
  whatToDo:
    'Look for a newer backup first. Only when there is none, the manager states why and accepts the loss; the ledger says so for good, and those numbers are never used again.',
  reason: 'Reason',
  acceptLoss: 'Accept the loss and go on',
  clock: { ntp: 'Clock synchronised', system: 'Clock unknown', free: 'Clock not synchronised' },
};
