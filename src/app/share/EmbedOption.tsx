import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { SelectField } from '../../editor/fields/SelectField';
import { Button } from '../../panels/ui/Button';
import { useCopy } from '../../panels/ui/useCopy';
import { DOCK_TABS } from '../dock/dockTabs';
import { embedAddress, embedCode } from '../embed/embed';
import { useApp } from '../useApp';
import styles from './Share.module.css';

const TITLES = Object.fromEntries(DOCK_TABS.map(({ id, title }) => [id, title]));

/** The graph with its run and one panel, to be put into another page. */
export function EmbedOption({ address, title }: { address: string; title: string }) {
  const app = useApp();
  const [panel, setPanel] = useState(DOCK_TABS[0]?.id ?? '');
  const code = embedCode(embedAddress(address, panel), title);

  const { outcome, copy } = useCopy(code);
  const isCopied = outcome === 'copied';
  const put = async (): Promise<void> => {
    if ((await copy()) === 'refused')
      app.say('The browser does not let the page use the clipboard: copy the code by hand.');
  };
  return (
    <details className={styles.embed}>
      <summary>Embed in a page</summary>
      <p>
        The graph, its run and one panel. Readers can run it; to change it they open it in full.
      </p>
      <div className={styles.embedLine}>
        <label htmlFor="embed-panel">Panel</label>
        <SelectField
          id="embed-panel"
          value={panel}
          options={DOCK_TABS.map(({ id }) => id)}
          titles={TITLES}
          label="Panel"
          onChange={setPanel}
        />
        <Button
          icon={isCopied ? <Check size={15} aria-hidden /> : <Copy size={15} aria-hidden />}
          onClick={() => void put()}
        >
          {isCopied ? 'Copied' : 'Copy the code'}
        </Button>
      </div>
      <textarea
        className={styles.code}
        aria-label="Code to embed"
        readOnly
        rows={4}
        value={code}
        onFocus={(event) => event.target.select()}
      />
    </details>
  );
}
