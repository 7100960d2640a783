import { reproductionText } from '../share/reproductionText';
import { useApp, usePage } from '../useApp';
import { Banner } from './Banner';

/** Whether shared results hold on this machine. The document's inspector says so too, when this is dismissed. */
export function ReproductionBanner() {
  const { page } = useApp();
  const reproduction = usePage(({ reproduction, reproductionOpen }) =>
    reproductionOpen ? reproduction : null,
  );
  if (reproduction === null) return null;
  return (
    <Banner
      {...reproductionText(reproduction)}
      onDismiss={() => page.setState({ reproductionOpen: false })}
    />
  );
}
