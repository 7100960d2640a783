/**
 * A key that an object of this JSON text has twice, which `JSON.parse` passes over in silence: it takes the last. Null where there is
 * none. The text has been parsed before.
 */
export function repeatedKey(json: string): string | null {
  const objects: (Set<string> | null)[] = [];
  let at = 0;
  while (at < json.length) {
    const character = json[at];
    if (character === '{') objects.push(new Set());
    else if (character === '[') objects.push(null);
    else if (character === '}' || character === ']') objects.pop();
    if (character !== '"') {
      at++;
      continue;
    }
    const end = endOfText(json, at);
    const keys = objects.at(-1);
    if (keys && isColonNext(json, end)) {
      // Two spellings of one key are the same key.
      const key = String(JSON.parse(json.slice(at, end)));
      if (keys.has(key)) return key;
      keys.add(key);
    }
    at = end;
  }
  return null;
}

/** Behind the closing quote of the text that begins here. */
function endOfText(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at + 1;
}

function isColonNext(json: string, from: number): boolean {
  let at = from;
  while (at < json.length && ' \t\r\n'.includes(json[at] ?? '')) at++;
  return json[at] === ':';
}
