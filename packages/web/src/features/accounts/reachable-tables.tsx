import { IconLock, IconLockOpen } from "@tabler/icons-react";
import { DataTable, type Column } from "../../ui/data-table.tsx";
import { StatusBadge } from "../../ui/status-badge.tsx";
import { TimeText } from "../../ui/time-text.tsx";
import classes from "./accounts.module.css";
import type { Presence } from "./site-presence.tsx";

type Project = Presence["projects"][number];
type Request = Presence["requests"][number];

/** The site's service projects, each reachable or why not. */
export function ReachableProjects(props: { presence: Presence }) {
  return (
    <DataTable
      caption={`Service projects on ${props.presence.site.name}`}
      columns={projectColumns}
      rows={props.presence.projects}
      rowKey={(project) => project.key}
      empty={<p className={`muted ${classes.note}`}>The site has no service project.</p>}
    />
  );
}

/** The newest requests of this identity, each reachable or not. */
export function ReachableRequests(props: { presence: Presence }) {
  return (
    <DataTable
      caption={`Requests on ${props.presence.site.name}`}
      columns={requestColumns(props.presence)}
      rows={props.presence.requests}
      rowKey={(request) => request.key}
      empty={<p className={`muted ${classes.note}`}>No request reported or taken part in.</p>}
    />
  );
}

function ReachBadge(props: { reachable: boolean }) {
  return props.reachable ? (
    <StatusBadge tone="good" icon={IconLockOpen}>
      Reachable
    </StatusBadge>
  ) : (
    <StatusBadge tone="warn" icon={IconLock}>
      Out of reach
    </StatusBadge>
  );
}

const projectColumns: Column<Project>[] = [
  {
    id: "project",
    header: "Project",
    cell: (project) => (
      <>
        <strong>{project.key}</strong> <span className="muted">{project.name}</span>
      </>
    ),
  },
  {
    id: "reach",
    header: "Access",
    width: "130px",
    cell: (project) => <ReachBadge reachable={project.reachable} />,
  },
  {
    id: "why",
    header: "Why",
    hideBelow: "sm",
    cell: (project) => <span className="muted">{project.why}</span>,
  },
];

function requestColumns(presence: Presence): Column<Request>[] {
  const whyOf = (request: Request) =>
    request.reachable
      ? ""
      : (presence.projects.find((project) => project.key === request.projectKey)?.why ?? "");
  return [
    {
      id: "request",
      header: "Request",
      cell: (request) => (
        <>
          <strong>{request.key}</strong> {request.summary}
          <div className="muted">
            As {request.relation}, <TimeText value={request.createdAt} format="date" />
          </div>
        </>
      ),
    },
    {
      id: "reach",
      header: "Access",
      width: "130px",
      cell: (request) => <ReachBadge reachable={request.reachable} />,
    },
    {
      id: "why",
      header: "Why not",
      hideBelow: "sm",
      cell: (request) => <span className="muted">{whyOf(request)}</span>,
    },
  ];
}
