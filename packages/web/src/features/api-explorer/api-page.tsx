import { useQuery } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { getRouteApi } from "@tanstack/react-router";
import { IconCheck, IconTerminal2 } from "@tabler/icons-react";
import { getOperationAST, parse } from "graphql";
import { lazy, Suspense, useCallback, useRef, useState } from "react";
import { useOrganization, useViewer } from "../../shared/viewer.tsx";
import { filterOptions } from "../../shared/words.ts";
import { FilterSelect } from "../../ui/filter-bar.tsx";
import { Notice } from "../../ui/notice.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { SkeletonBlock } from "../../ui/skeleton-rows.tsx";
import { RecentMigrationsDocument } from "./api-explorer.generated.ts";
import classes from "./api-page.module.css";
import { buildCurl } from "./build-curl.ts";
import { exampleNames, type ExampleName } from "./example-names.ts";
import { buildExample } from "./examples.ts";

const Explorer = lazy(() => import("./explorer.tsx"));
const route = getRouteApi("/app/api");

/** What the explorer's active tab holds. */
export interface EditedOperation {
  query: string;
  variables: string | null;
  operationName: string | null;
}

/** The GraphQL explorer: the bundled GraphiQL with examples, over the reader's own session. */
export function ApiPage() {
  const organization = useOrganization();
  const { example } = route.useSearch();
  const navigate = route.useNavigate();
  const newest = useQuery(RecentMigrationsDocument, { variables: { organizationId: organization.id } });
  const edited = useRef<EditedOperation | null>(null);
  const keepEdited = useCallback((operation: EditedOperation) => {
    edited.current = operation;
  }, []);
  const recent = newest.data?.migrations.edges.map((edge) => edge.node) ?? [];
  const planned = recent.find((migration) => migration.plannedAt !== null);
  const ids = {
    organizationId: organization.id,
    migrationId: (planned ?? recent[0])?.id ?? null,
  };
  const ready = newest.data !== undefined || newest.error !== undefined;
  return (
    <>
      <PageHeader
        title="API"
        description="The GraphQL API this application uses, with your session and your permissions."
        actions={
          <>
            <FilterSelect<ExampleName>
              label="Example"
              all="Open an example…"
              value={example}
              options={filterOptions(exampleNames)}
              onChange={(next) => void navigate({ search: { example: next } })}
            />
            <CopyAsCurl read={() => edited.current} />
          </>
        }
      />
      <div className={classes.explorer}>
        {ready ? (
          <Suspense fallback={<SkeletonBlock height={480} />}>
            <Explorer
              key={example ?? "own"}
              example={buildExample(example ?? "viewer", ids)}
              isChosen={example !== undefined}
              onEdit={keepEdited}
            />
          </Suspense>
        ) : (
          <SkeletonBlock height={480} />
        )}
      </div>
    </>
  );
}

function CopyAsCurl(props: { read: () => EditedOperation | null }) {
  const { account } = useViewer();
  const clipboard = useClipboard({ timeout: 2_000 });
  const [problem, setProblem] = useState<string | null>(null);
  const copy = () => {
    const operation = props.read();
    const refused = operation ? whyNoCurl(operation) : "Write an operation first.";
    setProblem(refused);
    if (operation && !refused) {
      clipboard.copy(buildCurl({ ...operation, origin: window.location.origin, email: account.email }));
    }
  };
  return (
    <>
      <Button
        variant="default"
        leftSection={
          clipboard.copied ? <IconCheck size={16} aria-hidden /> : <IconTerminal2 size={16} aria-hidden />
        }
        onClick={copy}
      >
        {clipboard.copied ? "Copied" : "Copy as curl"}
      </Button>
      {problem && (
        <div className={classes.problem}>
          <Notice tone="warn" live title={problem} />
        </div>
      )}
    </>
  );
}

function whyNoCurl(operation: EditedOperation): string | null {
  try {
    const chosen = getOperationAST(parse(operation.query), operation.operationName);
    return chosen?.operation === "subscription"
      ? "A subscription runs over a WebSocket, which curl does not speak."
      : null;
  } catch {
    return "The operation is not valid GraphQL yet.";
  }
}
