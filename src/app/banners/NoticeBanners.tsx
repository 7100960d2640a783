import { Button } from '../../panels/ui/Button';
import { dropNotice } from '../page/notices';
import { useApp, usePage } from '../useApp';
import { Banner } from './Banner';

export function NoticeBanners() {
  const { page } = useApp();
  const notices = usePage((state) => state.notices);
  return notices.map(({ id, severity, message, hint, details, actions = [], onDismiss }) => (
    <Banner
      key={id}
      severity={severity}
      message={message}
      hint={hint}
      details={details}
      actions={
        actions.length > 0 &&
        actions.map(({ label, run, stays }, index) => (
          <Button
            key={label}
            kind={index === actions.length - 1 ? 'primary' : 'plain'}
            onClick={() => {
              if (stays !== true) dropNotice(page, id);
              run();
            }}
          >
            {label}
          </Button>
        ))
      }
      onDismiss={() => {
        dropNotice(page, id);
        onDismiss?.();
      }}
    />
  ));
}
