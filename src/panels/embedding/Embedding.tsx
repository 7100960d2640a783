import { useMemo, useRef, useState } from 'react';
import { formatWhole, plural } from '../../core/formatNumber';
import { useEditor } from '../../editor/store/useEditor';
import type { EmbeddingFrame } from '../../probing/embedding/embeddingFrame';
import { SaveFigure } from '../charts/SaveFigure';
import { useThemeColours } from '../charts/themeColours';
import { DockTools } from '../DockTools';
import { download, fileName } from '../download';
import { NO_ROWS } from '../selection/rowSelection';
import { useRowSelectionStore, useSelectedRows } from '../selection/useRowSelection';
import { colourName } from './colourChoices';
import styles from './Embedding.module.css';
import asideStyles from './EmbeddingAside.module.css';
import { embeddingCsv } from './embeddingCsv';
import { EmbeddingFields } from './EmbeddingFields';
import { ClassLegend, ScalarLegend } from './EmbeddingLegend';
import { EmbeddingProgress } from './EmbeddingProgress';
import { EmbeddingTools } from './EmbeddingTools';
import { PointChart } from './PointChart';
import { pointScene, scalarRange } from './pointScene';
import type { PointStage } from './pointStage';
import { SampleCard } from './SampleCard';
import { SelectedSamples } from './SelectedSamples';
import { useEmbedding } from './useEmbedding';

/** An embedding that is there, with all that can be read off it and picked out of it. */
export function Embedding({ frame }: { frame: EmbeddingFrame }) {
  const { settings, energies, samples: table, stale, progress, ports } = useEmbedding((all) => all);
  const title = useEditor(({ document }) => document.title);
  const token = useThemeColours();
  const panel = useRef<HTMLDivElement>(null);
  const stage = useRef<PointStage | null>(null);
  const [pointed, setPointed] = useState(-1);
  const selection = useRowSelectionStore();
  const dataset = table?.dataset ?? '';
  const selected = useSelectedRows(dataset);
  const scene = useMemo(
    () => pointScene(frame, table, selected, token),
    [frame, table, selected, token],
  );
  const classes = useMemo(
    () =>
      [...new Set(Array.from(frame.samples, (sample) => table?.labels?.[sample] ?? -1))]
        .filter((label) => label >= 0)
        .sort((a, b) => a - b),
    [frame.samples, table],
  );
  // The next frame may have fewer points.
  const cursor = pointed < scene.count ? pointed : -1;
  const scalarName = colourName(settings.colour, energies);
  const port = ports?.find(({ key }) => key === frame.port);

  const select = (points: readonly number[], adds: boolean): void => {
    const rows = points.map((point) => frame.samples[point] ?? -1);
    selection.setState({ dataset, rows: new Set([...(adds ? selected : []), ...rows]) });
  };
  const toggle = (point: number): void => {
    const rows = new Set(selected);
    const row = frame.samples[point] ?? -1;
    if (!rows.delete(row)) rows.add(row);
    selection.setState({ dataset, rows });
  };
  const clear = (): void => selection.setState(NO_ROWS);
  const ofClass = (label: number): number[] =>
    [...frame.samples.keys()].filter(
      (point) => table?.labels?.[frame.samples[point] ?? -1] === label,
    );

  const saveCsv = (): void =>
    download(fileName(title, 'csv'), embeddingCsv(frame, table, scalarName, selected), 'text/csv');

  const method = frame.method === 'pca' ? 'PCA' : 'UMAP';
  return (
    <div ref={panel} className={styles.panel} data-stale={stale}>
      <DockTools>
        <EmbeddingTools
          step={frame.step}
          onCsv={saveCsv}
          saveFigure={
            <SaveFigure
              label="Save the embedding as a picture"
              parts={() => [...(panel.current?.querySelectorAll('[data-figure=part]') ?? [])]}
            />
          }
        />
      </DockTools>
      <PointChart
        label={`${method} of ${port?.label ?? ''} in ${frame.dimensions} dimensions: ${plural(scene.count, 'point')}`}
        describedBy="embedding-hint"
        scene={scene}
        step={frame.step}
        subject={`${frame.port}|${frame.method}|${frame.dimensions}`}
        cursor={cursor}
        onCursor={setPointed}
        onSelect={select}
        onToggle={toggle}
        onClear={clear}
        stage={stage}
      />
      <div className={asideStyles.aside}>
        <div className={asideStyles.column}>
          <EmbeddingFields hasLabels={table?.labels != null} />
          <SampleCard frame={frame} table={table} point={cursor} scalarName={scalarName} />
          {frame.scalars ? (
            <ScalarLegend name={scalarName} range={scalarRange(frame.scalars)} />
          ) : (
            classes.length > 0 && (
              <ClassLegend
                classes={classes}
                onChoose={(label, adds) => select(ofClass(label), adds)}
              />
            )
          )}
          {progress !== null && <EmbeddingProgress part={progress} />}
          <p className={asideStyles.note}>{aboutFrame(frame)}</p>
        </div>
        <div className={asideStyles.column}>
          <SelectedSamples table={table} selected={selected} onClear={clear} />
        </div>
      </div>
    </div>
  );
}

/** What the picture can be believed of. */
function aboutFrame({ explained, width, dimensions, leftOut, method }: EmbeddingFrame): string {
  const kept = leftOut === 0 ? '' : ` ${formatWhole(leftOut)} more are left out.`;
  const of = `Held-out samples, ${plural(width, 'number')} each.`;
  if (explained !== null) {
    const part = (100 * explained).toFixed(explained > 0.995 && explained < 1 ? 2 : 0);
    return `${of} ${part} % of their variance lies in the ${dimensions === 2 ? 'plane' : 'space'} that is shown.${kept}`;
  }
  return method === 'umap'
    ? `${of} Near neighbours are kept together; how far groups lie apart, and how large they are, says little.${kept}`
    : `${of}${kept}`;
}
