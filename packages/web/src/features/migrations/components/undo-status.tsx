import { Button, Loader, TextInput } from "@mantine/core";
import { IconArrowBackUp, IconDownload, IconEqual, IconHandStop } from "@tabler/icons-react";
import { useState, type FormEvent, type ReactNode } from "react";
import { formatCount, formatPeople, percentOf } from "../../../shared/number-format.ts";
import { ActionNotice, useAction } from "../../../shared/use-action.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { EmptyState } from "../../../ui/page-states.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { ProgressBar } from "../../../ui/progress-bar.tsx";
import { StatTile, StatTiles } from "../../../ui/stat-tile.tsx";
import { TimeText } from "../../../ui/time-text.tsx";
import { StartUndoDocument } from "../undo-page.generated.ts";
import type { PageUndo, UndoneMigration } from "../undo-page.tsx";
import migrationClasses from "./migration.module.css";
import classes from "./undo.module.css";

interface Shown {
  migration: UndoneMigration;
  undo: PageUndo;
}

/** Where an undo stands: being planned, waiting for the confirmation, under way, or over. */
export function UndoStatus(props: Shown & { onChanged: () => Promise<unknown>; another: ReactNode }) {
  const { migration, undo } = props;
  switch (undo.state) {
    case "PLANNING":
      return <PlanningUndo undo={undo} />;
    case "PLANNED":
      return (
        <>
          <PlannedCounts undo={undo} />
          <Panel title="What people will notice" description={sayWhat(undo)} actions={props.another}>
            <ul className={classes.notices}>
              {undo.whatPeopleNotice.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
            <div className={classes.confirm}>
              <StartForm migration={migration} undo={undo} onChanged={props.onChanged} />
            </div>
          </Panel>
        </>
      );
    case "FAILED":
      return (
        <Notice
          tone="bad"
          title={undo.startedAt ? "The undo stopped at the edge of a batch" : "The undo could not be planned"}
          actions={props.another}
        >
          {undo.startedAt
            ? `${formatPeople(undo.restored)} were put back; nobody is half put back. Plan it again for the rest.`
            : "Nothing was changed."}
          {undo.failure && ` ${undo.failure}`}
        </Notice>
      );
    default:
      return (
        <>
          <UndoProgress migration={migration} undo={undo} />
          {undo.state === "UNDONE" && <EndNotice migration={migration} undo={undo} another={props.another} />}
        </>
      );
  }
}

function PlanningUndo(props: { undo: PageUndo }) {
  return (
    <Panel>
      <EmptyState title="Planning the undo" icon={<Loader size={20} />}>
        <output>
          {sayWhat(props.undo)} Everybody is compared with what the run left. Nothing changes; the plan
          appears here by itself.
        </output>
      </EmptyState>
    </Panel>
  );
}

function PlannedCounts(props: { undo: PageUndo }) {
  const { undo } = props;
  return (
    <section aria-label={`What the undo does with ${formatPeople(undo.total)}`}>
      <StatTiles>
        <StatTile
          label="Put back"
          value={undo.restoreCount}
          icon={IconArrowBackUp}
          tone="info"
          hint="As before the run"
          to="."
          hash="people"
          search={{ action: "RESTORE" }}
        />
        <StatTile
          label="Set aside"
          value={undo.setAsideCount}
          icon={IconHandStop}
          tone={undo.setAsideCount > 0 ? "warn" : "neutral"}
          hint="Touched since, stay as they are"
          to="."
          hash="people"
          search={{ action: "SET_ASIDE" }}
        />
        <StatTile
          label="Nothing to undo"
          value={undo.unchangedCount}
          icon={IconEqual}
          hint="The run changed nothing"
          to="."
          hash="people"
          search={{ action: "NOTHING" }}
        />
      </StatTiles>
    </section>
  );
}

function StartForm(props: Shown & { onChanged: () => Promise<unknown> }) {
  const { migration, undo } = props;
  const [typed, setTyped] = useState("");
  const start = useAction(StartUndoDocument);
  const siteName = migration.destinationSite.name;
  if (!undo.viewerCanStart) {
    return (
      <Notice tone="neutral" title="You cannot start this undo">
        {migration.whyNot}
      </Notice>
    );
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const input = { undoId: undo.id, fingerprint: undo.fingerprint ?? "", confirmSiteName: typed.trim() };
    if (await start.run({ input })) {
      await props.onChanged().catch(() => undefined);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} className={classes.form}>
      <ActionNotice problem={start.problem} />
      <div className={classes.confirmLine}>
        <TextInput
          label={
            <>
              Type the destination’s name, <strong>{siteName}</strong>, to undo
            </>
          }
          description={`Carries out plan ${undo.fingerprint?.slice(0, 12)}. Whoever is touched from now on is set aside too.`}
          autoComplete="off"
          className={classes.confirmInput}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button
          type="submit"
          color="red"
          leftSection={<IconArrowBackUp size={16} />}
          loading={start.pending}
          disabled={typed.trim() !== siteName}
        >
          Start undo
        </Button>
      </div>
    </form>
  );
}

function UndoProgress(props: Shown) {
  const { migration, undo } = props;
  const percent = percentOf(undo.processed, undo.total);
  const unchanged = undo.processed - undo.restored - undo.leftAside;
  return (
    <Panel>
      <div className={migrationClasses.figures}>
        <span className={migrationClasses.percent}>{percent}%</span>
        <span className={migrationClasses.done}>
          {formatCount(undo.processed)} of {formatPeople(undo.total)}
        </span>
        <span className={migrationClasses.speed}>
          {undo.startedBy && `Started by ${undo.startedBy.name} `}
          {undo.startedAt && <TimeText value={undo.startedAt} />}
        </span>
      </div>
      <ProgressBar
        size="lg"
        label={`Undo of ${migration.name}`}
        max={undo.total}
        parts={[
          { label: "put back", tone: "info", value: undo.restored },
          { label: "set aside", tone: "warn", value: undo.leftAside },
          { label: "nothing to undo", tone: "neutral", value: unchanged },
        ]}
        valueText={`${percent} per cent, ${formatCount(undo.processed)} of ${formatPeople(undo.total)}`}
      />
      <ul className={migrationClasses.legend}>
        <li data-tone="info">Put back {formatCount(undo.restored)}</li>
        <li data-tone="warn">Set aside {formatCount(undo.leftAside)}</li>
        <li data-tone="neutral">Nothing to undo {formatCount(unchanged)}</li>
      </ul>
      {undo.state === "UNDOING" && (
        <p className={`muted ${classes.after}`}>You can close this page; the undo goes on without it.</p>
      )}
    </Panel>
  );
}

function EndNotice(props: Shown & { another: ReactNode }) {
  const { migration, undo } = props;
  return (
    <Notice
      tone={undo.leftAside > 0 ? "warn" : "good"}
      live
      title={undo.everything ? `${migration.name} is undone` : "The undo is done"}
      actions={
        <div className={migrationClasses.buttons}>
          {props.another}
          {migration.reportUrl && (
            <Button
              component="a"
              href={migration.reportUrl}
              download
              size="xs"
              variant="default"
              leftSection={<IconDownload size={14} />}
            >
              Download report
            </Button>
          )}
        </div>
      }
    >
      {formatPeople(undo.restored)} {undo.restored === 1 ? "is" : "are"} as before the run.
      {undo.leftAside > 0 &&
        ` ${formatPeople(undo.leftAside)} ${undo.leftAside === 1 ? "was" : "were"} touched since and ${undo.leftAside === 1 ? "stays" : "stay"} as now; the list says why.`}
    </Notice>
  );
}

function sayWhat(undo: PageUndo): string {
  const by = undo.requestedBy ? `, asked for by ${undo.requestedBy.name}` : "";
  return `Undo of ${undo.about}${by}.`;
}
