import type { Analysis } from '../../analysis/analysis';
import { freeVariable } from '../../graph/freeVariables';
import { portKey, type PortReference } from '../../graph/graph';
import { valueInputs } from '../../graph/topology';
import { energyParts } from '../energyParts';
import { PLAIN_VIEW, type LandscapePlane, type LandscapeView } from './landscapePlane';
import { inferenceSteps, inferredAt, nameOf, tensorPorts, valueSize } from './viewParts';

/** E(x, y, z) at one sample, over a plane through the z that inference or an encoder gives it. */
export const codeSlice: LandscapePlane = {
  kind: 'code',
  title: 'Slice of z',
  needs:
    'a continuous latent of more than two numbers that inference or an encoder finds for a sample.',
  symbol: 'E',
  axes: 'same',
  hasDensity: true,
  spannedBy: 'code',
  controls: ['sample', 'components'],
  views: (analysis) => {
    const views = tensorPorts(analysis, 'latent').flatMap((port) => sliceOf(analysis, port));
    return views.length === 1 ? views.map((view) => ({ ...view, label: 'Slice of z' })) : views;
  },
};

function sliceOf(analysis: Analysis, port: PortReference): LandscapeView[] {
  const node = analysis.graph.byId.get(port.nodeId);
  if (!node || valueSize(analysis, port) <= 2) return [];
  const free = freeVariable(node);
  const { definition, params } = node;
  const isContinuous =
    (free === null || free.domain.kind === 'space') && definition.latent?.isCode?.(params) !== true;
  const isFound = free !== null || valueInputs(node).length > 0;
  const { energies, observed } = energyParts(analysis, [port]);
  if (!isContinuous || !isFound || energies.length === 0 || observed.length === 0) return [];
  return [
    {
      ...PLAIN_VIEW,
      id: `slice:${portKey(port.nodeId, port.port)}`,
      label: `Slice of ${nameOf(analysis, port)}`,
      kind: 'code',
      given: [port],
      moving: [port],
      held: observed,
      inferred: inferredAt(analysis, [port]),
      hasPoints: true,
      steps: inferenceSteps(analysis, port),
    },
  ];
}
