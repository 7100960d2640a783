/** Small choices that outlive the page. A browser that refuses to keep them is like one that has none. */
export interface Preferences {
  get(name: string): string | null;
  /** Null forgets it. */
  set(name: string, value: string | null): void;
}

const PREFIX = 'basin.';

export function createPreferences(storage: () => Storage): Preferences {
  return {
    get(name) {
      try {
        return storage().getItem(PREFIX + name);
      } catch {
        return null;
      }
    },
    set(name, value) {
      try {
        if (value === null) storage().removeItem(PREFIX + name);
        else storage().setItem(PREFIX + name, value);
      } catch {
        // Private windows may refuse: the choice then holds for this visit.
      }
    },
  };
}

/** What this tab chose, else what any tab chose last: a reload goes on where this tab was. */
export function ofTabFirst(tab: Preferences, shared: Preferences): Preferences {
  return {
    get: (name) => tab.get(name) ?? shared.get(name),
    set(name, value) {
      tab.set(name, value);
      shared.set(name, value);
    },
  };
}
