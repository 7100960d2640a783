/** Of a name with so many letters per mistake the nearest is a guess rather than a likeness. */
const LETTERS_PER_MISTAKE = 3;

/** The name of a list that somebody may have meant: the fewest letters changed, left out, added or swapped; null where none is near. */
export function nearestName(written: string, names: readonly string[]): string | null {
  const plain = written.toLowerCase();
  let nearest: string | null = null;
  let fewest = Math.floor(written.length / LETTERS_PER_MISTAKE) + 1;
  for (const name of names) {
    // Further away by length alone.
    if (Math.abs(name.length - written.length) >= fewest) continue;
    const mistakes = distance(plain, name.toLowerCase());
    if (mistakes >= fewest) continue;
    fewest = mistakes;
    nearest = name;
  }
  return nearest;
}

/** Optimal string alignment: edits of one letter and swaps of two neighbours, none of a letter twice (Boytsov 2011, §2.2). */
function distance(a: string, b: string): number {
  let twoBefore: number[] = [];
  let before = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(
        (before[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (before[j - 1] ?? 0) + changed,
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, (twoBefore[j - 2] ?? 0) + 1);
      }
      row.push(least);
    }
    twoBefore = before;
    before = row;
  }
  return before[b.length] ?? 0;
}
