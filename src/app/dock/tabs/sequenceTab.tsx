import { SequencePanel } from '../../../panels/sequence/SequencePanel';
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

function SequenceOfApp() {
  const { sequence, sequenceActions } = useApp();
  return (
    <SequenceProvider store={sequence} actions={sequenceActions}>
      <SequencePanel />
    </SequenceProvider>
  );
}
