import { RunBanners } from './RunBanners';
import { ReproductionBanner } from './ReproductionBanner';
import { SaveBanner } from './SaveBanner';

/** Everything that the user should know right now. */
export function Banners() {
  return (
    <>
      <SaveBanner />
      <ReproductionBanner />
      <RunBanners />
    </>
  );
}
