import { readAsset } from '../../../src/cli/assets';
import { defined } from '../../../src/core/invariant';
import { randomKey, RandomStream } from '../../../src/core/random';
import type { Dataset, DatasetSpec, NodeDefinition } from '../../../src/graph/nodeDefinition';
import { sampleSize } from '../../../src/graph/ports';

/** Loads the data set of a data node as the application does, with assets from the repository. */
export async function loadDataset(
  definition: NodeDefinition,
  params: Readonly<Record<string, unknown>> = {},
  seed = 1,
): Promise<{ spec: DatasetSpec; dataset: Dataset }> {
  const spec = defined(definition.dataset?.(definition.params.parse(params)), 'data set');
  const dataset = await spec.load({
    asset: readAsset,
    random: (stream) => new RandomStream(randomKey(seed, spec.id, stream)),
  });
  return { spec, dataset };
}

/** Rows of a column, training rows first. */
export function columnRows(
  { spec, dataset }: { spec: DatasetSpec; dataset: Dataset },
  column: string,
): number[][] {
  const size = sampleSize(defined(spec.columns[column], column));
  const values = defined(dataset.columns[column], column);
  return Array.from({ length: values.length / size }, (_, row) =>
    Array.from(values.subarray(row * size, (row + 1) * size)),
  );
}
