import { create } from 'zustand';
import { showScreen } from '../../store/preferences.ts';

export const recordsTabs = ['crossings', 'manual', 'keys'] as const;
export type RecordsTab = (typeof recordsTabs)[number];

/** Which part of the records screen is shown. */
export const useRecordsTab = create<{ readonly tab: RecordsTab }>(() => ({ tab: 'crossings' }));

export function chooseTab(tab: RecordsTab): void {
  useRecordsTab.setState({ tab });
}

/** From wherever something is wrong to where it is put right. */
export function openRecords(tab: RecordsTab): void {
  chooseTab(tab);
  showScreen('records');
}
