import type { Builder } from '../../ir/builder';
import type { Shape, Value } from '../../ir/types';

/**
 * Random numbers of a shape whose first axis goes over the batch, or over batch × time. Where the rows of an evaluation are to be
 * alike they are those of one row of the batch, for all of them.
 */
export function drawRows(
  builder: Builder,
  { alike = false, batch }: { readonly alike?: boolean; readonly batch: number },
  shape: Shape,
  draw: (shape: Shape) => Value,
): Value {
  const [rows, ...rest] = shape;
  if (!alike || rows === undefined || rows % batch !== 0) return draw(shape);
  const steps = rows / batch;
  const spread = builder.broadcast(
    draw([steps, ...rest]),
    [batch, steps, ...rest],
    [1, ...rest.map((_, axis) => axis + 2)],
  );
  return builder.reshape(spread, shape);
}
