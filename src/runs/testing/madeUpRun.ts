import { emptyDocument } from '../../document/schema';
import { NO_CURVE, type RunRecord } from '../runRecord';

/** A run that nobody ran, for tests. */
export function madeUpRun(changes: Partial<RunRecord> = {}): RunRecord {
  return {
    id: 'run',
    ordinal: 1,
    name: 'Run',
    tags: [],
    starred: false,
    created: 1000,
    updated: 2000,
    status: 'done',
    document: emptyDocument('A document'),
    group: 'group',
    engine: { name: 'tfjs', badge: 'TF.js wasm', backend: 'wasm', description: 'TensorFlow.js' },
    step: 100,
    totalSteps: 100,
    trainedFrom: 0,
    reproducible: true,
    series: [{ name: 'loss', label: 'Total', role: 'total', nodeId: null, category: null }],
    curve: { ...NO_CURVE, names: ['loss'], length: 100, inLast: 1, last: [0.25] },
    judgement: { step: 100, verdict: 'healthy', reason: 'It is.' },
    numbers: {},
    checkpoint: null,
    parent: null,
    trial: null,
    fault: null,
    ...changes,
  };
}
