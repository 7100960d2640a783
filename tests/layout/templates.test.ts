import { describe, expect, it } from 'vitest';
import { registry } from '../../nodes/index';
import { loadTemplates } from '../../src/app/templates';
import { analyse } from '../../src/compiler/analysis/analyse';
import { autoLayout } from '../../src/editor/commands/arrange';
import { buildViews, NO_VIEWS } from '../../src/editor/model/buildViews';
import { createEditorStore } from '../../src/editor/store/createEditorStore';
import { layoutGraph } from '../../workers/layout/layoutGraph';
import { overlaps, wiresBehindNodes } from './wiresBehindNodes';

const templates = await loadTemplates();

describe.each(templates.map(({ slug, document }) => [slug, document] as const))(
  '%s',
  (_, document) => {
    it('has no wire behind a node and no node on another, as it is shipped and laid out', async () => {
      const store = createEditorStore({ registry, analyse, document });
      const faults = (): string[] => {
        const { document: now } = store.getState();
        const views = buildViews(now, registry, store.settle(), NO_VIEWS);
        return [...wiresBehindNodes(now, views), ...overlaps(now, views)];
      };
      expect(faults()).toEqual([]);
      const views = buildViews(document, registry, store.settle(), NO_VIEWS);
      await autoLayout(store, views, (...graph) => Promise.resolve(layoutGraph(...graph)));
      expect(faults()).toEqual([]);
    });
  },
);
