import type { LoadingWords } from './loadingZh.ts';

export const loadingEn: LoadingWords = {
  title: 'Loading',
  drill: 'DRILL',
  room: 'Room for',
  over: 'Over by',
  unload: 'Take off',
  unloadAny: 'Refused: ask the scale house',
  barred: 'Do not load',
  refused: 'Refused',
  undecided: 'Not decided',
  unknown: 'Unknown',
  advice: 'Aim at',
  usual: 'usually',
  tare: 'Tare',
  limit: 'Limit',
  onScale: 'On the scale',
  emptyScale: 'Empty scale',
  noWeight: 'No weight',
  trucks: 'Trucks in the yard',
  noTrucks: 'No truck to load',
  noLimit: 'Not in the register: limit unknown',
  ago: (minutes) =>
    minutes < 60 ? `${String(minutes)} min ago` : `${String(Math.trunc(minutes / 60))} h ago`,
  down: 'Connection lost: no weight',
  connecting: 'Connecting',
  language: '中文',
};
