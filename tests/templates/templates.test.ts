import { describe, expect, it } from 'vitest';
import { compileEvaluation } from '../../src/compiler/programs/compileEvaluation';
import { analyse } from '../../src/compiler/analysis/analyse';
import { compileTraining } from '../../src/compiler/programs/compileTraining';
import { listTemplates, readTemplateText, templateSlugs } from '../../src/cli/templates';
import { canonicalJson } from '../../src/document/canonical';
import { registry } from '../../nodes/index';
import { templateDocument } from './trainTemplate';

const slugs = await templateSlugs();

describe.each(slugs)('%s', (slug) => {
  it('is stored as canonical JSON and says what it is', async () => {
    const document = await templateDocument(slug);
    expect(await readTemplateText(slug)).toBe(canonicalJson(document));
    const about = (await listTemplates()).find((template) => template.slug === slug)?.about;
    for (const field of [about?.title, about?.section, about?.idea, about?.summary]) {
      expect(field?.length).toBeGreaterThan(1);
    }
    for (const heading of ['What it shows', 'Source']) {
      expect(about?.body).toContain(`## ${heading}`);
    }
  });

  it('compiles without faults, and warns only where it means to', async () => {
    const analysis = analyse(await templateDocument(slug), registry);
    const told = analysis.diagnostics.filter(({ severity }) => severity !== 'info');
    expect(told.map(({ code }) => code)).toEqual(
      slug === 'joint-embedding-collapse' ? ['lint.joint-embedding-collapse'] : [],
    );
    expect(compileTraining(analysis).ok).toBe(true);
    expect(compileEvaluation(analysis).ok).toBe(true);
  });
});
