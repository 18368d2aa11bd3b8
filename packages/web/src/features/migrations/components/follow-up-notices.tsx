import { Link } from "@tanstack/react-router";
import { MigrationStateBadge } from "../../../shared/migration/migration-state-badge.tsx";
import { Notice } from "../../../ui/notice.tsx";
import links from "../../../ui/text-link.module.css";
import type { DetailedMigration } from "../migration-page.tsx";
import classes from "./migration.module.css";

/** Ties a migration to the one whose people it plans again, and to those that plan its people again. */
export function FollowUpNotices(props: { migration: DetailedMigration }) {
  const { followUpOf, followUps } = props.migration;
  return (
    <>
      {followUpOf && (
        <Notice tone="neutral" title={`Only the people that ${followUpOf.name} set aside`}>
          When this ends, they leave the queue of{" "}
          <Link to="/migrations/$id" params={{ id: followUpOf.id }} className={links.link}>
            {followUpOf.name}
          </Link>
          .
        </Notice>
      )}
      {followUps.length > 0 && (
        <Notice tone="neutral" title="People set aside are planned again">
          <ul className={classes.followUps}>
            {followUps.map((followUp) => (
              <li key={followUp.id}>
                <Link to="/migrations/$id" params={{ id: followUp.id }} className={links.link}>
                  {followUp.name}
                </Link>{" "}
                <MigrationStateBadge state={followUp.state} />
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}
