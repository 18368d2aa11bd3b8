import { useQuery } from "@apollo/client/react";
import { Button } from "@mantine/core";
import type { MailState } from "@rehome/schema";
import { IconMail } from "@tabler/icons-react";
import { useState } from "react";
import { QueryError } from "../../shared/query-view.tsx";
import { ActionNotice, useAction } from "../../shared/use-action.tsx";
import { useKeysetPager, type PageSearch } from "../../shared/use-keyset-pager.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { FilterBar, FilterSelect } from "../../ui/filter-bar.tsx";
import { EmptyState } from "../../ui/page-states.tsx";
import { Pager } from "../../ui/pager.tsx";
import { Panel } from "../../ui/panel.tsx";
import { HeldMailNotice } from "./held-mail-notice.tsx";
import { mailColumns } from "./mail-columns.tsx";
import { OrganizationMailDocument, RetryMailDocument } from "./mail-panel.generated.ts";
import classes from "./organization.module.css";

const pageSize = 20;
const refreshEvery = 10_000;

const filters = {
  attention: { label: "Needs a person", states: ["HELD", "BOUNCED", "FAILED"] },
  waiting: { label: "Waits", states: ["QUEUED", "SENDING", "UNCERTAIN"] },
  over: { label: "Sent or discarded", states: ["SENT", "DISCARDED"] },
} satisfies Record<string, { label: string; states: MailState[] }>;
type Filter = keyof typeof filters;

/** How the organization's mail stands, and what is held, bounced or was given up with its next step. For its admins. */
export function MailPanel(props: { organizationId: string }) {
  const { organizationId } = props;
  const [filter, setFilter] = useState<Filter | undefined>("attention");
  const [page, setPage] = useState<PageSearch>({});
  const pager = useKeysetPager(pageSize, page, setPage);
  const query = useQuery(OrganizationMailDocument, {
    variables: {
      organizationId,
      states: filter === undefined ? null : filters[filter].states,
      after: page.after ?? null,
    },
    fetchPolicy: "no-cache",
    pollInterval: refreshEvery,
  });
  const action = useAction(RetryMailDocument);
  const mail = (query.data ?? query.previousData)?.outbox;
  const look = () => void query.refetch().catch(() => undefined);
  const retry = async (mailId: string) => {
    if (await action.run({ input: { mailId } })) {
      look();
    }
  };
  return (
    <Panel
      id="mail"
      title="Mail"
      description="Mail that concerns the organization. What it says is not shown: it may let somebody in."
      flush
    >
      {mail && mail.heldCount > 0 && (
        <div className={classes.upload}>
          <HeldMailNotice
            organizationId={organizationId}
            held={mail.heldCount}
            linkEnded={mail.heldWithEndedLinks}
            onDecided={look}
          />
        </div>
      )}
      <FilterBar>
        <FilterSelect
          label="Which mail"
          all="All mail"
          value={filter}
          options={Object.entries(filters).map(([value, { label }]) => ({ value: value as Filter, label }))}
          onChange={(next) => {
            setFilter(next);
            setPage({});
          }}
        />
      </FilterBar>
      {action.problem && (
        <div className={classes.upload}>
          <ActionNotice problem={action.problem} />
        </div>
      )}
      {query.error && !mail ? (
        <QueryError error={query.error} what="the mail" refetch={query.refetch} />
      ) : (
        <DataTable
          caption="Mail"
          columns={mailColumns({ pending: action.pending, onRetry: (id) => void retry(id) })}
          rows={mail?.edges.map((edge) => edge.node)}
          rowKey={({ id }) => id}
          busy={query.loading && query.data === undefined}
          skeletonCount={3}
          empty={
            <EmptyState
              title={filter === "attention" ? "No mail needs a person" : "No mail here"}
              icon={<IconMail size={22} aria-hidden />}
              action={
                filter !== undefined && (
                  <Button variant="default" onClick={() => setFilter(undefined)}>
                    Show all mail
                  </Button>
                )
              }
            >
              {filter === "attention"
                ? "Nothing bounced, was given up or is held."
                : "Mail that concerns the organization is listed here for 90 days, or as long as the operator set."}
            </EmptyState>
          }
          footer={
            mail && (
              <Pager
                offset={pager.offset}
                shown={mail.edges.length}
                total={null}
                hasNext={mail.pageInfo.hasNextPage}
                onPrevious={pager.previous}
                onNext={() => pager.next(mail.pageInfo.endCursor)}
              />
            )
          }
        />
      )}
    </Panel>
  );
}
