import { describe, expect, it } from 'vitest';
import { commandEntry, menuGroups, thingEntry, type MenuEntry } from './menuGroups';
import { createRecent, type Thing } from './things';

const command = (id: string, title: string, section: string, keywords?: string): MenuEntry =>
  commandEntry({
    id,
    title,
    section,
    ...(keywords !== undefined && { keywords }),
    run: () => undefined,
  });
const thing = (heading: string, title: string, more: Partial<Thing> = {}): MenuEntry =>
  thingEntry(heading, { id: `${heading}:${title}`, title, run: () => undefined, ...more });

const ENTRIES = [
  command('undo', 'Undo', 'Edit'),
  command('dark', 'Dark theme', 'View', 'colour'),
  command('new', 'New document', 'Document'),
  thing('Nodes of the graph', 'Encoder', { hint: 'MLP' }),
  thing('Nodes of the graph', 'VICReg'),
  thing('Add a node', 'Encoder', { words: 'backbone' }),
  thing('Templates', 'VICReg', { hint: '§6.1', words: 'example' }),
  thing('Documents', 'My encoder study'),
];
const shown = (query: string, recent: readonly string[] = []) =>
  menuGroups(ENTRIES, query, recent).map(({ heading, entries }) => [
    heading,
    entries.map(({ title }) => title),
  ]);

describe('menuGroups', () => {
  it('lists commands by section, what was chosen lately before them, and no things, until something is asked', () => {
    const sections = [
      ['Edit', ['Undo']],
      ['View', ['Dark theme']],
      ['Document', ['New document']],
    ];
    expect(shown('')).toEqual(sections);
    expect(shown(' ', ['Templates:VICReg', 'gone', 'dark'])).toEqual([
      ['Recent', ['VICReg', 'Dark theme']],
      ...sections,
    ]);
  });

  it('gives what answers, by group, the group with the best answer first', () => {
    expect(shown('encoder')).toEqual([
      ['Nodes of the graph', ['Encoder']],
      ['Add a node', ['Encoder']],
      ['Documents', ['My encoder study']],
    ]);
    expect(shown('backbone')).toEqual([['Add a node', ['Encoder']]]);
    expect(shown('template vicreg')).toEqual([['Templates', ['VICReg']]]);
    expect(shown('theme dark')).toEqual([['View', ['Dark theme']]]);
    expect(shown('nothing of that')).toEqual([]);
  });

  it('puts what was chosen lately before its equals', () => {
    expect(shown('vicreg').map(([heading]) => heading)).toEqual([
      'Nodes of the graph',
      'Templates',
    ]);
    expect(shown('vicreg', ['Templates:VICReg']).map(([heading]) => heading)).toEqual([
      'Templates',
      'Nodes of the graph',
    ]);
  });

  it('shows few of many, the best of them, and says how many are left', () => {
    const nodes = Array.from({ length: 300 }, (_, i) =>
      thing('Nodes of the graph', `Encoder ${i}`),
    );
    const [group] = menuGroups([...nodes, thing('Nodes of the graph', 'Encoder')], 'encoder', []);
    expect(group?.entries.length).toBeLessThan(10);
    expect(group?.entries[0]?.title).toBe('Encoder');
    expect((group?.entries.length ?? 0) + (group?.left ?? 0)).toBe(301);
    const named = Array.from({ length: 10 }, (_, i) =>
      thing('Runs', `Trial ${i}`, { words: 'sweep' }),
    );
    const [byWords] = menuGroups(named, 'sweep', []);
    expect(byWords?.entries).toHaveLength(3);
    expect(byWords?.left).toBe(7);
    const [one] = menuGroups(nodes, 'encoder 217', []);
    expect(one?.entries.map(({ title }) => title)).toEqual(['Encoder 217']);
  });
});

describe('what was chosen lately', () => {
  it('has each once, the latest first, and forgets the oldest', () => {
    const recent = createRecent();
    for (const id of ['a', 'b', 'a']) recent.note(id);
    expect(recent.list()).toEqual(['a', 'b']);
    for (let i = 0; i < 20; i++) recent.note(`c${i}`);
    expect(recent.list()).not.toContain('a');
    expect(recent.list()[0]).toBe('c19');
  });
});
