import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { formatCount, formatNumberOf, formatPeople } from "../../shared/number-format.ts";
import { listNames } from "../../ui/page-states.tsx";
import { Panel } from "../../ui/panel.tsx";
import { StatTile, StatTiles } from "../../ui/stat-tile.tsx";
import type { GroupReviewFieldsFragment } from "./groups.generated.ts";
import classes from "./group-page.module.css";

/** What the decision is about, in facts: who gets what, at what price, and what stays broken without it. */
export function GroupEvidence(props: { group: GroupReviewFieldsFragment }) {
  const { group } = props;
  const { gains } = group;
  return (
    <div className={classes.evidence}>
      <Panel
        title="What approving gives"
        description={`The Customer role on ${group.site.name}, to the ${formatPeople(gains.people)} still pending.`}
      >
        <StatTiles>
          <StatTile label="People" value={gains.people} />
          <StatTile label="Requests reached again" value={gains.requests} />
          <StatTile label="Billable seats" value={gains.billableSeats} hint="The Customer role is unpaid." />
        </StatTiles>
        <h3 className={classes.subhead}>Service projects they reach</h3>
        <ProjectGains group={group} />
      </Panel>
      <Panel
        title="What stays broken if you decline"
        description="Nothing is taken away from anybody; this stays missing."
      >
        <Losses group={group} />
      </Panel>
    </div>
  );
}

function ProjectGains(props: { group: GroupReviewFieldsFragment }) {
  const { gains } = props.group;
  if (gains.openProjects.length === 0 && gains.restrictedProjects.length === 0) {
    return <p className="muted">The site has no service project these people could reach yet.</p>;
  }
  return (
    <ul className={classes.projects}>
      {gains.openProjects.map((key) => (
        <li key={key}>
          <code>{key}</code>
          <span className="muted">open, all {formatPeople(gains.people)}</span>
        </li>
      ))}
      {gains.restrictedProjects.map((project) => (
        <li key={project.key}>
          <code>{project.key}</code>
          <span>{project.name}</span>
          <span className="muted">restricted, {formatPeople(project.people)} listed</span>
        </li>
      ))}
    </ul>
  );
}

function Losses(props: { group: GroupReviewFieldsFragment }) {
  const { gains, site, migration } = props.group;
  const restricted = gains.restrictedProjects.filter((project) => project.people > 0);
  return (
    <ul className={classes.losses}>
      <Loss>
        {formatPeople(gains.people)} can sign in to {site.name} but {gains.people === 1 ? "reaches" : "reach"}{" "}
        no service project there.
      </Loss>
      {gains.requests > 0 && (
        <Loss>
          {formatNumberOf(gains.requests, "request")} {gains.requests === 1 ? "stays" : "stay"} out of reach
          of the people who reported {gains.requests === 1 ? "it" : "them"} or take part.
        </Loss>
      )}
      {restricted.length > 0 && (
        <Loss>
          Their listing in{" "}
          {listNames(
            restricted.map((project) => project.key),
            "and",
          )}{" "}
          has no effect.
        </Loss>
      )}
      <Loss>
        {migration.name} keeps them under Requires attention with “Customer role declined” and your reason.
      </Loss>
    </ul>
  );
}

function Loss(props: { children: ReactNode }) {
  return (
    <li>
      <IconAlertTriangle size={16} aria-hidden />
      <span>{props.children}</span>
    </li>
  );
}

/** What was decided, by whom and when; nothing while nobody decided anything. */
export function GroupDecision(props: { group: GroupReviewFieldsFragment; when: ReactNode }) {
  const { group } = props;
  const declined = group.reviewState === "DECLINED";
  return (
    <Panel title="The decision">
      <p className={classes.decision}>
        {!declined && <IconCircleCheck size={18} aria-hidden />}
        <span>
          {declined ? "Declined" : "Approved"}
          {group.decidedBy && ` by ${group.decidedBy.name}`} {props.when}.{" "}
          {group.approvedCount > 0
            ? `${formatCount(group.approvedCount)} of ${formatPeople(group.memberCount)} got the Customer role on ${group.site.name}.`
            : `Nobody got the Customer role on ${group.site.name}.`}
        </span>
      </p>
      {group.decisionReason && (
        <p className="muted">
          Reason: <q>{group.decisionReason}</q>
        </p>
      )}
    </Panel>
  );
}
