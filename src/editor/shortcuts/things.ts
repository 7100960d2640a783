/** Something that the command menu opens: a node of the graph, a template, a document. */
export interface Thing {
  /** Its own among all things and commands: recent ones are remembered by it. */
  readonly id: string;
  readonly title: string;
  /** What tells it from others of that name. */
  readonly hint?: string;
  /** More words to find it by. */
  readonly words?: string;
  run(): void;
}

/** Things of one sort. */
export interface ThingSource {
  readonly heading: string;
  /** Asked for whenever the menu opens. */
  list(): readonly Thing[] | Promise<readonly Thing[]>;
}

/** What was chosen in the menu lately. */
export interface Recent {
  /** Ids, the latest first. */
  list(): readonly string[];
  note(id: string): void;
}

/** Remembered for as long as the page is there. */
export function createRecent(): Recent {
  let ids: readonly string[] = [];
  return { list: () => ids, note: (id) => void (ids = withRecent(ids, id)) };
}

const MOST_RECENT = 12;

export function withRecent(ids: readonly string[], id: string): readonly string[] {
  return [id, ...ids.filter((other) => other !== id)].slice(0, MOST_RECENT);
}
