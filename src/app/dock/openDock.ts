import type { Preferences } from '../preferences';

/** The document whose dock is open. */
const OPEN_FOR = 'dock';

/** Whether the dock of a document was open when it was seen last. */
export function wasDockOpen(preferences: Preferences, documentId: string): boolean {
  return preferences.get(OPEN_FOR) === documentId;
}

export function keepDockOpen(preferences: Preferences, documentId: string | null): void {
  preferences.set(OPEN_FOR, documentId);
}
