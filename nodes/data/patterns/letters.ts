/** Height and width of a letter. */
export const LETTER_SIZE = 7;

/**
 * Z, J, E, X, I, and L, O, H, T, V, C, F, N: letters with about as many units on as off. A Hopfield network remembers
 * the first five together, and recalls them with a seventh of their units flipped; more of them are too much alike.
 */
const DRAWINGS = [
  `
#######  .....##  #######  ##...##  ..###..
#######  .....##  ##.....  ###.###  ..###..
...###.  .....##  ##.....  .#####.  ..###..
..###..  .....##  ######.  ..###..  ..###..
.###...  ##...##  ##.....  .#####.  ..###..
#######  #######  ##.....  ###.###  ..###..
#######  .#####.  #######  ##...##  ..###..
`,
  `
##.....  .#####.  ##...##  #######  ##...##  .######  #######  ##...##
##.....  #######  ##...##  #######  ##...##  #######  #######  ##...##
##.....  ##...##  ##...##  ..###..  ##...##  ##.....  ##.....  ###..##
##.....  ##...##  #######  ..###..  ##...##  ##.....  #####..  ##.#.##
##.....  ##...##  ##...##  ..###..  .##.##.  ##.....  #####..  ##..###
#######  #######  ##...##  ..###..  .#####.  #######  ##.....  ##...##
#######  .#####.  ##...##  ..###..  ..###..  .######  ##.....  ##...##
`,
];

/** Row by row, 1 where a letter is drawn. */
export const LETTERS: readonly (readonly number[])[] = DRAWINGS.flatMap(lettersOf);

/** Letters side by side, with spaces between. */
function lettersOf(drawing: string): number[][] {
  const lines = drawing
    .trim()
    .split('\n')
    .map((line) => line.split('  '));
  return (lines[0] ?? []).map((_, letter) =>
    lines.flatMap((line) => [...(line[letter] ?? '')].map((unit) => (unit === '#' ? 1 : 0))),
  );
}
