import { useQuery } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useMigrationLive } from "../../shared/live/use-migration-live.ts";
import { MigrationStateBadge } from "../../shared/migration/migration-state-badge.tsx";
import { SiteRoute } from "../../shared/migration/site-route.tsx";
import { NotFoundState, QueryView } from "../../shared/query-view.tsx";
import { useRefetchOn } from "../../shared/use-refetch-on.ts";
import { PageStack } from "../../ui/layout.tsx";
import { Notice } from "../../ui/notice.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SkeletonBlock } from "../../ui/skeleton-rows.tsx";
import { ChooseUndo } from "./components/choose-undo.tsx";
import { UndoPeople } from "./components/undo-people.tsx";
import { UndoStatus } from "./components/undo-status.tsx";
import { MigrationUndoPageDocument, type MigrationUndoPageQuery } from "./undo-page.generated.ts";

const route = getRouteApi("/app/migrations/$id/undo");

/** A migration as its undo page reads it, and the newest of its undos. */
export type UndoneMigration = NonNullable<MigrationUndoPageQuery["migration"]>;
export type PageUndo = UndoneMigration["undos"][number];

/** Taking a run back: whom, the plan with everybody who is set aside, the confirmation, and the undo itself, live. */
export function UndoPage() {
  const { id } = route.useParams();
  const query = useQuery(MigrationUndoPageDocument, { variables: { id } });
  const live = useMigrationLive(id);
  useRefetchOn(`${live.progress?.sequence ?? ""}`, query.refetch);
  const migration = (query.data ?? query.previousData)?.migration;
  return (
    <>
      <PageHeader
        title="Undo"
        documentTitle={migration ? `Undo ${migration.name}` : "Undo"}
        crumbs={[
          { label: "Migrations", to: "/migrations" },
          ...(migration ? [{ label: migration.name, to: "/migrations/$id", params: { id } }] : []),
        ]}
        status={migration && <MigrationStateBadge state={migration.state} size="lg" />}
        description={
          migration && (
            <SiteRoute source={migration.sourceSite.name} destination={migration.destinationSite.name} />
          )
        }
      />
      <QueryView query={query} what="the undo" skeleton={<SkeletonBlock height={420} />}>
        {(data) =>
          data.migration ? (
            <UndoBody migration={data.migration} refetch={query.refetch} />
          ) : (
            <Panel>
              <NotFoundState what="This migration" />
            </Panel>
          )
        }
      </QueryView>
    </>
  );
}

function UndoBody(props: { migration: UndoneMigration; refetch: () => Promise<unknown> }) {
  const { migration } = props;
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [choosing, setChoosing] = useState(search.item !== undefined);
  const newest = migration.undos[0];
  const onPlanned = async () => {
    await props.refetch().catch(() => undefined);
    setChoosing(false);
    await navigate({ search: {}, replace: true });
  };
  const open = newest && newest.state !== "SUPERSEDED" ? newest : null;
  if (open && (!choosing || open.state === "UNDOING")) {
    return (
      <PageStack>
        <UndoStatus
          migration={migration}
          undo={open}
          onChanged={props.refetch}
          another={
            migration.viewerCanUndo && (
              <Button variant="default" size="xs" onClick={() => setChoosing(true)}>
                {open.state === "PLANNED" ? "Choose again" : "Undo others…"}
              </Button>
            )
          }
        />
        {open.fingerprint && (
          <UndoPeople
            key={open.id}
            migrationId={migration.id}
            undo={open}
            search={search}
            onSearch={(next) => void navigate({ search: next, replace: true, resetScroll: false })}
          />
        )}
      </PageStack>
    );
  }
  if (!migration.viewerCanUndo) {
    return (
      <Notice tone="neutral" title="This run cannot be undone now">
        {migration.whyNot ?? "A run can be undone when it has ended or was stopped after its start."}
      </Notice>
    );
  }
  return <ChooseUndo migration={migration} itemId={search.item} onPlanned={onPlanned} />;
}
