import { useStore } from 'zustand';
import type { Due } from '../../../workers/client';
import { Button } from '../../panels/ui/Button';
import { useApp } from '../useApp';
import { Banner } from './Banner';
import { dropSilent } from './silentWorkers';

const SAYS: Readonly<Record<Due, (name: string) => string>> = {
  answers: (name) => `The ${name} has not answered for some time.`,
  steps: () => 'The run has not made a step for some time.',
};

const HINTS: Readonly<Record<Due, string>> = {
  answers: 'Something large may keep it busy. If it hangs, another one takes its place.',
  steps:
    'A step of a large graph may take that long. Restarted, the run goes on from the weights seen last.',
};

/** Workers that nothing is heard of: they may be busy, or hang. */
export function WorkerBanners() {
  const { silentWorkers } = useApp();
  const silent = useStore(silentWorkers, (state) => state.silent);
  return (
    <>
      {silent.map((worker) => (
        <Banner
          key={worker.name}
          severity="warning"
          message={SAYS[worker.due](worker.name)}
          hint={HINTS[worker.due]}
          actions={
            <Button kind="primary" onClick={worker.restart}>
              Restart the worker
            </Button>
          }
          onDismiss={() => dropSilent(silentWorkers, worker)}
        />
      ))}
    </>
  );
}
