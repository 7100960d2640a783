type Json = object | string | number | boolean | null | undefined;

/**
 * Roughly the bytes that a JSON value takes beyond what it shares with another: characters of its texts, 8 for each item of a list. What
 * is the same object in both costs nothing: an edit shares all that it leaves alone.
 * Items with ids are looked for by these, since lists change their order.
 */
export function unsharedWeight(value: Json, other: Json): number {
  if (value === other) return 0;
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 4;
  const counterpart = counterparts(value, other);
  let weight = Array.isArray(value) ? 8 * value.length : 2;
  for (const [key, child] of Object.entries(value) as [string, Json][]) {
    weight += key.length + unsharedWeight(child, counterpart(key, child));
  }
  return weight;
}

function counterparts(value: object, other: Json): (key: string, child: Json) => Json {
  if (typeof other !== 'object' || other === null) return () => undefined;
  if (!Array.isArray(value) || !Array.isArray(other)) {
    const fields = new Map<string, Json>(Object.entries(other));
    return (key) => fields.get(key);
  }
  const items = new Map(
    (other as readonly Json[]).map((item, index) => [idOf(item) ?? index, item]),
  );
  return (key, child) => items.get(idOf(child) ?? Number(key));
}

function idOf(item: Json): string | undefined {
  return typeof item === 'object' && item !== null && 'id' in item && typeof item.id === 'string'
    ? item.id
    : undefined;
}
