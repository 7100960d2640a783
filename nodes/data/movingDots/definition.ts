import {
  defineNode,
  type Dataset,
  type DatasetContext,
  type DatasetSpec,
} from '../../../src/graph/nodeDefinition';
import { tensorType } from '../../../src/graph/ports';
import { datasetId, inferDataset, lowerDataset, splitRows } from '../../shared/datasets';
import { tensorOutput } from '../../shared/ports';
import { movingDotsParameters, type MovingDotsParams } from './parameters';
import { drawSequence } from './sequence';

function dataset(params: MovingDotsParams): DatasetSpec {
  const { length, size } = params;
  // The strength of no background shapes nothing.
  const backgroundStrength = params.background === 'none' ? 0 : params.backgroundStrength;
  return {
    id: datasetId('data.movingDots', { ...params, backgroundStrength }),
    ...splitRows(params.sequences),
    columns: {
      frames: tensorType([size, size, 1], length),
      position: tensorType([2], length),
    },
    places: { position: 'frames' },
    load: async (context) => draw(params, context),
  };
}

function draw(params: MovingDotsParams, { random }: DatasetContext): Dataset {
  const { length, size, sequences } = params;
  const stream = random('sequences');
  const frameNumbers = length * size * size;
  const frames = new Float32Array(sequences * frameNumbers);
  const position = new Float32Array(sequences * length * 2);
  for (let row = 0; row < sequences; row++) {
    drawSequence(stream, params, {
      frames: frames.subarray(row * frameNumbers, (row + 1) * frameNumbers),
      position: position.subarray(row * length * 2, (row + 1) * length * 2),
    });
  }
  return { columns: { frames, position } };
}

/** Image sequences of one dot that moves, turns and bounces. */
export const dataMovingDots = defineNode({
  kind: 'data.movingDots',
  category: 'data',
  title: 'Moving dots',
  synonyms: ['video', 'film', 'sequence', 'frames', 'time series', 'motion', 'observed variable'],
  icon: 'film',
  help: 'Short films of a dot that moves at a speed of its own, turns a little at random and bounces off the borders, before a background that can distract.',
  formula: String.raw`\begin{gathered} p_{t+1} = p_t + v\,(\cos\varphi_t, \sin\varphi_t) \\ \varphi_{t+1} = \varphi_t + \epsilon_t \\ x_t(u) = e^{-\|u - p_t\|^2 / 2\sigma^2} + \text{background} \end{gathered}`,
  source:
    'After Sobal et al. 2022, Joint Embedding Predictive Architectures Focus on Slow Features, §4 (moving dots); reflection at the borders is ours',
  params: movingDotsParameters,
  ports: () => ({
    inputs: [],
    outputs: [
      tensorOutput('frames', 'The film: one grey image a step.'),
      tensorOutput('position', 'Where the dot is, from −1 to 1 in both directions.'),
    ],
  }),
  time: 'aware',
  dataset,
  infer: ({ params }) => inferDataset(dataset(params)),
  lower: (context) => lowerDataset(context, dataset(context.params)),
});
