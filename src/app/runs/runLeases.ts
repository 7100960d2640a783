/** Who records which run: one tab each, told by locks that the browser frees when a tab is gone, however it went. */
export interface RunLeases {
  /** Takes a run for this tab; false when another one has it. */
  hold(id: string): Promise<boolean>;
  release(id: string): void;
  /** Ids that some tab has; null where the browser does not say. */
  held(): Promise<ReadonlySet<string> | null>;
}

const PREFIX = 'basin-run-';

export function createRunLeases(locks: LockManager | undefined): RunLeases {
  const releases = new Map<string, () => void>();
  return {
    hold(id) {
      if (releases.has(id)) return Promise.resolve(true);
      return new Promise((resolve) => {
        if (locks === undefined) {
          releases.set(id, () => undefined);
          return resolve(true);
        }
        const holding = locks.request(PREFIX + id, { ifAvailable: true }, (lock) => {
          resolve(lock !== null);
          if (lock === null) return undefined;
          return new Promise<void>((release) => releases.set(id, release));
        });
        holding.catch(() => resolve(false));
      });
    },

    release(id) {
      releases.get(id)?.();
      releases.delete(id);
    },

    async held() {
      if (locks === undefined) return null;
      const { held = [] } = await locks.query();
      return new Set(
        held.flatMap(({ name = '' }) =>
          name.startsWith(PREFIX) ? [name.slice(PREFIX.length)] : [],
        ),
      );
    },
  };
}
