import { expect, it } from 'vitest';
import { emptyDocument } from '../document/schema';
import { runFilter } from './runFilter';
import { madeUpRun } from './testing/madeUpRun';

const RUN = madeUpRun({
  name: 'Blue attempt',
  tags: ['paper', 'Second'],
  document: {
    ...emptyDocument('VICReg'),
    training: { ...emptyDocument().training, seed: 3, learningRate: 0.01 },
  },
  numbers: {
    'encoder.out.effectiveRank': 3.5,
    'expander.out.effectiveRank': 40,
    'heldOut.loss': 9,
  },
});

const FOUND = [
  ['', true],
  ['blue', true],
  ['vicreg paper', true],
  ['vicreg green', false],
  ['healthy', true],
  ['tag:second', true],
  ['tag:blue', false],
  ['is:starred', false],
  ['seed=3', true],
  ['seed=2', false],
  ['learningRate<0.1', true],
  ['loss<0.3', true],
  ['Total<=0.25', true],
  ['loss>0.3', false],
  ['heldOut.loss>8', true],
  // One of several is enough.
  ['effectiveRank>30', true],
  ['encoder.out.effectiveRank>30', false],
  ['step>=100 loss<1e-3', false],
  ['nothing>0', false],
] as const;

for (const [search, found] of FOUND) {
  it(`“${search}” ${found ? 'finds' : 'does not find'} the run`, () => {
    expect(runFilter(search)(RUN)).toBe(found);
  });
}
