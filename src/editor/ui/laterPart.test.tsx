import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { laterPart, type PartToCome } from './laterPart';

function Meanwhile({ name, part }: { name: string; part: PartToCome }) {
  return (
    <p>
      {name}: {part.what}, {part.coming.state}
    </p>
  );
}

it('draws what stands in its place, with its own properties, until it is here', () => {
  const Greeting = laterPart(
    'The greeting',
    () => Promise.resolve(({ name }: { name: string }) => <b>{name}</b>),
    Meanwhile,
  );
  expect(renderToStaticMarkup(<Greeting name="A" />)).toBe('<p>A: The greeting, coming</p>');
});
