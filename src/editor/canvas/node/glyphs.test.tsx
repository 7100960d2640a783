import { Tornado } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { nodeDefinitions } from '../../../../nodes/index';
import { defineNode, inferred } from '../../../graph/nodeDefinition';
import { createRegistry } from '../../../graph/registry';
import { analyse } from '../../../compiler/analysis/analyse';
import { buildViews, NO_VIEWS } from '../../model/buildViews';
import { emptyDocument } from '../../../document/schema';
import { testNode } from '../../testSupport';
import { Glyph, GLYPHS } from './glyphs';
import { BoxBody } from './NodeBodies';

vi.mock('./HealthIcon', () => ({ HealthIcon: () => null }));
vi.mock('./LiveValue', () => ({ LiveValue: () => null }));

const whirl = (icon?: string) =>
  defineNode({
    kind: 'module.whirl',
    category: 'module',
    title: 'Whirl',
    ...(icon === undefined ? {} : { icon }),
    help: 'Turns.',
    source: 'test',
    params: z.object({}),
    ports: () => ({ inputs: [], outputs: [] }),
    time: 'fold',
    infer: () => inferred({}),
    lower: () => ({}),
  });

/** The node as the canvas draws it. */
function drawn(definition: ReturnType<typeof whirl>): string {
  const registry = createRegistry([definition]);
  const document = { ...emptyDocument(), nodes: [testNode('w', 'module.whirl')] };
  const view = buildViews(document, registry, analyse(document, registry), NO_VIEWS).nodes.get('w');
  if (view === undefined) throw new Error('no view');
  return renderToStaticMarkup(<BoxBody view={view} />);
}

describe('the glyph of a kind', () => {
  it('is what its own definition names', () => {
    expect(drawn(whirl('film'))).toContain('lucide-film');
  });

  it('may be a new one, by one line of the table', () => {
    (GLYPHS as Record<string, LucideIcon>)['tornado'] = Tornado;
    expect(drawn(whirl('tornado'))).toContain('lucide-tornado');
  });

  it('is that of its category otherwise', () => {
    expect(drawn(whirl())).toContain('lucide-network');
    expect(renderToStaticMarkup(<Glyph icon="no such icon" category="energy" />)).toContain(
      'lucide-activity',
    );
  });

  it.each(nodeDefinitions.flatMap(({ kind, icon }) => (icon === undefined ? [] : [[kind, icon]])))(
    'of %s is there: %s',
    (_, icon) => expect(GLYPHS[icon ?? '']).toBeDefined(),
  );
});
