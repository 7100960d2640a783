import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { registry } from '../../../nodes/index';
import { editArbitrary, makeEdit } from '../../../tests/support/editArbitrary';
import { readTemplateText } from '../../cli/templates';
import { analyse } from '../../compiler/analysis/analyse';
import { readDocument } from '../../document/read';
import { createEditorStore } from '../store/createEditorStore';
import { buildViews, NO_VIEWS } from './buildViews';

const step = fc.oneof(
  { weight: 4, arbitrary: editArbitrary },
  { weight: 1, arbitrary: fc.constant('undo' as const) },
  { weight: 1, arbitrary: fc.constant('redo' as const) },
);

describe('views that are made of the views before', () => {
  it.each(['jepa', 'h-jepa', 'mae-mnist'])('of %s are what they would be alone', async (slug) => {
    const read = readDocument(JSON.parse(await readTemplateText(slug)));
    if (!read.ok) throw new Error(slug);
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        const store = createEditorStore({ registry, analyse, document: read.value });
        let views = NO_VIEWS;
        for (const one of steps) {
          if (one === 'undo') store.undo();
          else if (one === 'redo') store.redo();
          else {
            const edit = makeEdit(store.getState().document, one);
            if (edit !== null) store.edit(edit);
          }
          const analysis = store.settle();
          const { document } = store.getState();
          views = buildViews(document, registry, analysis, views);
          expect(views).toEqual(buildViews(document, registry, analysis, NO_VIEWS));
        }
      }),
      { numRuns: 15 },
    );
  });
});
