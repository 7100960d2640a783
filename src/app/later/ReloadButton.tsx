import { Button } from '../../panels/ui/Button';

/**
 * The remedy where a part of the page is missing: the document is kept, and a newer page comes whole. To try that part again is none, since
 * Chromium does not ask a second time for a module that it could not have.
 */
export function ReloadButton() {
  return (
    <Button kind="primary" onClick={() => window.location.reload()}>
      Reload
    </Button>
  );
}
