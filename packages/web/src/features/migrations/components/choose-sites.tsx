import { IconArrowRight } from "@tabler/icons-react";
import { formatCount } from "../../../shared/number-format.ts";
import { EmptyState, listNames } from "../../../ui/page-states.tsx";
import { Panel } from "../../../ui/panel.tsx";
import type { OfferedSite } from "../new-migration-page.tsx";
import classes from "./new-migration.module.css";

/** Step 1: the site to copy from and the site to copy to. */
export function ChooseSites(props: {
  sites: readonly OfferedSite[];
  from: string | undefined;
  to: string | undefined;
  onChange: (next: { from?: string; to?: string }) => void;
}) {
  const { sites, from, to, onChange } = props;
  if (sites.length < 2) {
    return (
      <Panel>
        <EmptyState title="Two sites are needed">
          A copy goes from one site of the organization to another. Add a site on the Organization page first.
        </EmptyState>
      </Panel>
    );
  }
  return (
    <div className={classes.sites}>
      <Panel title="Copy from">
        <SiteList
          name="from"
          legend="Source site"
          sites={sites}
          value={from}
          blocked={(site) => reasonAgainst(site)}
          onChange={(id) => onChange({ from: id, to: id === to ? undefined : to })}
        />
      </Panel>
      <IconArrowRight className={classes.arrow} size={22} aria-hidden />
      <Panel title="Copy to">
        <SiteList
          name="to"
          legend="Destination site"
          sites={sites}
          value={to}
          blocked={(site) => (site.id === from ? "This is the source" : reasonAgainst(site))}
          onChange={(id) => onChange({ from, to: id })}
        />
      </Panel>
    </div>
  );
}

function reasonAgainst(site: OfferedSite): string | null {
  if (site.viewerCanAdminister) {
    return null;
  }
  const admins = site.admins.map((admin) => admin.account.name);
  return admins.length > 0
    ? `You are not its site admin. Ask ${listNames(admins)}.`
    : "You are not its site admin.";
}

function SiteList(props: {
  name: string;
  legend: string;
  sites: readonly OfferedSite[];
  value: string | undefined;
  blocked: (site: OfferedSite) => string | null;
  onChange: (id: string) => void;
}) {
  return (
    <fieldset className={classes.siteList}>
      <legend className="visually-hidden">{props.legend}</legend>
      {props.sites.map((site) => {
        const reason = props.blocked(site);
        return (
          <label key={site.id} className={classes.site} data-disabled={reason ? true : undefined}>
            <input
              type="radio"
              name={props.name}
              checked={site.id === props.value}
              disabled={reason !== null}
              onChange={() => props.onChange(site.id)}
            />
            <span className={classes.siteName}>{site.name}</span>
            <span className={classes.siteDetail}>{reason ?? describeSite(site)}</span>
          </label>
        );
      })}
    </fieldset>
  );
}

/** "3,702 portal-only customers, 1,210 Atlassian accounts", or that nobody is known yet. */
export function describeSite(site: OfferedSite): string {
  const { portalCustomers, accounts } = site.counts;
  return portalCustomers + accounts === 0
    ? "No customers known yet; upload them in the next step"
    : `${formatCount(portalCustomers)} portal-only, ${formatCount(accounts)} Atlassian accounts`;
}
