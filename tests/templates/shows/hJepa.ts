import { defined } from '../../../src/core/invariant';
import type { BasinDocument } from '../../../src/document/schema';
import { above, below, is, reported } from '../bar';
import { claim, type Claim, type TemplateClaims } from '../claim';
import { horizonErrors } from '../horizonErrors';
import { codesOf } from '../lintCodes';
import type { Change, TemplateRuns } from '../templateRuns';
import { reportOf, templateDocument, trainDocument, type TrainedTemplate } from '../trainTemplate';
import { LATENT_ALWAYS_GIVEN, LATENT_OF_LEVEL2 } from './hJepaLatent';

const ROLLOUTS = [
  { node: 'ahead1', stride: 1 },
  { node: 'ahead2', stride: 2 },
];
/** The last frame that both rollouts start from: a state of level 2 covers five. */
const LAST = 4;
const PLACES = ['level 1', 'level 2', 'mean'] as const;
type Place = (typeof PLACES)[number];
const NEAR = 2;
const FAR = 14;

/** By trained graph, since many claims read the same curves. */
const curves = new WeakMap<TrainedTemplate, ReturnType<typeof horizonErrors>>();

function curvesOf(trained: TrainedTemplate): ReturnType<typeof horizonErrors> {
  const found = curves.get(trained) ?? horizonErrors(trained, ROLLOUTS, LAST);
  curves.set(trained, found);
  return found;
}

/** Mean distance of the decoded position from the true one, `horizon` frames ahead, on held-out sequences. */
function distance(
  what: Place,
  horizon: number,
  change: Change,
): (runs: TemplateRuns) => Promise<number> {
  return async (runs) => {
    const { mean, of } = await curvesOf(await runs.trained(change));
    const curve = what === 'mean' ? mean : of[what === 'level 1' ? 0 : 1];
    return defined(curve?.get(horizon), `${what} at ${horizon}`);
  };
}

/** Errors near and far ahead, and what is claimed of them: far ahead the error of level 2 is below `most` times that of level 1, and below that of the mean. */
function further(name: string, change: Change, most = 1): Claim[] {
  return [
    ...[NEAR, FAR].flatMap((horizon) =>
      PLACES.map((what) =>
        claim(
          `${name}: error of ${what}, ${horizon} frames ahead`,
          reported,
          distance(what, horizon, change),
        ),
      ),
    ),
    claim(`${name}: level 2 by level 1, ${FAR} frames ahead`, below(most), ratio(FAR, 'level 1', change)), // prettier-ignore
    claim(`${name}: level 2 by the mean, ${FAR} frames ahead`, below(0.9), ratio(FAR, 'mean', change)), // prettier-ignore
  ];
}

/** The error of level 2 as a part of another. */
function ratio(
  horizon: number,
  by: Place,
  change: Change,
): (runs: TemplateRuns) => Promise<number> {
  return async (runs) =>
    (await distance('level 2', horizon, change)(runs)) /
    (await distance(by, horizon, change)(runs));
}

/**
 * The document with a third level: the group of level 2 once more, with the two edges that a user would draw, from what level 2 gives
 * to where level 1 comes in.
 */
function withThirdLevel(document: BasinDocument): BasinDocument {
  const copied = new Map(
    document.nodes.flatMap(({ id, group }) =>
      group === 'level2' ? [[id, id.replace('2', '3')] as const] : [],
    ),
  );
  const nodes = document.nodes.flatMap((node) => {
    const id = copied.get(node.id);
    return id === undefined ? [] : [{ ...node, id, group: 'level3' }];
  });
  const inner = document.edges.flatMap((edge) => {
    const [source, target] = [copied.get(edge.source), copied.get(edge.target)];
    return source === undefined || target === undefined ? [] : [{ ...edge, source, target }];
  });
  const drawn = [
    { source: 'encoder2', sourcePort: 'out', target: 'pool3', targetPort: 'in' },
    { source: 'every2', sourcePort: 'out', target: 'where3', targetPort: 'in' },
  ];
  const added = [...inner, ...drawn].map((edge, index) => ({ ...edge, id: `third${index}` }));
  const level2 = document.groups.filter(({ id }) => id === 'level2');
  return {
    ...document,
    nodes: [...document.nodes, ...nodes],
    edges: [...document.edges, ...added],
    groups: [...document.groups, ...level2.map((group) => ({ ...group, id: 'level3' }))],
  };
}

/** Verdicts of the three encoders, and of all. */
async function thirdLevel({ slug, seed }: TemplateRuns): Promise<string> {
  const trained = await trainDocument(withThirdLevel(await templateDocument(slug, { seed })));
  const { reps, verdict } = await reportOf(trained);
  const levels = [1, 2, 3].map((level) => reps[`encoder${level}.out`]?.verdict ?? 'none');
  return [...new Set([...levels, verdict])].join(', ');
}

export const hJepa: TemplateClaims = {
  slug: 'h-jepa',
  claims: [
    claim('lint', is('silent'), codesOf()),
    claim('verdict', is('healthy'), async (runs) => (await runs.report()).verdict),
    ...[1, 2].flatMap((level) => [
      claim(`verdict of Encoder ${level}`, is('healthy'), async (runs) => {
        const { reps } = await runs.report();
        return reps[`encoder${level}.out`]?.verdict ?? 'none';
      }),
      claim(`gap of Error ${level}`, above(0.3), async (runs) => {
        const { energies } = await runs.report();
        return energies[`energy${level}`]?.gap ?? NaN;
      }),
    ]),
    ...further('plain', {}),
    // The curves cross.
    claim(`plain: level 2 by level 1, ${NEAR} frames ahead`, above(1), ratio(NEAR, 'level 1', {})),
    ...further('changing background', { experiment: 'changing-background' }),
    // One space for both: what is learned for far ahead is level 1's too, and the two come close.
    ...further('Encoder 2 bypassed', { experiment: 'space-of-level1' }, 1.05),
    ...LATENT_OF_LEVEL2,
    claim('with a third level', is('healthy'), thirdLevel),
  ],
  long: LATENT_ALWAYS_GIVEN,
};
