import { Activity, BookOpen, Stethoscope, Workflow } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { NarrowView } from '../../editor/narrow/narrow';
import { collapseTab } from '../dock/tabs/collapseTab';
import { trainingTab } from '../dock/tabs/trainingTab';
import { showTab } from '../page/pageStore';
import { useApp, usePage } from '../useApp';
import styles from './ViewTabs.module.css';

const ICON = { size: 18, strokeWidth: 1.75, 'aria-hidden': true } as const;
const TABS: readonly (readonly [name: 'Graph' | 'Curves' | 'Diagnosis' | 'Guide', LucideIcon])[] = [
  ['Graph', Workflow],
  ['Curves', Activity],
  ['Diagnosis', Stethoscope],
  ['Guide', BookOpen],
];

/** At the foot of a narrow window: what it shows. The dock is two of them, since the diagnosis is what many come for. */
export function ViewTabs() {
  const { page } = useApp();
  const { view, tab } = usePage(({ view, tab }) => ({ view, tab }));
  const shown = nameOf(view, tab);
  const { Mark } = collapseTab;
  const show = {
    Graph: () => page.setState({ view: 'graph' }),
    // Any other tab of the dock stays as it is.
    Curves: () => showTab(page, tab === null || tab === collapseTab.id ? trainingTab.id : tab),
    Diagnosis: () => showTab(page, collapseTab.id),
    Guide: () => page.setState({ view: 'guide' }),
  };
  return (
    <nav className={styles.tabs} aria-label="Views">
      {TABS.map(([name, Icon]) => (
        <button
          key={name}
          type="button"
          className={styles.tab}
          aria-current={name === shown ? 'page' : undefined}
          onClick={show[name]}
        >
          <Icon {...ICON} />
          <span className={styles.name}>
            <span>{name}</span>
            {name === 'Diagnosis' && Mark && <Mark />}
          </span>
        </button>
      ))}
    </nav>
  );
}

function nameOf(view: NarrowView, tab: string | null): string {
  if (view === 'graph') return 'Graph';
  if (view === 'guide') return 'Guide';
  return tab === collapseTab.id ? 'Diagnosis' : 'Curves';
}
