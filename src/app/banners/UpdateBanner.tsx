import { Button } from '../../panels/ui/Button';
import { useApp, usePage } from '../useApp';
import { Banner } from './Banner';

/** A newer version of Basin is there, and taken when somebody wants it. */
export function UpdateBanner() {
  const { page } = useApp();
  const update = usePage((state) => state.update);
  if (update === null) return null;
  return (
    <Banner
      severity="info"
      message="A newer version of Basin is ready."
      hint="Your document is saved first; a run that goes on ends."
      actions={
        <>
          <Button onClick={() => page.setState({ update: null })}>Later</Button>
          <Button kind="primary" onClick={update}>
            Reload with it
          </Button>
        </>
      }
    />
  );
}
