import { Link } from "@tanstack/react-router";
import classes from "./account-tabs.module.css";
import { useViewer } from "./viewer.tsx";

/** The pages of the viewer's own account, on top of each of them. */
export function AccountTabs() {
  const viewer = useViewer();
  // Others have nothing that a script could do for them.
  const isAdministrator =
    viewer.adminSites.length > 0 ||
    viewer.organizations.some((organization) => organization.viewerCanAdminister);
  const pages = [
    { to: "/me", label: "Profile" },
    { to: "/me/email", label: "Email" },
    { to: "/me/services", label: "Services" },
    { to: "/me/security", label: "Security" },
    { to: "/me/sessions", label: "Sessions" },
    ...(isAdministrator ? [{ to: "/api-tokens", label: "API tokens" }] : []),
  ] as const;
  return (
    <nav className={classes.tabs} aria-label="Your account">
      {pages.map(({ to, label }) => (
        <Link key={to} to={to} className={classes.tab} activeOptions={{ exact: true }}>
          {label}
        </Link>
      ))}
    </nav>
  );
}
