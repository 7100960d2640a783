import { expect, it } from 'vitest';
import { registry } from '../../../../nodes';
import { emptyDocument, type BasinDocument } from '../../../document/schema';
import { madeUpRun } from '../../../runs/testing/madeUpRun';
import { comparableRuns, runBefore } from './comparableRuns';

function graph(id: string, params: BasinDocument['nodes'][number]['params'] = {}): BasinDocument {
  const node = { id, kind: 'reg.vicreg', label: '', position: { x: 0, y: 0 }, params };
  return { ...emptyDocument(), nodes: [node] };
}

const judgement = { step: 10, verdict: 'healthy', reason: '' } as const;
const open = graph('vicreg', { covariance: 0 });
const runs = [
  madeUpRun({ id: 'same', document: open, judgement }),
  madeUpRun({ id: 'unjudged', document: graph('vicreg', { covariance: 3 }), judgement: null }),
  madeUpRun({ id: 'foreign', document: graph('another'), judgement }),
  madeUpRun({ id: 'before', document: graph('vicreg', { covariance: 1 }), judgement }),
];

it('lists the runs that were judged and share a node', () => {
  expect(comparableRuns(runs, open).map(({ id }) => id)).toEqual(['same', 'before']);
});

it('begins with the latest run of another graph', () => {
  expect(runBefore(comparableRuns(runs, open), open, registry)?.id).toBe('before');
  expect(runBefore(comparableRuns(runs.slice(0, 1), open), open, registry)).toBeUndefined();
});
