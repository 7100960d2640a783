import { Check, Copy } from 'lucide-react';
import { useMemo, useState } from 'react';
import { formatNumber, formatWhole, plural } from '../../core/formatNumber';
import { canonicalJson } from '../../document/canonical';
import { encodeShareLink, LINK_LIMITS } from '../../document/shareLink';
import { useEditor } from '../../editor/store/useEditor';
import { download, fileName } from '../../panels/download';
import { blockReason } from '../../panels/run/blockReason';
import type { RunState } from '../../panels/run/runStore';
import { Button } from '../../panels/ui/Button';
import { Dialog } from '../../panels/ui/Dialog';
import { useCopy } from '../../panels/ui/useCopy';
import { useApp } from '../useApp';
import { EmbedOption } from './EmbedOption';
import { claimsOf } from './reproduce';
import styles from './Share.module.css';

/** Characters of a link from which on some chat and mail programs cut it. */
const LONG_LINK = 4096;

/** The document as a link. Nothing leaves the page, and the address bar changes only when asked to. */
export function ShareDialog() {
  const app = useApp();
  const document = useEditor((state) => state.document);
  const blocked = useEditor(({ analysis }) => blockReason(analysis.diagnostics));
  // What was claimed is what could be seen when the dialog opened.
  const [run] = useState(() => app.run.getState());
  const [claims] = useState(() => claimsOf(run));
  const cannotClaim =
    claims === null ? 'Run the graph first to share what it showed.' : whyNot(run);
  const [include, setInclude] = useState(cannotClaim === null);

  const shared = useMemo(() => {
    const { claims: _, ...plain } = document;
    return include && claims !== null ? { ...plain, claims } : plain;
  }, [document, include, claims]);
  const link = useMemo(() => encodeShareLink(shared), [shared]);
  const address = link.ok ? `${window.location.href.replace(/#.*/, '')}#${link.value}` : '';

  const { outcome, copy } = useCopy(address);
  const isCopied = outcome === 'copied';
  const put = async (): Promise<void> => {
    if ((await copy()) === 'refused')
      app.say('The browser does not let the page use the clipboard: copy the link by hand.');
  };
  const putIntoAddress = (): void => {
    history.replaceState(null, '', address);
    app.say('The link is in the address bar.');
  };
  const saveFile = (): void =>
    download(fileName(document.title, 'json'), canonicalJson(shared), 'application/json');
  const steps = claims?.step ?? document.training.steps;

  return (
    <Dialog
      title="Share"
      description="The whole graph with its settings and seed is in the link itself: no server keeps it."
      width={520}
      onClose={() => app.page.setState({ dialog: null })}
      actions={
        <>
          <Button disabled={!link.ok} onClick={putIntoAddress}>
            Put into the address bar
          </Button>
          <Button
            kind="primary"
            disabled={!link.ok}
            icon={isCopied ? <Check size={15} aria-hidden /> : <Copy size={15} aria-hidden />}
            onClick={() => void put()}
          >
            {isCopied ? 'Copied' : 'Copy the link'}
          </Button>
        </>
      }
    >
      <div className={styles.option}>
        <input
          id="share-results"
          type="checkbox"
          checked={include}
          disabled={cannotClaim !== null}
          onChange={(event) => {
            setInclude(event.target.checked);
          }}
        />
        <div>
          <label htmlFor="share-results">
            Include the results of this run, for others to reproduce
            <span className={styles.below}>
              {cannotClaim ??
                (claims &&
                  [
                    `Step ${formatWhole(claims.step)}`,
                    `loss ${formatNumber(claims.loss)}`,
                    ...(claims.verdict === undefined ? [] : [claims.verdict]),
                    ...(claims.engine === undefined ? [] : [claims.engine]),
                  ].join(' · '))}
            </span>
          </label>
          {cannotClaim !== null && blocked === null && (
            <Button
              className={styles.again}
              tip={`${plural(steps, 'step')} from step 0`}
              onClick={() => app.shareAnew(steps)}
            >
              {claims === null ? 'Run, and share' : 'Reset, run again, and share'}
            </Button>
          )}
        </div>
      </div>
      {link.ok ? (
        <>
          <input
            className={styles.link}
            aria-label="Link"
            readOnly
            value={address}
            data-testid="share-link"
            onFocus={(event) => event.target.select()}
          />
          <p className={styles.length}>
            {formatWhole(address.length)} characters · {plural(document.nodes.length, 'node')}, seed{' '}
            {document.training.seed}
          </p>
          <EmbedOption address={address} title={document.title} />
          {address.length > LONG_LINK && (
            <div className={styles.long}>
              <p>
                Some chat and mail programs cut links this long. Basin itself reads up to{' '}
                {formatWhole(LINK_LIMITS.characters)} characters; a file holds the same.
              </p>
              <Button onClick={saveFile}>Save as a file</Button>
            </div>
          )}
        </>
      ) : (
        <>
          <p className={styles.refusal} role="alert">
            {link.diagnostics.map(({ message, hint }) => `${message} ${hint ?? ''}`).join(' ')}
          </p>
          <Button className={styles.again} onClick={saveFile}>
            Save as a file
          </Button>
        </>
      )}
    </Dialog>
  );
}

function whyNot({
  reproducible,
  stale,
  changed,
}: Pick<RunState, 'reproducible' | 'stale' | 'changed'>): string | null {
  if (stale) return `${changed} changed after the run.`;
  if (!reproducible) {
    return 'Something was changed while it ran, so others could not repeat it.';
  }
  return null;
}
