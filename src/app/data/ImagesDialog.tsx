import { useEffect, useRef, useState } from 'react';
import type { Diagnostic } from '../../core/diagnostic';
import { formatBytes, plural, pluralWhole } from '../../core/formatNumber';
import { FieldRow } from '../../editor/fields/FieldRow';
import { SelectField } from '../../editor/fields/SelectField';
import { SwitchField } from '../../editor/fields/SwitchField';
import { Button } from '../../panels/ui/Button';
import { Dialog } from '../../panels/ui/Dialog';
import { endingOf, stemOf } from '../../tables/dataFile';
import type { ImageShape } from '../../tables/images/resizePixels';
import type { ImagesPreview, PlacedImage } from '../../../workers/protocol/ownData';
import { useApp } from '../useApp';
import styles from './Data.module.css';
import { FaultList } from './FaultList';
import { usualPlace } from './placeData';
import { PlaceField } from './PlaceField';
import { ReadingProgress } from './ReadingProgress';

interface ImagesDialogProps {
  readonly files: readonly PlacedImage[];
  /** The node that they are for; null where that is open. */
  readonly nodeId: string | null;
}

const SIDES = [8, 16, 28, 32, 48, 64, 96, 128];
const LABELS_SHOWN = 8;

/** Pictures before they are used: in which size, with which labels, and where they go. */
export function ImagesDialog({ files, nodeId }: ImagesDialogProps) {
  const app = useApp();
  const { ownData, editor } = app;
  const [preview, setPreview] = useState<ImagesPreview | null>(null);
  const [isLooking, setLooking] = useState(true);
  const [faults, setFaults] = useState<readonly Diagnostic[]>([]);
  const [other, setOther] = useState<string | null>(null);
  const [progress, setProgress] = useState<number | null>(null);
  const [place, setPlace] = useState<string | null>(() => nodeId ?? usualPlace(editor));
  /** Counts what was asked: answers to earlier questions do not matter any more. */
  const asked = useRef(0);
  const name = nameOf(files);
  const isBusy = progress !== null;

  const close = (): void => {
    asked.current++;
    if (isBusy) ownData.stop();
    app.page.setState({ dialog: null });
  };
  const told = (done: number, total: number): void => setProgress(done / total);

  const look = async (shape: ImageShape | null): Promise<void> => {
    const question = ++asked.current;
    setLooking(true);
    const answer = await ownData.previewImages(files, shape);
    if (question !== asked.current) return;
    setLooking(false);
    setPreview(answer.preview);
    setFaults(answer.diagnostics);
  };

  useEffect(() => {
    const begin = async (): Promise<void> => {
      const missed = ownData.missedImages(nodeId);
      if (missed !== null) {
        setProgress(0);
        const isRestored = await ownData.restoreImages(files, missed, told);
        setProgress(null);
        if (isRestored) return app.page.setState({ dialog: null });
        setOther(`These are not the pictures that the document names, “${missed.name}”.`);
      }
      await look(missed ? [missed.height, missed.width, missed.channels] : null);
    };
    void begin();
    // Once for these files: what is asked later is asked by hand.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [files, nodeId]);

  const use = async (): Promise<void> => {
    if (!preview) return;
    const question = ++asked.current;
    setFaults([]);
    setProgress(0);
    const { isDone, diagnostics } = await ownData.useImages(
      ...([files, name, preview.shape, place, told] as const),
    );
    if (question !== asked.current) return;
    setProgress(null);
    setFaults(diagnostics);
    if (!isDone) return;
    app.page.setState({ dialog: null });
    for (const { message } of diagnostics) app.say(message);
  };

  const isTooLarge = faults.some(({ code }) => code === 'data.too-large');

  return (
    <Dialog
      title={name}
      description={preview ? inWords(preview) : isLooking ? 'Looking at them…' : undefined}
      width={560}
      onClose={close}
      actions={
        <>
          {isBusy && (
            <ReadingProgress part={progress} of={plural(preview?.count ?? 0, 'picture')} />
          )}
          <Button onClick={close}>{isBusy ? 'Stop' : 'Cancel'}</Button>
          <Button
            kind="primary"
            disabled={preview === null || isBusy || isTooLarge}
            onClick={() => void use()}
          >
            Use these pictures
          </Button>
        </>
      }
    >
      <FaultList other={other} faults={faults} />
      {preview && (
        <>
          <div className={styles.samples} role="img" aria-label="The first pictures">
            {preview.samples.map((pixels, index) => (
              <Sample key={index} pixels={pixels} shape={preview.shape} />
            ))}
          </div>
          <div className={styles.options}>
            <FieldRow
              id="images-size"
              label="Size"
              description="All pictures are brought to it: the middle of each, scaled."
            >
              <SelectField
                id="images-size"
                label="Size"
                value={`${preview.shape[0]} × ${preview.shape[1]}`}
                options={sizesFor(preview)}
                disabled={isBusy}
                onChange={(size) => {
                  const [height = 1, width = 1] = size.split(' × ').map(Number);
                  void look([height, width, preview.shape[2]]);
                }}
              />
            </FieldRow>
            <FieldRow id="images-grey" label="Grey" description="One number a pixel, not three.">
              <SwitchField
                id="images-grey"
                label="Grey"
                value={preview.shape[2] === 1}
                disabled={isBusy}
                onChange={(isGrey) =>
                  void look([preview.shape[0], preview.shape[1], isGrey ? 1 : 3])
                }
              />
            </FieldRow>
            <PlaceField
              id="images-place"
              label="Put them"
              description="Which node has the pictures."
              place={place}
              disabled={isBusy}
              onChange={setPlace}
            />
          </div>
          <p className={styles.remark}>{labelsInWords(preview.labels)}</p>
          {isMeantAsGraph(files, nodeId) && (
            <p className={styles.remark}>
              No graph is inside: a picture of a canvas loses it where a program writes it anew.
            </p>
          )}
        </>
      )}
    </Dialog>
  );
}

/** One PNG that nobody chose for a node may be the picture of a canvas, opened for its graph. */
function isMeantAsGraph(files: readonly PlacedImage[], nodeId: string | null): boolean {
  return nodeId === null && files.length === 1 && endingOf(files[0]?.path ?? '') === 'png';
}

/** What several files are called together: their folder, or the one archive. */
function nameOf(files: readonly PlacedImage[]): string {
  const [first] = files;
  if (!first) return '';
  const [folder = ''] = first.path.split('/');
  if (files.length === 1 || folder !== first.path) return stemOf(folder) || folder;
  return plural(files.length, 'picture');
}

function inWords({ count, shape: [height, width, channels] }: ImagesPreview): string {
  const bytes = 4 * count * height * width * channels;
  return `${pluralWhole(count, 'picture')} of ${height} × ${width} × ${channels}, ${formatBytes(bytes)} in memory`;
}

function sizesFor({ shape: [height, width], natural }: ImagesPreview): string[] {
  const [tall, wide] = natural;
  const sizes = SIDES.map((side) => `${side} × ${side}`);
  const others = [
    `${height} × ${width}`,
    ...(tall <= 256 && wide <= 256 ? [`${tall} × ${wide}`] : []),
  ];
  return [...new Set([...sizes, ...others])];
}

function labelsInWords(labels: ImagesPreview['labels']): string {
  if (labels === null) return 'No labels: folders of pictures would be their labels.';
  const shown = labels.slice(0, LABELS_SHOWN).map(([label, count]) => `${label} (${count})`);
  const others = labels.length - shown.length;
  return `Labels by folder: ${shown.join(', ')}${others > 0 ? ` and ${others} more` : ''}.`;
}

/** One picture, pixel by pixel. */
function Sample({ pixels, shape }: { readonly pixels: Uint8Array; readonly shape: ImageShape }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [height, width, channels] = shape;
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const image = context.createImageData(width, height);
    for (let pixel = 0; pixel < width * height; pixel++) {
      for (let channel = 0; channel < 3; channel++) {
        const from = channels === 1 ? pixel : 3 * pixel + channel;
        image.data[4 * pixel + channel] = pixels[from] ?? 0;
      }
      image.data[4 * pixel + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  }, [channels, height, pixels, width]);
  return <canvas ref={canvas} width={width} height={height} className={styles.sample} />;
}
