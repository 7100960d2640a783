import { Download } from 'lucide-react';
import { useCallback, useLayoutEffect, useMemo, useRef } from 'react';
import { formatWhole } from '../../core/formatNumber';
import { SelectField } from '../../editor/fields/SelectField';
import { useEditor } from '../../editor/store/useEditor';
import { IconButton } from '../../editor/ui/IconButton';
import type { SequenceFilm, SequenceFrame } from '../../probing/sequence/sequenceFrame';
import { SaveFigure } from '../charts/SaveFigure';
import { DockTools } from '../DockTools';
import { download, fileName } from '../download';
import toolStyles from '../landscape/LandscapeTools.module.css';
import { usePanelState } from '../usePanelState';
import { Filmstrip } from './Filmstrip';
import { FrameView } from './FrameView';
import styles from './Sequence.module.css';
import { SequenceChart } from './SequenceChart';
import { sequenceCharts, sequenceCsv } from './sequenceCharts';
import { SequenceControls, type Look } from './SequenceControls';
import { shownPaths } from './shownPaths';
import { useSequence } from './useSequence';

/** Until somebody scrubs, all of a sequence is there to be seen. */
const LAST = Number.MAX_SAFE_INTEGER;

/** A held-out sequence, what is predicted along it, and how far that is off. */
export function Sequence({ frame, film }: { frame: SequenceFrame; film: SequenceFilm }) {
  const stale = useSequence((state) => state.stale);
  const title = useEditor(({ document }) => document.title);
  const [kept, keep] = usePanelState<Look>('sequence', {
    ...{ sequence: 0, step: LAST, playing: false, hidden: [] },
  });
  const [chosen, choose] = usePanelState('sequence chart', '');
  const panel = useRef<HTMLDivElement>(null);
  const { steps, pictures } = film;
  // Another graph may have fewer of either.
  const sequence = Math.min(kept.sequence, frame.sequences - 1);
  const step = Math.min(kept.step, steps - 1);
  const { playing, hidden } = kept;
  const look = useMemo(() => ({ sequence, step, playing, hidden }), [sequence, step, playing, hidden]); // prettier-ignore
  const latest = useRef(keep);
  useLayoutEffect(() => {
    latest.current = keep;
  });
  const onLook = useCallback(
    // What was chosen is kept, not what of it this graph has: a longer one shows its last step again.
    (change: Partial<Look>) => latest.current({ ...kept, ...change }),
    [kept],
  );
  const charts = useMemo(() => sequenceCharts(frame, sequence), [frame, sequence]);
  const chart = charts.find(({ id }) => id === chosen) ?? charts[0];
  const paths = useMemo(() => shownPaths(frame, film, look), [frame, film, look]);
  const reel = useMemo(() => pictures && partOf(pictures.values, film.sequences, sequence), [pictures, film, sequence]); // prettier-ignore
  const shown = useMemo(() => reel && partOf(reel, steps, step), [reel, steps, step]);

  return (
    <div
      ref={panel}
      className={styles.panel}
      data-stale={stale}
      data-testid="sequence"
      data-step={frame.step ?? 'initial'}
    >
      <DockTools>
        <div className={toolStyles.tools}>
          <span className={toolStyles.when} data-stale={stale}>
            {frame.step === null ? 'Initial weights' : `Step ${formatWhole(frame.step)}`}
            {stale && ' · of the graph that ran'}
          </span>
          {charts.length > 1 && (
            <div className={toolStyles.select}>
              <SelectField
                id="sequence-chart"
                label="What is drawn over the steps"
                value={chart?.id ?? ''}
                options={charts.map(({ id }) => id)}
                titles={Object.fromEntries(charts.map(({ id, title: name }) => [id, name]))}
                onChange={choose}
              />
            </div>
          )}
          <IconButton
            label="Save the curves of this sequence as CSV"
            onClick={() => download(fileName(title, 'csv'), sequenceCsv(charts, steps), 'text/csv')}
          >
            <Download size={15} strokeWidth={1.75} aria-hidden />
          </IconButton>
          <SaveFigure label="Save the sequence as a picture" parts={() => [panel.current]} />
        </div>
      </DockTools>
      <SequenceControls {...{ frame, steps, look, onLook }} />
      {pictures && shown && (
        <FrameView
          shape={pictures.shape}
          values={shown}
          paths={paths}
          label={`Step ${step + 1} of sequence ${sequence + 1}, with the places that ${paths.filter(({ style }) => style !== null).length} probes say`}
        />
      )}
      <div className={styles.beside}>
        {pictures && reel && (
          <Filmstrip
            {...{ shape: pictures.shape, values: reel, steps, step }}
            onStep={(next) => onLook({ step: next, playing: false })}
          />
        )}
        {chart ? (
          <SequenceChart
            {...{ chart, steps, step, hidden }}
            onStep={(next) => onLook({ step: next, playing: false })}
          />
        ) : (
          <p className={styles.note}>
            Nothing in this graph is compared or predicted step by step: no energy is over a
            sequence, and there is no rollout.
          </p>
        )}
      </div>
    </div>
  );
}

/** One of equal parts. */
function partOf(values: Float32Array, parts: number, index: number): Float32Array {
  const size = values.length / parts;
  return values.subarray(index * size, (index + 1) * size);
}
