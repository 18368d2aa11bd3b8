import { useQuery } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import { formatCount, formatPeople } from "../../shared/number-format.ts";
import { NotFoundState, QueryView } from "../../shared/query-view.tsx";
import { PageStack } from "../../ui/layout.tsx";
import { Notice } from "../../ui/notice.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { listNames } from "../../ui/page-states.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SkeletonBlock } from "../../ui/skeleton-rows.tsx";
import links from "../../ui/text-link.module.css";
import { TimeText } from "../../ui/time-text.tsx";
import { ApproveDialog, DeclineDialog } from "./group-dialogs.tsx";
import { GroupDecision, GroupEvidence } from "./group-evidence.tsx";
import { useGroupReviewChanges } from "./group-list-changes.tsx";
import { GroupMembers } from "./group-members.tsx";
import classes from "./group-page.module.css";
import { GroupResult } from "./group-result.tsx";
import { GroupReviewDocument, type GroupReviewFieldsFragment } from "./groups.generated.ts";
import { ReviewBadge } from "./review-badge.tsx";
import { useGroupDecision } from "./use-group-decision.ts";

const route = getRouteApi("/app/groups/review/$group");
const crumbs = [{ label: "Imported groups", to: "/groups/review" }];

/** The review of one imported group: evidence, members, and the decision. */
export function GroupPage() {
  const { group: id } = route.useParams();
  const query = useQuery(GroupReviewDocument, { variables: { id } });
  const { refetch } = query;
  const reload = async () => (await refetch()).data?.importedGroup ?? null;
  const known = query.data?.importedGroup;
  return (
    <>
      {!known && <PageHeader title="Imported group" crumbs={crumbs} />}
      <QueryView
        query={query}
        what="the imported group"
        skeleton={
          <PageStack>
            <SkeletonBlock height={240} />
            <SkeletonBlock height={360} />
          </PageStack>
        }
      >
        {({ importedGroup }) =>
          importedGroup ? (
            <GroupReview key={importedGroup.id} group={importedGroup} reload={reload} />
          ) : (
            <Panel>
              <NotFoundState what="This imported group" />
            </Panel>
          )
        }
      </QueryView>
    </>
  );
}

function GroupReview(props: {
  group: GroupReviewFieldsFragment;
  reload: () => Promise<GroupReviewFieldsFragment | null>;
}) {
  const { group, reload } = props;
  const [dialog, setDialog] = useState<"approve-all" | "approve-selected" | "decline" | null>(null);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const decision = useGroupDecision(group, reload);
  useGroupReviewChanges(() => void reload().catch(() => undefined));
  const open = group.pendingCount > 0;
  const settle = (closed: boolean) => {
    if (closed) {
      setDialog(null);
      setSelected(new Set());
    }
  };
  const ask = (next: typeof dialog) => {
    decision.forget();
    setDialog(next);
  };
  const actions = open && group.viewerCanDecide && (
    <>
      <Button variant="default" onClick={() => ask("decline")}>
        Decline…
      </Button>
      <Button onClick={() => ask("approve-all")}>Approve all {formatCount(group.pendingCount)}</Button>
    </>
  );
  const shared = {
    group,
    pending: decision.pending,
    problem: decision.problem,
    onClose: () => setDialog(null),
  };
  return (
    <>
      <GroupHeader group={group} actions={actions && <div className={classes.wideOnly}>{actions}</div>} />
      <PageStack>
        <GroupResult result={decision.result} />
        {open && !group.viewerCanDecide && <WhoCanDecide group={group} />}
        {!open && (
          <GroupDecision
            group={group}
            when={group.decidedAt && <TimeText value={group.decidedAt} format="relative" />}
          />
        )}
        {open && <GroupEvidence group={group} />}
        <GroupMembers
          group={group}
          selected={selected}
          onSelect={setSelected}
          onApproveSelected={() => ask("approve-selected")}
          version={`${group.reviewState} ${group.pendingCount}`}
        />
      </PageStack>
      {actions && <div className={classes.bar}>{actions}</div>}
      <ApproveDialog
        {...shared}
        opened={dialog === "approve-all" || dialog === "approve-selected"}
        selected={dialog === "approve-selected" ? selected.size : null}
        onApprove={() =>
          void decision.approve(dialog === "approve-selected" ? [...selected] : null).then(settle)
        }
      />
      <DeclineDialog
        {...shared}
        opened={dialog === "decline"}
        onDecline={(reason) => void decision.decline(reason).then(settle)}
      />
    </>
  );
}

function GroupHeader(props: { group: GroupReviewFieldsFragment; actions: ReactNode }) {
  const { group } = props;
  return (
    <PageHeader
      title={group.name}
      crumbs={crumbs}
      status={<ReviewBadge group={group} size="lg" />}
      description={
        <>
          {group.site.name} · from{" "}
          <Link className={links.link} to="/migrations/$id" params={{ id: group.migration.id }}>
            {group.migration.name}
          </Link>{" "}
          · {formatPeople(group.memberCount)}, {formatCount(group.pendingCount)} pending
          {group.approvedCount > 0 && `, ${formatCount(group.approvedCount)} approved`} · made{" "}
          <TimeText value={group.createdAt} format="relative" />
        </>
      }
      actions={props.actions}
    />
  );
}

function WhoCanDecide(props: { group: GroupReviewFieldsFragment }) {
  const { site, whoCanDecide } = props.group;
  return (
    <Notice tone="info" title={`Only a site admin of ${site.name} decides this group`}>
      {whoCanDecide.length > 0
        ? `You can read the evidence. ${listNames(whoCanDecide)} can approve or decline it.`
        : "You can read the evidence."}
    </Notice>
  );
}
