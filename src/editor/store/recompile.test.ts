import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { registry } from '../../../nodes/index';
import { editArbitrary, makeEdit, type RandomEdit } from '../../../tests/support/editArbitrary';
import { readTemplateText, templateSlugs } from '../../cli/templates';
import { analyse } from '../../compiler/analysis/analyse';
import type { Analysis } from '../../compiler/analysis/analysis';
import { compileEvaluation } from '../../compiler/programs/compileEvaluation';
import { compileTraining } from '../../compiler/programs/compileTraining';
import { sameTrainingProgram } from '../../compiler/programs/sameTrainingProgram';
import type { Diagnostic } from '../../core/diagnostic';
import type { Result } from '../../core/result';
import { readDocument } from '../../document/read';
import type { BasinDocument } from '../../document/schema';
import { printProgram } from '../../ir/print';
import type { Program } from '../../ir/types';
import { documentChange } from '../../compiler/programs/documentChange';
import { createEditorStore } from './createEditorStore';

const TEMPLATES = await Promise.all(
  (await templateSlugs()).map(async (slug): Promise<[string, BasinDocument]> => {
    const read = readDocument(JSON.parse(await readTemplateText(slug)));
    if (!read.ok) throw new Error(slug);
    return [slug, read.value];
  }),
);

/** What compiling gives: the program as text, live scalars without their numbers, or where the errors are. */
function outcome({ ok, ...result }: Result<{ readonly program: Program }>): string {
  if (!ok || !('value' in result)) {
    const place = ({ code, nodeId, portId, edgeId, path }: Diagnostic) =>
      [code, nodeId, portId, edgeId, path].join('/');
    return result.diagnostics
      .filter(({ severity }) => severity === 'error')
      .map(place)
      .join('\n');
  }
  const { program } = result.value;
  return printProgram({ ...program, live: program.live.map((live) => ({ ...live, initial: 0 })) });
}

/** Most documents here are asked about again and again: those that edits begin with. */
const analyses = new WeakMap<BasinDocument, Analysis>();
function analyseOnce(document: BasinDocument): Analysis {
  const analysis = analyses.get(document) ?? analyse(document, registry);
  analyses.set(document, analysis);
  return analysis;
}

const outcomes = new WeakMap<BasinDocument, string>();
function trainingOutcome(document: BasinDocument): string {
  const text = outcomes.get(document) ?? outcome(compileTraining(analyseOnce(document)));
  outcomes.set(document, text);
  return text;
}

/** Makes the edit by the editor, and says whether the editor takes it for another program. */
function edited(document: BasinDocument, edit: RandomEdit) {
  const schedule = () => undefined;
  const store = createEditorStore({
    registry,
    analyse: analyseOnce,
    document,
    schedule,
    trainAlike: () => sameTrainingProgram,
  });
  const before = store.getState().document;
  const made = makeEdit(before, edit);
  if (made !== null) store.edit(made);
  store.settle();
  const { document: after, revision } = store.getState();
  return { before, after, compiles: revision > 0 };
}

describe('a random edit', () => {
  it.each(TEMPLATES)('of %s compiles exactly when the training program differs', (_, document) => {
    const probes = outcome(compileEvaluation(analyseOnce(document)));
    fc.assert(
      fc.property(editArbitrary, (edit) => {
        const { before, after, compiles } = edited(document, edit);
        expect(compiles).toBe(trainingOutcome(before) !== trainingOutcome(after));
        // What the probe worker goes by: a compiled evaluation serves as long as nothing is lowered otherwise.
        if (before === after || documentChange(before, after, registry).lowers) return;
        expect(outcome(compileEvaluation(analyseOnce(after)))).toBe(probes);
      }),
      { numRuns: 20 },
    );
  });
});
