import { comesWithin, NoAnswerError, withDeadline } from './withDeadline';

/** Waiting that is worth a word, in milliseconds. */
export const SOON_MS = 1500;
/** Waiting after which it is said that nothing has come. What comes later is taken all the same. */
export const LONGEST_MS = 30_000;

/** A part of the page that was asked for and is not there. The message is a sentence. */
export class NotLoadedError extends Error {
  override readonly name = 'NotLoadedError';

  /** `what`: with its article, as the subject of a sentence. `why`: another sentence. */
  constructor(
    readonly what: string,
    readonly why: string,
    cause: unknown,
  ) {
    super(`${what} could not be loaded. ${why}`, { cause });
  }
}

/** How a part stands: there is nothing to say of it yet, it takes its time, it does not come, or it is here. */
export type Coming<T> =
  | { readonly state: 'coming' | 'late' }
  | { readonly state: 'missing'; readonly error: NotLoadedError }
  | { readonly state: 'here'; readonly value: T };

const COMING = { state: 'coming' } as const;
const LATE = { state: 'late' } as const;

/**
 * A part of the page whose code or data comes when it is wanted. A connection may break or stand still, and a server that was updated has
 * the files of the page no more that is open: so it has a deadline, says how it stands, and can be asked for again.
 */
export class ComingPart<T> {
  private now: Coming<T> = COMING;
  private asked: Promise<T> | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(
    readonly what: string,
    private readonly load: () => Promise<T>,
  ) {}

  /** The part, or a rejection with `NotLoadedError`; asked again after that, it is tried again. */
  ask(): Promise<T> {
    this.asked ??= this.attempt();
    return this.asked;
  }

  readonly current = (): Coming<T> => this.now;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private async attempt(): Promise<T> {
    this.become(COMING);
    const part = this.load();
    part.then(
      (value) => this.become({ state: 'here', value }),
      () => undefined,
    );
    try {
      if (!(await comesWithin(SOON_MS, part))) this.become(LATE);
      return await withDeadline(part, LONGEST_MS - SOON_MS, this.what);
    } catch (cause) {
      this.asked = null;
      const error = new NotLoadedError(this.what, whyOf(cause), cause);
      if (!(cause instanceof NotLoadedError)) console.error(error);
      this.become({ state: 'missing', error });
      throw error;
    }
  }

  private become(now: Coming<T>): void {
    // It is here for good.
    if (this.now.state === 'here') return;
    this.now = now;
    for (const listener of this.listeners) listener();
  }
}

/** For what is wanted once, at the moment. */
export function loadPart<T>(what: string, load: () => Promise<T>): Promise<T> {
  return new ComingPart(what, load).ask();
}

/** Browsers tell a lost connection and a missing file apart in no way that they share. */
function whyOf(cause: unknown): string {
  if (cause instanceof NotLoadedError) return cause.why;
  if (cause instanceof NoAnswerError)
    return `Nothing has come for ${Math.round(LONGEST_MS / 1000)} s.`;
  return 'The connection was lost, or the server has a newer version of this page by now.';
}
