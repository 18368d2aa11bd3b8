import { Button, TextInput } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { IconLock, IconPlayerPlay } from "@tabler/icons-react";
import { useState, type FormEvent, type ReactNode } from "react";
import { formatPeople } from "../../../shared/number-format.ts";
import { ActionNotice, useAction } from "../../../shared/use-action.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { ApproveMigrationDocument, StartMigrationDocument } from "../migration-actions.generated.ts";
import type { PlannedMigration } from "../plan-page.tsx";
import { ApprovedBy, AwaitedApproval } from "./approvals.tsx";
import classes from "./plan.module.css";

/**
 * What people will notice, and the sealed approval under it: what is approved is this fingerprint, so rows
 * that change afterwards are set aside instead of copied.
 */
export function PlanApproval(props: {
  migration: PlannedMigration;
  planButton: ReactNode;
  onChanged: () => Promise<unknown>;
}) {
  const { migration } = props;
  const plan = migration.plan;
  if (!plan) {
    return null;
  }
  return (
    <Panel
      title="What people will notice"
      description={
        plan.groupName
          ? `${formatPeople(plan.joinsGroup)} join the group ${plan.groupName}, which waits for review.`
          : "No imported group is made."
      }
      actions={!plan.stale && props.planButton}
    >
      <ul className={classes.notices}>
        {plan.whatPeopleNotice.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <div className={classes.seal}>
        <AwaitedApproval migration={migration} />
        <ApprovalStep migration={migration} onChanged={props.onChanged} />
      </div>
    </Panel>
  );
}

function ApprovalStep(props: { migration: PlannedMigration; onChanged: () => Promise<unknown> }) {
  const { migration } = props;
  if (migration.viewerCanApprove) {
    return <ApproveForm migration={migration} onChanged={props.onChanged} />;
  }
  if (migration.state === "APPROVED") {
    return <StartStep migration={migration} />;
  }
  if (migration.state === "PLANNED") {
    return migration.whyNot === null ? null : (
      <Notice tone="neutral" title="You cannot approve this plan">
        {migration.whyNot}
      </Notice>
    );
  }
  return (
    <Notice
      tone="info"
      title="This plan has been used"
      actions={
        <Button component={Link} to={`/migrations/${migration.id}`} size="xs">
          Open the migration
        </Button>
      }
    >
      <ApprovedBy migration={migration} />
    </Notice>
  );
}

function ApproveForm(props: { migration: PlannedMigration; onChanged: () => Promise<unknown> }) {
  const { migration } = props;
  const [typed, setTyped] = useState("");
  const approve = useAction(ApproveMigrationDocument);
  const siteName = migration.destinationSite.name;
  const blocked = migration.checks.some((check) => check.severity === "BLOCKER" && !check.passed);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const input = {
      migrationId: migration.id,
      fingerprint: migration.plan?.fingerprint ?? "",
      shownDigest: migration.plan?.shownDigest,
      confirmSiteName: typed.trim(),
    };
    if (await approve.run({ input })) {
      await props.onChanged().catch(() => undefined);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} className={classes.approve}>
      <ActionNotice problem={approve.problem} />
      <div className={classes.approveLine}>
        <TextInput
          label={
            <>
              Type the destination’s name, <strong>{siteName}</strong>, to approve
            </>
          }
          description={`${migration.approvalsRequired > 1 && migration.approvals.length === 0 ? "One of two approvals of" : "Seals"} plan ${migration.plan?.fingerprint.slice(0, 12)}, as shown on this page (${migration.plan?.shownDigest.slice(0, 12)}). The run can be undone afterwards.`}
          autoComplete="off"
          className={classes.approveInput}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button
          type="submit"
          leftSection={<IconLock size={16} />}
          loading={approve.pending}
          disabled={typed.trim() !== siteName || blocked}
        >
          Approve plan
        </Button>
      </div>
      {blocked && (
        <p className={classes.blocked}>A blocking check must pass before this plan can be approved.</p>
      )}
    </form>
  );
}

function StartStep(props: { migration: PlannedMigration }) {
  const { migration } = props;
  const start = useAction(StartMigrationDocument);
  const navigate = useNavigate();
  const run = async () => {
    if (await start.run({ input: { migrationId: migration.id } })) {
      await navigate({ to: "/migrations/$id", params: { id: migration.id }, search: {} });
    }
  };
  return (
    <>
      <ActionNotice problem={start.problem} />
      <Notice
        tone="good"
        title="Approved and sealed"
        actions={
          migration.viewerCanStart && (
            <Button
              leftSection={<IconPlayerPlay size={16} />}
              loading={start.pending}
              onClick={() => void run()}
            >
              Start
            </Button>
          )
        }
      >
        <ApprovedBy migration={migration} />
        {!migration.viewerCanStart && migration.whyNot && <div>{migration.whyNot}</div>}
      </Notice>
    </>
  );
}
