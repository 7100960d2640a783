import { nameMatch, wordMatch, wordsOf, type Words } from '../search/words';
import type { Command } from '../commands/command';
import type { Thing } from './things';

/** A line of the command menu: a thing to open, or something to do. */
export interface MenuEntry {
  readonly id: string;
  readonly title: string;
  readonly heading: string;
  readonly hint?: string;
  /** First of its keys. */
  readonly keys?: string;
  readonly command?: Command;
  readonly searched: { readonly title: Words; readonly more: Words };
  run(): void;
}

export interface MenuGroup {
  readonly heading: string;
  readonly entries: readonly MenuEntry[];
  /** Entries that answer too and are not shown: more words find them. */
  readonly left: number;
}

const RECENT = 'Recent';
const MOST_RECENT = 5;
/** Of each group, while something is searched for: what is drawn stays small, however large the graph. */
const MOST_FOUND = 7;
/** Of those that are found by other words than their titles. */
const MOST_BY_WORDS = 3;
/** What a word counts in a title, and elsewhere. */
const TITLE = 4;
const MORE = 1;
const WHOLE_TITLE = 8;

export function commandEntry(command: Command): MenuEntry {
  const { id, title, section, keywords = '', keys } = command;
  return {
    id,
    title,
    heading: section,
    ...(keys?.[0] !== undefined && { keys: keys[0] }),
    command,
    searched: { title: wordsOf(title), more: wordsOf(`${section} ${keywords}`) },
    run: () => command.run(),
  };
}

export function thingEntry(heading: string, thing: Thing): MenuEntry {
  const { id, title, hint = '', words = '' } = thing;
  return {
    id,
    title,
    heading,
    ...(hint !== '' && { hint }),
    searched: { title: wordsOf(title), more: wordsOf(`${heading} ${hint} ${words}`) },
    run: () => thing.run(),
  };
}

/**
 * What the menu shows. While nothing is searched for: what was chosen lately, then all commands by section; things are too many to
 * be listed. Else the best of each group, the group with the best answer first; what was chosen lately goes before its equals.
 */
export function menuGroups(
  entries: readonly MenuEntry[],
  query: string,
  recent: readonly string[],
): readonly MenuGroup[] {
  const asked = wordsOf(query);
  return asked.words.length === 0 ? unasked(entries, recent) : answers(entries, asked, recent);
}

function unasked(entries: readonly MenuEntry[], recent: readonly string[]): readonly MenuGroup[] {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const lately = recent.flatMap((id) => byId.get(id) ?? []).slice(0, MOST_RECENT);
  const commands = entries.filter(({ command }) => command !== undefined);
  const groups = grouped(commands).map(([heading, members]) => ({
    heading,
    entries: members,
    left: 0,
  }));
  return lately.length === 0 ? groups : [{ heading: RECENT, entries: lately, left: 0 }, ...groups];
}

function answers(
  entries: readonly MenuEntry[],
  query: Words,
  recent: readonly string[],
): readonly MenuGroup[] {
  const scores = new Map<MenuEntry, number>();
  for (const entry of entries) {
    const score = scoreOf(entry, query);
    if (score > 0) scores.set(entry, score);
  }
  const score = (entry: MenuEntry): number => scores.get(entry) ?? 0;
  const place = ({ id }: MenuEntry): number => {
    const index = recent.indexOf(id);
    return index < 0 ? recent.length : index;
  };
  const found = [...scores.keys()].sort((a, b) => score(b) - score(a) || place(a) - place(b));
  return grouped(found).map(([heading, members]) => {
    const byTitle = members.filter((entry) => isInTitle(entry, query));
    const byWords = members.filter((entry) => !isInTitle(entry, query));
    const shown = [...byTitle, ...byWords.slice(0, MOST_BY_WORDS)].slice(0, MOST_FOUND);
    return { heading, entries: shown, left: members.length - shown.length };
  });
}

function isInTitle({ searched: { title } }: MenuEntry, query: Words): boolean {
  return query.words.some((word) => wordMatch(title, word) > 0);
}

/** By heading, in the order of their first members. */
function grouped(entries: readonly MenuEntry[]): readonly [string, readonly MenuEntry[]][] {
  const groups = new Map<string, MenuEntry[]>();
  for (const entry of entries) {
    const members = groups.get(entry.heading);
    if (members) members.push(entry);
    else groups.set(entry.heading, [entry]);
  }
  return [...groups];
}

function scoreOf({ searched: { title, more } }: MenuEntry, query: Words): number {
  let total = WHOLE_TITLE * nameMatch(title, query);
  for (const word of query.words) {
    const best = Math.max(TITLE * wordMatch(title, word), MORE * wordMatch(more, word));
    if (best === 0) return 0;
    total += best;
  }
  return total;
}
