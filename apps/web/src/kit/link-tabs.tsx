import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-router';

/** Pages that stand side by side, each with its own address. */
export function LinkTabs({
  label,
  tabs,
}: {
  label: string;
  tabs: readonly { readonly to: string; readonly text: ReactNode }[];
}) {
  const { pathname } = useLocation();
  return (
    <nav className="link-tabs no-print" aria-label={label}>
      {tabs.map(({ to, text }) => (
        <Link key={to} to={to} aria-current={pathname === to ? 'page' : undefined}>
          {text}
        </Link>
      ))}
    </nav>
  );
}
