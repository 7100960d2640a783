import { NoticeBanners } from './NoticeBanners';
import { RunBanners } from './RunBanners';
import { ReproductionBanner } from './ReproductionBanner';
import { SaveBanner } from './SaveBanner';
import { UpdateBanner } from './UpdateBanner';
import { WorkerBanners } from './WorkerBanners';

/** Everything that the user should know right now. */
export function Banners() {
  return (
    <>
      <SaveBanner />
      <NoticeBanners />
      <UpdateBanner />
      <ReproductionBanner />
      <RunBanners />
      <WorkerBanners />
    </>
  );
}
