import { useQuery } from "@apollo/client/react";
import { Button, Loader } from "@mantine/core";
import { useEffect, useEffectEvent } from "react";
import { Count } from "../../ui/count.tsx";
import { Notice } from "../../ui/notice.tsx";
import { SkeletonBlock } from "../../ui/skeleton-rows.tsx";
import { StatusBadge } from "../../ui/status-badge.tsx";
import type { ImportState } from "@rehome/schema";
import { formatCount, formatNumberOf } from "../number-format.ts";
import { NotFoundState, QueryView } from "../query-view.tsx";
import { ActionNotice, useAction } from "../use-action.tsx";
import { ColumnMatching } from "./column-matching.tsx";
import { fileKindWords, importStateWords, nameImportPlace } from "./import-fields.ts";
import {
  ApplyImportDocument,
  DiscardImportDocument,
  ImportFileStateDocument,
  type ImportFileFieldsFragment,
} from "./import-file.generated.ts";
import { ImportRows } from "./import-rows.tsx";
import classes from "./import-upload.module.css";

const settled: ImportState[] = ["APPLIED", "FAILED", "DISCARDED"];

/** An uploaded file from reading to applied: counts, header matching, rows with their problems, Apply and Discard. */
export function ImportPreview(props: { importId: string; onApplied?: () => void; onClose?: () => void }) {
  const query = useQuery(ImportFileStateDocument, { variables: { id: props.importId } });
  const { startPolling, stopPolling } = query;
  const state = query.data?.importFile?.state;
  const tellApplied = useEffectEvent(() => props.onApplied?.());
  useEffect(
    function followTheServer() {
      if (state && (state === "PREVIEW" || settled.includes(state))) {
        stopPolling();
      } else {
        startPolling(1_000);
      }
      if (state === "APPLIED") {
        tellApplied();
      }
      return stopPolling;
    },
    [state, startPolling, stopPolling],
  );
  return (
    <QueryView query={query} what="the uploaded file" skeleton={<SkeletonBlock height={180} />}>
      {({ importFile }) =>
        importFile ? (
          <PreviewBody file={importFile} onClose={props.onClose} onChanged={() => startPolling(1_000)} />
        ) : (
          <NotFoundState what="This upload" />
        )
      }
    </QueryView>
  );
}

function PreviewBody(props: { file: ImportFileFieldsFragment; onClose?: () => void; onChanged: () => void }) {
  const { file } = props;
  const apply = useAction(ApplyImportDocument);
  const discard = useAction(DiscardImportDocument);
  const word = importStateWords[file.state];
  const input = { importId: file.id };
  return (
    <div className={classes.preview}>
      <div className={classes.file}>
        <strong>{file.fileName}</strong>
        <StatusBadge tone={word.tone}>{word.label}</StatusBadge>
        <span className="muted">
          {fileKindWords[file.fileKind]} for {nameImportPlace(file)}
        </span>
        {(file.state === "RECEIVING" || file.state === "APPLYING") && (
          <Loader size={16} aria-label={word.label} />
        )}
      </div>
      <FileOutcome file={file} />
      {file.state === "PREVIEW" && (
        <>
          <ColumnMatching file={file} onChanged={props.onChanged} />
          <ImportRows file={file} />
          <ActionNotice problem={apply.problem ?? discard.problem} />
          <div className={classes.buttons}>
            <Button
              loading={apply.pending}
              disabled={file.goodRows === 0}
              onClick={() => void apply.run({ input }).then((done) => done && props.onChanged())}
            >
              Apply {formatNumberOf(file.goodRows, "row")}
            </Button>
            <Button
              variant="default"
              loading={discard.pending}
              onClick={() => void discard.run({ input }).then((done) => done && props.onClose?.())}
            >
              Discard
            </Button>
          </div>
        </>
      )}
      {settled.includes(file.state) && props.onClose && (
        <div>
          <Button variant="default" onClick={props.onClose}>
            Upload another file
          </Button>
        </div>
      )}
    </div>
  );
}

function FileOutcome(props: { file: ImportFileFieldsFragment }) {
  const { file } = props;
  if (file.state === "FAILED") {
    return (
      <Notice tone="bad" live title="This file cannot be used">
        {file.failure ?? "The server could not read it."}
      </Notice>
    );
  }
  if (file.state === "DISCARDED") {
    return <Notice tone="neutral">Discarded. Nothing changed on {nameImportPlace(file)}.</Notice>;
  }
  if (file.state === "RECEIVING") {
    return (
      <p className="muted">
        Reading the file{file.totalRows > 0 && `, ${formatCount(file.totalRows)} rows so far`}…
      </p>
    );
  }
  return (
    <>
      <ImportCounts file={file} />
      {file.state === "APPLIED" && (
        <Notice
          tone="good"
          live
          title={`${formatNumberOf(file.goodRows, "row")} applied to ${nameImportPlace(file)}`}
        />
      )}
      <ProductUserNotices file={file} />
      {file.effects && file.effects.unknownProjectKeys.length > 0 && (
        <Notice tone="warn" title="Some project keys do not exist on this site and grant nothing">
          {file.effects.unknownProjectKeys.join(", ")}
        </Notice>
      )}
    </>
  );
}

/** What is worth knowing of a product users file before and after it is applied. */
function ProductUserNotices(props: { file: ImportFileFieldsFragment }) {
  const told = props.file.effects?.productUsers;
  return (
    <>
      {told && told.refusedHashes > 0 && (
        <Notice
          tone="warn"
          title={`${formatNumberOf(told.refusedHashes, "password hash", "password hashes")} cannot be used and ${told.refusedHashes === 1 ? "is" : "are"} not kept`}
        >
          A hash is kept when a password can be checked against it: argon2, bcrypt, scrypt or PBKDF2. The
          others set a new password.
        </Notice>
      )}
      {told && told.flaggedBots > 0 && (
        <Notice tone="warn" title={`${formatNumberOf(told.flaggedBots, "bot")} will be flagged`}>
          They sign in with a password, and their addresses have logins on other products, too. The product’s
          page says what to do.
        </Notice>
      )}
    </>
  );
}

function ImportCounts(props: { file: ImportFileFieldsFragment }) {
  const { file } = props;
  const isCustomers = file.fileKind === "CUSTOMERS";
  const counts: [string, number | undefined][] = [
    ["Rows", file.totalRows],
    ["Good", file.goodRows],
    ["With problems", file.badRows],
    ["With warnings", file.warningRows],
    ...(isCustomers && file.effects
      ? ([
          ["New people", file.effects.newPeople],
          ["Updated people", file.effects.updatedPeople],
          ["Duplicates", file.effects.duplicates],
        ] as [string, number][])
      : []),
    ...countProductUsers(file),
    ...(file.fileKind === "REQUESTS" && file.effects
      ? ([["Unknown reporters", file.effects.unknownReporters]] as [string, number][])
      : []),
  ];
  return (
    <dl className={classes.counts}>
      {counts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            <Count value={value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function countProductUsers({ effects }: ImportFileFieldsFragment): [string, number][] {
  const told = effects?.productUsers;
  return effects && told
    ? [
        ["New logins", effects.newPeople],
        ["Updated logins", effects.updatedPeople],
        ["Duplicates", effects.duplicates],
        ["Bots", told.bots],
        ["Distribution lists", told.distributionLists],
        ["Password hashes kept", told.keptHashes],
      ]
    : [];
}
