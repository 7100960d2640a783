import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { READING_PATH } from './guide/readingPath';
import { loadTemplate, loadTemplates } from './templates';

const slugs = readdirSync('templates', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

describe('templates', () => {
  it('loads every folder with what the gallery says of it', async () => {
    const templates = await loadTemplates();
    expect(templates.map(({ slug }) => slug).sort()).toEqual(slugs.sort());
    for (const { about, document } of templates) {
      expect(about.title).not.toBe('');
      expect(about.section).not.toBe('');
      expect(about.summary).not.toBe('');
      expect(document.nodes.length).toBeGreaterThan(1);
    }
  });

  it('says of those on the reading path, and of no others, what of the notes they rebuild', async () => {
    const templates = await loadTemplates();
    const rebuilding = templates.filter(({ about }) => /^(Fig\.|Eq\.|§)/.test(about.rebuilds));
    expect(rebuilding.map(({ slug }) => slug).sort()).toEqual([...READING_PATH].sort());
  });

  it('keeps templates of one idea together', async () => {
    const ideas = (await loadTemplates()).map(({ about }) => about.idea);
    const runs = ideas.filter((idea, index) => idea !== ideas[index - 1]);
    expect(runs).toEqual([...new Set(ideas)]);
  });

  it('knows when there is no such template', async () => {
    expect(await loadTemplate('none')).toBeNull();
  });
});
