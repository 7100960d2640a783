import { describe, expect, it } from 'vitest';
import { readExperiments, templateSlugs, listTemplates } from '../../src/cli/templates';
import { analyse } from '../../src/compiler/analysis/analyse';
import { compileTraining } from '../../src/compiler/programs/compileTraining';
import { linesHold, takeBackLines } from '../../src/document/experiments/editLines';
import type { BasinDocument } from '../../src/document/schema';
import { VERDICTS } from '../../src/probing/verdicts/verdicts';
import { registry } from '../../nodes/index';
import { edited } from '../support/documentEdits';
import { warningsOf } from './lintCodes';
import { templateDocument } from './trainTemplate';

const templates = await listTemplates();
const cases = (
  await Promise.all(
    (await templateSlugs()).map(async (slug) =>
      (await readExperiments(slug)).map((experiment) => ({ slug, id: experiment.id, experiment })),
    ),
  )
).flat();

/** Ids that a Markdown text points at. */
function targets(markdown: string): string[] {
  return [...markdown.matchAll(/\]\(#([^)]+)\)/g)].map(([, id = '']) => id);
}

function nodeIds({ nodes }: BasinDocument): string[] {
  return nodes.map(({ id }) => id);
}

/** In an order that does not depend on what was taken out and put back. */
function inOrder(document: BasinDocument): BasinDocument {
  const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);
  return {
    ...document,
    nodes: document.nodes.toSorted(byId),
    edges: document.edges.toSorted(byId),
  };
}

describe.each(templates)('$slug', ({ slug, about }) => {
  it('has something to try and something to break, each with an id of its own', () => {
    const own = cases.filter((one) => one.slug === slug).map(({ experiment }) => experiment);
    expect(new Set(own.map(({ kind }) => kind))).toEqual(new Set(['try', 'break']));
    expect(new Set(own.map(({ id }) => id)).size).toBe(own.length);
    // They are told nowhere else.
    expect(about.body).not.toMatch(/## What to (try|break)/);
  });

  it('points at nodes that it has', async () => {
    expect(nodeIds(await templateDocument(slug))).toEqual(
      expect.arrayContaining(targets(about.body)),
    );
    expect(targets(about.body).length).toBeGreaterThan(0);
  });
});

describe.each(cases)('$slug: $id', ({ slug, experiment }) => {
  const { edits, expect: expected, watch } = experiment;

  it('changes the graph to one that trains, with the warnings that it expects', async () => {
    const document = await templateDocument(slug);
    const changed = edited(document, edits);
    expect(linesHold(changed, edits)).toBe(true);
    expect(nodeIds(changed)).toEqual(expect.arrayContaining(targets(watch)));
    const analysis = analyse(changed, registry);
    expect(compileTraining(analysis).ok).toBe(true);
    const before = warningsOf(analyse(document, registry));
    expect(warningsOf(analysis)).toEqual(expected?.warnings.toSorted() ?? before);
    for (const verdict of expected?.verdict ?? []) expect(Object.keys(VERDICTS)).toContain(verdict);
  });

  it('is taken back without a trace', async () => {
    const document = await templateDocument(slug);
    const mended = structuredClone(edited(document, edits));
    takeBackLines(mended, edits, document);
    expect(inOrder(mended)).toEqual(inOrder(document));
  });
});
