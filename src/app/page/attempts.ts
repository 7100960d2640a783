import type { Preferences } from '../preferences';

/**
 * Notes what is being opened, where the tab keeps it, until it is drawn. Who comes back to the page and finds the note knows that the
 * page went down over it: it hung, it was killed, or drawing failed.
 */
export interface Attempts {
  /** Whether the page went down over it; asked once, which forgets it. */
  tookDown(what: string): boolean;
  begin(what: string): void;
  /** It is there, or was refused. */
  end(what: string): void;
  /** The page is left in good order. */
  leave(): void;
  /** The page has gone down: what was begun last is to blame. */
  blame(): void;
}

const NAME = 'opening';
/** Before the note of what is to blame: leaving the page does not take it back. */
const BLAMED = '!';

export function createAttempts(ofTab: Preferences): Attempts {
  const read = (): string[] => ofTab.get(NAME)?.split('\n') ?? [];
  const write = (notes: readonly string[]): void =>
    ofTab.set(NAME, notes.length === 0 ? null : notes.join('\n'));
  // Of the page before, which went down over what it had begun last.
  const notes = read();
  let culprit = notes.find((note) => note.startsWith(BLAMED))?.slice(1) ?? notes.at(-1);
  write(culprit === undefined ? [] : [BLAMED + culprit]);
  return {
    tookDown(what) {
      if (what !== culprit) return false;
      culprit = undefined;
      write(read().filter((note) => note !== BLAMED + what));
      return true;
    },
    begin: (what) =>
      write([...read().filter((note) => note !== what && note !== BLAMED + what), what]),
    end: (what) => write(read().filter((note) => note !== what)),
    leave: () => write(read().filter((note) => note.startsWith(BLAMED))),
    blame() {
      const last = read().at(-1);
      if (last !== undefined) write([last.startsWith(BLAMED) ? last : BLAMED + last]);
    },
  };
}
