import { Button } from "@mantine/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import type { Column } from "../../ui/data-table.tsx";
import { TimeText } from "../../ui/time-text.tsx";
import { nameAction } from "./action-words.ts";
import type { AuditPageQuery } from "./audit.generated.ts";
import classes from "./audit.module.css";
import { listChanges } from "./list-changes.ts";
import type { AuditSearch } from "./search-params.ts";

/** One entry of the log. */
export type AuditRow = AuditPageQuery["auditLog"]["edges"][number]["node"];

interface ColumnSettings {
  openId: string | undefined;
  onToggle: (entry: AuditRow) => void;
  onChange: (next: Partial<AuditSearch>) => void;
}

/** The columns of the log; the open entry shows what changed under its sentence. */
export function auditColumns(settings: ColumnSettings): Column<AuditRow>[] {
  return [
    {
      id: "at",
      header: "When",
      width: "190px",
      hideBelow: "sm",
      cell: (entry) => <TimeText value={entry.at} />,
    },
    {
      id: "summary",
      header: "What happened",
      cell: (entry) => <AuditSummary entry={entry} settings={settings} />,
    },
    {
      id: "action",
      header: "Action",
      hideBelow: "md",
      width: "200px",
      cell: (entry) => <span className="muted">{nameAction(entry.action)}</span>,
    },
    { id: "actor", header: "Who", width: "180px", cell: (entry) => entry.actor?.name ?? "The system" },
  ];
}

function AuditSummary(props: { entry: AuditRow; settings: ColumnSettings }) {
  const { entry, settings } = props;
  const changes = listChanges(entry.before, entry.after);
  const open = settings.openId === entry.id;
  return (
    <div className={classes.summary}>
      <div className={classes.line}>
        <span>{entry.summary}</span>
        <Button
          size="compact-xs"
          variant="subtle"
          aria-expanded={open}
          aria-label={`${open ? "Hide" : "Show"} details of “${entry.summary}”`}
          leftSection={
            open ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />
          }
          onClick={() => settings.onToggle(entry)}
        >
          Details
        </Button>
      </div>
      {open && (
        <div className={classes.details}>
          <div className={classes.facts}>
            <span className="muted">
              <code>{entry.action}</code> on {entry.subjectType} <TimeText value={entry.at} /> · entry{" "}
              {entry.sequence}, <span title={entry.hash}>hash {entry.hash.slice(0, 12)}</span>
            </span>
            {entry.subjectId && (
              <Button
                size="compact-xs"
                variant="default"
                onClick={() => settings.onChange({ subject: entry.subjectId ?? undefined })}
              >
                All about this {entry.subjectType.toLowerCase()}
              </Button>
            )}
          </div>
          {changes.length === 0 ? (
            <p className="muted">No value changed.</p>
          ) : (
            <table className={classes.changes}>
              <caption className="visually-hidden">Before and after</caption>
              <thead>
                <tr>
                  <th scope="col">Value</th>
                  <th scope="col">Before</th>
                  <th scope="col">After</th>
                </tr>
              </thead>
              <tbody>
                {changes.map((change) => (
                  <tr key={change.name}>
                    <th scope="row">{change.name}</th>
                    <td>
                      {change.before === null ? (
                        <span className="muted">–</span>
                      ) : (
                        <code>{change.before}</code>
                      )}
                    </td>
                    <td>
                      {change.after === null ? <span className="muted">–</span> : <code>{change.after}</code>}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </div>
      )}
    </div>
  );
}
