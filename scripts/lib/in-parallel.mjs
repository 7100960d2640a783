/**
 * `task` of every item, at most `limit` at once, begun in order; the results in the order of the items.
 *
 * @template Item, Result
 * @param {readonly Item[]} items
 * @param {number} limit
 * @param {(item: Item) => Promise<Result>} task
 * @returns {Promise<Result[]>}
 */
export async function inParallel(items, limit, task) {
  /** @type {Result[]} */
  const results = [];
  let next = 0;
  const worker = async () => {
    for (let i = next++; i < items.length; i = next++) {
      const item = items[i];
      if (item !== undefined) results[i] = await task(item);
    }
  };
  await Promise.all(Array.from({ length: limit }, worker));
  return results;
}
