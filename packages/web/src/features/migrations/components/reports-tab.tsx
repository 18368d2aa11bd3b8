import { Button } from "@mantine/core";
import { IconDownload, IconRosetteDiscountCheck } from "@tabler/icons-react";
import { PageStack } from "../../../ui/layout.tsx";
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
  ["Undone.csv", "After an undo: everybody it put back or set aside, with the reason"],
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
    <PageStack>
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
      {migration.evidenceUrl && <EvidencePanel url={migration.evidenceUrl} name={migration.name} />}
    </PageStack>
  );
}

function EvidencePanel(props: { url: string; name: string }) {
  return (
    <Panel
      title="Evidence"
      description="One signed zip for auditors: the sealed plan with what its approvers were shown, every event, the audit log, the report and the access proof."
      actions={
        <Button
          component="a"
          href={props.url}
          download
          size="xs"
          variant="default"
          leftSection={<IconRosetteDiscountCheck size={14} />}
        >
          Download evidence
        </Button>
      }
    >
      <p className="muted">
        Anybody can check it without this server:{" "}
        <code>rehome verify-evidence {props.name}-evidence.zip</code> compares the signature, every file and
        the fingerprint, and names the first difference.
      </p>
    </Panel>
  );
}
