import { create } from 'zustand';

/** Which weighing the passages screen shows in detail; null shows the list. */
export const useOpenPassage = create<{ readonly number: number | null }>(() => ({ number: null }));

export function openPassage(number: number | null): void {
  useOpenPassage.setState({ number });
}
