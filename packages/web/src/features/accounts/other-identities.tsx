import { Link } from "@tanstack/react-router";
import { accountTypeWords } from "../../shared/words.ts";
import { Panel } from "../../ui/panel.tsx";
import links from "../../ui/text-link.module.css";
import { StatusBadge } from "../../ui/status-badge.tsx";
import classes from "./accounts.module.css";
import type { EmailLine } from "./profile-page.tsx";

/** The other identities with the same email in the organization; nothing when there is none. */
export function OtherIdentities(props: { lines: EmailLine[] }) {
  if (props.lines.length === 0) {
    return null;
  }
  return (
    <Panel title="Same email, other identities" flush>
      <ul className={classes.list}>
        {props.lines.map((line) => (
          <li key={line.id}>
            <Link
              className={links.link}
              to="/accounts/$id"
              params={{ id: line.profileId }}
              search={{ type: line.type === "PORTAL_ONLY" ? "portal" : undefined }}
            >
              {accountTypeWords[line.type]} on {line.site.name}
            </Link>{" "}
            {line.duplicate && <StatusBadge tone="warn">Duplicate</StatusBadge>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
