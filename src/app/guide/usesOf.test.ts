import { describe, expect, it } from 'vitest';
import { registry } from '../../../nodes';
import { loadTemplates } from '../templates';
import { READING_PATH } from './readingPath';
import { usesOf } from './usesOf';

describe('usesOf', () => {
  it('finds the templates of a kind, those of the reading path first, and opens them', async () => {
    const templates = await loadTemplates();
    const opened: string[] = [];
    const uses = usesOf('reg.vicreg', templates, ({ slug }) => opened.push(slug));
    const ids = uses.map(({ id }) => id);
    expect(ids[0]).toBe('vicreg');
    expect(ids).toContain('jepa');
    const onPath = ids.filter((id) => READING_PATH.includes(id));
    expect(ids.slice(0, onPath.length)).toEqual(READING_PATH.filter((slug) => ids.includes(slug)));
    uses[1]?.open();
    expect(opened).toEqual([ids[1]]);
    expect(usesOf('none', templates, () => undefined)).toEqual([]);
  });

  it('knows each use, and only those', async () => {
    const templates = await loadTemplates();
    for (const { kind } of registry.definitions) {
      const ids = new Set(usesOf(kind, templates, () => undefined).map(({ id }) => id));
      for (const { slug, document } of templates)
        expect(ids.has(slug), `${kind} ${slug}`).toBe(
          JSON.stringify(document).includes(`"kind":"${kind}"`),
        );
    }
  });
});
