import { Navigate } from 'react-router';
import { defineWords } from './language';
import { Loading, Nothing } from '../kit/page-state';
import { useStanding } from './session';

/** Everybody lands where their work is: an office and a lead at what waits for them, a supplier at demands that fit. */
export function Home() {
  const standing = useStanding();
  if (standing === undefined) return <Loading />;
  const { me, firm, lead, office, auditor, administrator } = standing;
  if (me === null) return <Navigate to="/fair" replace />;
  const helps = me.roles.some((role) => ['bank', 'adviser', 'county-finance', 'city-finance'].includes(role));
  if (office || lead || helps) return <Navigate to="/home" replace />;
  if (firm) return <Navigate to="/find" replace />;
  if (auditor) return <Navigate to="/matches" replace />;
  if (administrator) return <Navigate to="/officers" replace />;
  return <Navigate to="/me" replace />;
}

const words = defineWords('not-found', {
  none: ['没有这个页面，或者您无权查看', 'There is no such page, or it is not for you'],
  home: ['回到首页', 'Home'],
});

export function NotFound() {
  const t = words.use();
  return <Nothing text={t('none')} action={{ to: '/', text: t('home') }} />;
}
