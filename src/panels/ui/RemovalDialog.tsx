import { Button } from './Button';
import { Dialog } from './Dialog';

interface RemovalDialogProps {
  readonly title: string;
  /** What is lost with it, and what is not. */
  readonly description: string;
  readonly keep?: string;
  readonly remove?: string;
  readonly onRemove: () => Promise<unknown>;
  /** Where it was opened from, after both answers. */
  readonly onBack: () => void;
}

/** Asks before something goes for good: to keep it is the first answer. */
export function RemovalDialog(props: RemovalDialogProps) {
  const { title, description, keep = 'Keep it', remove = 'Remove', onRemove, onBack } = props;
  return (
    <Dialog
      title={title}
      description={description}
      width={440}
      onClose={onBack}
      actions={
        <>
          <Button onClick={onBack}>{keep}</Button>
          <Button kind="danger" onClick={() => void onRemove().then(onBack)}>
            {remove}
          </Button>
        </>
      }
    />
  );
}
