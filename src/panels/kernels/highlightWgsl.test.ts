import { expect, test } from 'vitest';
import { highlightWgsl } from './highlightWgsl';

const SOURCE = `// A comment
@group(0) @binding(1) var<storage, read_write> b1: array<f32, 64>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>) {
  let t = exp(b1[group.x]) * 0.5f; /* two
  lines */
}
`;

test('loses and adds nothing, line for line', () => {
  const lines = highlightWgsl(SOURCE).map((tokens) => tokens.map(({ text }) => text).join(''));
  expect(lines).toEqual(SOURCE.split('\n'));
});

test('tells comments, keywords, types, numbers and attributes apart', () => {
  const kinds = new Map(
    highlightWgsl(SOURCE)
      .flat()
      .map(({ text, kind }) => [text.trim(), kind]),
  );
  const wanted = {
    '// A comment': 'comment',
    '/* two': 'comment',
    'lines */': 'comment',
    fn: 'keyword',
    let: 'keyword',
    f32: 'builtin',
    exp: 'builtin',
    main: 'function',
    '0.5f': 'number',
    group: 'attribute',
  };
  expect(Object.fromEntries([...kinds].filter(([text]) => text in wanted))).toEqual(wanted);
});
