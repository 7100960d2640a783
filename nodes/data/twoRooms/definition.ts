import {
  defineNode,
  type Dataset,
  type DatasetContext,
  type DatasetSpec,
} from '../../../src/graph/nodeDefinition';
import { tensorType } from '../../../src/graph/ports';
import { datasetId, inferDataset, lowerDataset, splitRows } from '../../shared/datasets';
import { tensorOutput } from '../../shared/ports';
import { twoRoomsParameters, type TwoRoomsParams } from './parameters';
import { drawSequence } from './sequence';

function dataset(params: TwoRoomsParams): DatasetSpec {
  const { length, size } = params;
  return {
    id: datasetId('data.twoRooms', params),
    ...splitRows(params.sequences),
    columns: {
      states: tensorType([size, size, 2], length),
      actions: tensorType([2], length),
      position: tensorType([2], length),
      distractor: tensorType([2], length),
    },
    places: { position: 'states', distractor: 'states' },
    load: async (context) => draw(params, context),
  };
}

function draw(params: TwoRoomsParams, { random }: DatasetContext): Dataset {
  const { length, size, sequences } = params;
  const stream = random('sequences');
  const stateNumbers = length * size * size * 2;
  const states = new Float32Array(sequences * stateNumbers);
  const [actions, position, distractor] = [0, 1, 2].map(
    () => new Float32Array(sequences * length * 2),
  ) as [Float32Array, Float32Array, Float32Array];
  for (let row = 0; row < sequences; row++) {
    const pairs = (column: Float32Array): Float32Array =>
      column.subarray(row * length * 2, (row + 1) * length * 2);
    drawSequence(stream, params, {
      states: states.subarray(row * stateNumbers, (row + 1) * stateNumbers),
      actions: pairs(actions),
      position: pairs(position),
      distractor: pairs(distractor),
    });
  }
  return { columns: { states, actions, position, distractor } };
}

/** Sequences of states and actions of a dot in two rooms. */
export const dataTwoRooms = defineNode({
  kind: 'data.twoRooms',
  category: 'data',
  title: 'Two rooms',
  synonyms: [
    'world',
    'environment',
    'actions',
    'states',
    'planning',
    'offline reinforcement learning',
    'navigation',
    'maze',
    'trajectories',
    'observed variable',
  ],
  icon: 'door-open',
  help: 'A dot that is moved by actions in two rooms with a door between them; walls and borders stop it. Action t leads from state t to state t + 1, so the last one leads out of the sequence. Headings wander, and are drawn anew where something was in the way.',
  formula: String.raw`\begin{gathered} p_{t+1} = \mathrm{simulate}(p_t, a_t) \\ a_t = \ell_t\,(\cos\varphi_t, \sin\varphi_t), \quad \varphi_{t+1} = \varphi_t + \mathrm{vonMises}(\kappa) \\ x_t(u) = \big[e^{-\|u - p_t\|^2 / 2\sigma^2},\ \mathrm{wall}(u)\big] \end{gathered}`,
  source:
    'After Sobal et al. 2025, Learning from Reward-Free Offline Data: A Case for Planning with Latent Dynamics Models (two rooms), and facebookresearch/eb_jepa: steps, headings and dot; borders at the edge of the picture, a wall of one pixel and the distractor are ours',
  params: twoRoomsParameters,
  ports: () => ({
    inputs: [],
    outputs: [
      tensorOutput(
        'states',
        'What is seen: an image a step, with the dot in one channel and the wall in the other.',
      ),
      tensorOutput(
        'actions',
        'How far the dot is to go from each state: right and down, in pixels.',
      ),
      tensorOutput('position', 'Where the dot is, from −1 to 1 in both directions.'),
      tensorOutput('distractor', 'Where the distractor is, or would be, in the same units.'),
    ],
  }),
  time: 'aware',
  dataset,
  infer: ({ params }) => inferDataset(dataset(params)),
  lower: (context) => lowerDataset(context, dataset(context.params)),
});
