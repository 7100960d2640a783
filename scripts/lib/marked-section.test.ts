import { expect, test } from 'vitest';
import { markdownTable, replaceSection } from './marked-section.mjs';

const PAGE = `# Page

<!-- generated: first -->

old

<!-- end of generated -->

By hand.

<!-- generated: second -->
<!-- end of generated -->
`;

test('replaces what stands between the marks, and nothing else', () => {
  const once = replaceSection(PAGE, 'first', 'new\n');
  expect(once).toBe(PAGE.replace('old', 'new'));
  expect(replaceSection(once, 'first', 'new')).toBe(once);
  expect(replaceSection(PAGE, 'second', 'more')).toBe(
    PAGE.replace('second -->\n', 'second -->\n\nmore\n\n'),
  );
});

test('refuses a page without the section', () => {
  expect(() => replaceSection(PAGE, 'third', 'new')).toThrow('third');
});

test('writes tables, with bars in cells escaped', () => {
  expect(markdownTable(['a', 'b'], [['1', 'x|y']])).toBe('| a | b |\n| --- | --- |\n| 1 | x\\|y |');
});
