import { SequenceProvider } from '../../../panels/sequence/useSequence';
import { useApp } from '../../useApp';
import type { DockTab } from '../dockTab';
import { laterPanel } from '../laterPanel';

export const sequenceTab: DockTab = {
  id: 'sequence',
  title: 'Sequence',
  command: {
    title: 'Follow a sequence',
    keywords: 'time film frames rollout horizon prediction position path steps scrub',
  },
  Panel: SequenceOfApp,
};

const SequencePanel = laterPanel(
  'Sequence',
  async () => (await import('../../../panels/sequence/SequencePanel')).SequencePanel,
);

function SequenceOfApp() {
  const { sequence, sequenceActions } = useApp();
  return (
    <SequenceProvider store={sequence} actions={sequenceActions}>
      <SequencePanel />
    </SequenceProvider>
  );
}
