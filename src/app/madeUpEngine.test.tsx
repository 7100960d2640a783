import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { main } from '../cli/main';
import { calibrate } from '../engine/calibrate';
import type { EngineDescriptor } from '../engine/descriptor';
import { ENGINES } from '../engine/engines';
import type * as Table from '../engine/engines';
import { nodeHost } from '../engine/hosts/nodeHost';
import { createRunStore, type RunState } from '../panels/run/runStore';
import { RunProvider } from '../panels/run/useRun';
import { chooseEngine } from '../training/chooseEngine';
import { appCommands } from './appCommands';
import { engineOptions } from './engineOptions';
import { EngineBadge } from './topbar/EngineBadge';
import { AppContext, type App } from './useApp';

/** The one line that a new engine takes: here it stands instead of all others but the reference engine. */
vi.mock('../engine/engines', async (original) => {
  const table = await original<typeof Table>();
  const reference = table.ENGINES.filter(({ name }) => name === 'reference');
  const ENGINES = [...reference.map((engine) => ({ ...engine, automatic: true })), abacus];
  return {
    ...table,
    ENGINES,
    engineChoices: () => ['auto', ...ENGINES.map(({ name }) => name)],
  };
});

/** The one file that a new engine takes: it computes as the reference engine does. */
const abacus: EngineDescriptor = vi.hoisted(() => ({
  name: 'abacus',
  label: 'Abacus',
  hint: 'Beads on wires',
  automatic: true,
  portable: true,
  create: async () => {
    const { createReferenceEngine } = await import('../engine/reference/referenceEngine');
    const engine = createReferenceEngine();
    const info = { ...engine.info, name: 'abacus', badge: 'Abacus of 7 rods', backend: 'wood' };
    return { ok: true, value: { ...engine, info }, diagnostics: [] } as const;
  },
}));

it('is considered by the automatic choice', async () => {
  let time = 0;
  const seen: string[][] = [];
  const { factory } = chooseEngine('auto', ENGINES, nodeHost, (engines) => {
    seen.push(engines.map(({ info }) => info.name));
    return calibrate([...engines].reverse(), () => (time += 1000));
  });
  const chosen = await factory();
  expect(seen).toEqual([['reference', 'abacus']]);
  expect(chosen.ok && chosen.value.engine.info.name).toBe('abacus');
  expect(chosen.ok && chosen.value.reason).toContain('abacus (wood)');
});

it('is named by the badge, the menus and the commands of the page', async () => {
  const made = await abacus.create(nodeHost);
  const { info } = made.ok ? made.value : { info: null };
  const html = (engine: RunState['engine'], engineChoice: string): string => {
    const run = createStore<RunState>(() => ({
      ...createRunStore(engineChoice).getState(),
      engine,
    }));
    const app = { run, actions: {}, editor: {} } as unknown as App;
    return renderToStaticMarkup(
      <AppContext value={app}>
        <RunProvider store={run} actions={app.actions}>
          <EngineBadge />
        </RunProvider>
      </AppContext>,
    );
  };
  expect(html(null, 'abacus')).toContain('<span>Abacus</span>');
  expect(html(info && { ...info, reason: '' }, 'auto')).toContain('Abacus of 7 rods');
  expect(engineOptions()).toContainEqual({
    value: 'abacus',
    label: 'Abacus',
    hint: 'Beads on wires',
    command: 'Compute with Abacus',
  });
  const page = {
    run: createRunStore(),
    actions: {},
    runsActions: {},
    editor: {},
  } as unknown as App;
  expect(appCommands(page).map(({ title }) => title)).toContain('Compute with Abacus');
});

it('trains where the command line asks for it by name', async () => {
  const out: string[] = [];
  const err: string[] = [];
  const terminal = {
    out: (text: string) => void out.push(text),
    err: (text: string) => void err.push(text),
    stdin: () => Promise.resolve(''),
  };
  const train = 'train parabola --steps 2 --json --engine'.split(' ');
  expect(await main([...train, 'abacus'], terminal)).toBe(0);
  expect(JSON.parse(out.at(-1) ?? '{}')).toMatchObject({ done: true, engine: 'abacus' });
  expect(await main([...train, 'slide-rule'], terminal)).toBe(2);
  expect(err.join('\n')).toContain('auto, reference, abacus');
});
