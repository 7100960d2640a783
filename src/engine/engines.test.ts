import { expect, it } from 'vitest';
import { engineChoices, ENGINES } from './engines';
import { nodeHost } from './hosts/nodeHost';

it('makes engines that are called as their descriptors say, or says why it cannot', async () => {
  for (const descriptor of ENGINES) {
    const made = await descriptor.create(nodeHost);
    if (made.ok) expect(made.value.info.name).toBe(descriptor.name);
    else expect(made.diagnostics).toMatchObject([{ code: 'run.engine-unavailable' }]);
    if (made.ok) made.value.dispose();
  }
  expect(engineChoices()).toEqual(['auto', ...ENGINES.map(({ name }) => name)]);
});

it('has a portable engine that may be chosen without being asked for', () => {
  expect(ENGINES.some(({ automatic, portable }) => automatic && portable)).toBe(true);
  expect(new Set(engineChoices()).size).toBe(ENGINES.length + 1);
});
