import { lazy } from 'react';
import { SequenceProvider } from '../../../panels/sequence/useSequence';
import { useApp } from '../../useApp';
import type { DockTab } from '../dockTab';

export const sequenceTab: DockTab = {
  id: 'sequence',
  title: 'Sequence',
  command: {
    title: 'Follow a sequence',
    keywords: 'time film frames rollout horizon prediction position path steps scrub',
  },
  Panel: SequenceOfApp,
};

const SequencePanel = lazy(async () => {
  const panel = await import('../../../panels/sequence/SequencePanel');
  return { default: panel.SequencePanel };
});

function SequenceOfApp() {
  const { sequence, sequenceActions } = useApp();
  return (
    <SequenceProvider store={sequence} actions={sequenceActions}>
      <SequencePanel />
    </SequenceProvider>
  );
}
