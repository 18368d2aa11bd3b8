import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { EmptyState } from "../../../ui/page-states.tsx";
import { Panel } from "../../../ui/panel.tsx";
import type { DetailedMigration } from "../migration-page.tsx";
import classes from "./migration.module.css";

const files: [name: string, what: string][] = [
  ["Summary.csv", "How many rows there were and how they ended"],
  ["Successful.csv", "Everyone who is where they should be"],
  ["RequiresAttention.csv", "Everyone someone must act on, with problem and next step"],
  ["Failed.csv", "Rows that were not copied, as uploaded, with the error; correct and upload them again"],
  ["AccessProof.csv", "Every gained and lost access, with what explains it"],
];

/** The report's files and their download. */
export function ReportsTab(props: { migration: DetailedMigration }) {
  const { migration } = props;
  if (!migration.reportUrl) {
    return (
      <Panel>
        <EmptyState title="There is no report yet">It can be downloaded once the run has started.</EmptyState>
      </Panel>
    );
  }
  return (
    <Panel
      title="Report"
      description="One zip. Every row of the source is in exactly one of Successful, RequiresAttention and Failed."
      actions={
        <Button
          component="a"
          href={migration.reportUrl}
          download
          size="xs"
          leftSection={<IconDownload size={14} />}
        >
          Download report
        </Button>
      }
    >
      <dl className={classes.files}>
        {files.map(([name, what]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
