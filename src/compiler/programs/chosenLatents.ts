import type { Domain } from '../../graph/inferenceStrategy';
import { sampleSize } from '../../graph/ports';
import type { Analysis } from '../analysis/analysis';
import { comparedSides } from '../analysis/sides';
import { freeVariable, freeVariables } from '../graph/freeVariables';
import { portKey, type PortKey, type PortReference } from '../graph/graph';
import { downstream } from '../graph/topology';
import { energiesAt } from './energyParts';

/** A free variable of few numbers, or of few values, that acts on a y. */
export interface ChosenLatent extends PortReference {
  readonly key: PortKey;
  readonly label: string;
  /** Numbers of its value. */
  readonly size: number;
  readonly domain: Domain;
}

/** As many as two sliders can choose, and as many values as a list is read of. */
const MOST_NUMBERS = 2;
const MOST_VALUES = 64;

/** The free variables of energies that depend on y as well. */
export function chosenLatents({ graph, types }: Analysis, y: PortReference): ChosenLatent[] {
  const below = downstream(graph, y);
  return freeVariables(graph).flatMap((node) => {
    const free = freeVariable(node);
    const key = portKey(node.id, free?.port ?? '');
    const type = types.get(key);
    if (free === null || type === undefined || type.time !== null) return [];
    const reach = downstream(graph, { nodeId: node.id, port: free.port });
    const isShared = graph.nodes.some(
      ({ id, ports }) =>
        below.has(id) && reach.has(id) && ports.outputs.some((port) => port.type === 'energy'),
    );
    const { port, domain } = free;
    const size = sampleSize(type);
    if (!isShared || !isSmall(domain, size)) return [];
    return [{ nodeId: node.id, port, key, label: node.label, size, domain }];
  });
}

/**
 * The port that says which y goes with a z: what an energy compares y with, made from z and of nothing else that is looked for, or
 * null where no energy does. Then ŷ is the y of least energy.
 */
export function predictionOf(
  { graph }: Analysis,
  y: PortReference,
  z: PortReference,
): PortReference | null {
  const ofY = downstream(graph, y);
  const ofZ = downstream(graph, z);
  const ofOthers = freeVariables(graph)
    .filter(({ id }) => id !== z.nodeId)
    .map((node) => downstream(graph, { nodeId: node.id, port: freeVariable(node)?.port ?? '' }));
  const isY = ({ nodeId, port }: PortReference): boolean => nodeId === y.nodeId && port === y.port;
  const isMade = ({ nodeId }: PortReference): boolean =>
    ofZ.has(nodeId) && !ofY.has(nodeId) && !ofOthers.some((reach) => reach.has(nodeId));
  for (const energy of energiesAt(graph, [z])) {
    const [a, b] = comparedSides(energy)?.map(({ source }) => source) ?? [];
    if (!a || !b) continue;
    if (isY(a) && isMade(b)) return b;
    if (isY(b) && isMade(a)) return a;
  }
  return null;
}

function isSmall(domain: Domain, size: number): boolean {
  switch (domain.kind) {
    case 'circle':
      return true;
    case 'one-hot':
      return domain.size <= MOST_VALUES;
    case 'binary':
      return 2 ** domain.size <= MOST_VALUES;
    case 'space':
      return size <= MOST_NUMBERS;
  }
}
