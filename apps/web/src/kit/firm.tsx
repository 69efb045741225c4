import type { Api } from '../api/client';
import { Link } from 'react-router';
import { useStanding } from '../app/session';

/** A firm by its name; officers and the auditor get to its audit page from it. */
export function Firm({ firm }: { firm: Api['FirmView'] }) {
  const standing = useStanding();
  const name = firm.name ?? firm.enterprise;
  if (standing?.office || standing?.auditor) return <Link to={`/enterprises/${firm.enterprise}`}>{name}</Link>;
  return <span>{name}</span>;
}
