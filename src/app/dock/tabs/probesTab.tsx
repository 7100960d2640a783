import { ProbesProvider } from '../../../panels/probes/useProbes';
import { useApp } from '../../useApp';
import type { DockTab } from '../dockTab';
import { laterPanel } from '../laterPanel';

export const probesTab: DockTab = {
  id: 'probes',
  title: 'Probes',
  command: {
    title: 'Show the probes',
    keywords: 'linear knn accuracy confusion labels neighbours retrieval histogram',
  },
  needsRun: true,
  Panel: ProbesOfApp,
};

const ProbesPanel = laterPanel(
  'Probes',
  async () => (await import('../../../panels/probes/ProbesPanel')).ProbesPanel,
);

function ProbesOfApp() {
  const { probes, probesActions } = useApp();
  return (
    <ProbesProvider store={probes} actions={probesActions}>
      <ProbesPanel />
    </ProbesProvider>
  );
}
