import { useQuery } from "@apollo/client/react";
import { getRouteApi } from "@tanstack/react-router";
import { NotFoundState, QueryView } from "../../shared/query-view.tsx";
import { useOrganization } from "../../shared/viewer.tsx";
import { accountTypeWords } from "../../shared/words.ts";
import { CopyText } from "../../ui/copy-text.tsx";
import { FactList } from "../../ui/fact-list.tsx";
import { PageStack, Split } from "../../ui/layout.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { EmptyState } from "../../ui/page-states.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SkeletonBlock } from "../../ui/skeleton-rows.tsx";
import { StatusBadge } from "../../ui/status-badge.tsx";
import { TimeText } from "../../ui/time-text.tsx";
import { ClosedPanel } from "./closed-panel.tsx";
import { EndSessionsPanel } from "./end-sessions-panel.tsx";
import { ProfileHistory, ProfileRoles } from "./profile-history.tsx";
import { OtherIdentities } from "./other-identities.tsx";
import {
  AccountProfileDocument,
  DirectoryLinesOfEmailDocument,
  PortalCustomerProfileDocument,
  type DirectoryLinesOfEmailQuery,
  type ProfileFieldsFragment,
} from "./profile.generated.ts";
import { SitePresence } from "./site-presence.tsx";

/** One line of the directory about the profile's email: what an address stands for and its duplicates. */
export type EmailLine = DirectoryLinesOfEmailQuery["directory"]["edges"][number]["node"];

const route = getRouteApi("/app/accounts/$id");
const crumbs = [{ label: "Accounts", to: "/accounts" }];

/** One person's profile: an Atlassian account, or with `?type=portal` a portal-only account of one site. */
export function ProfilePage() {
  const { id } = route.useParams();
  const { type } = route.useSearch();
  return type === "portal" ? <PortalProfile key={id} id={id} /> : <AccountProfile key={id} id={id} />;
}

function AccountProfile(props: { id: string }) {
  const query = useQuery(AccountProfileDocument, { variables: { id: props.id } });
  const known = query.data?.account;
  return (
    <>
      {!known && <PageHeader title="Account" crumbs={crumbs} />}
      <QueryView query={query} what="the account" skeleton={<ProfileSkeleton />}>
        {({ account }) => <Profile person={account} />}
      </QueryView>
    </>
  );
}

function PortalProfile(props: { id: string }) {
  const query = useQuery(PortalCustomerProfileDocument, { variables: { id: props.id } });
  const known = query.data?.portalCustomer;
  return (
    <>
      {!known && <PageHeader title="Portal-only account" crumbs={crumbs} />}
      <QueryView query={query} what="the portal-only account" skeleton={<ProfileSkeleton />}>
        {({ portalCustomer }) => <Profile person={portalCustomer} />}
      </QueryView>
    </>
  );
}

function ProfileSkeleton() {
  return (
    <PageStack>
      <SkeletonBlock height={90} />
      <SkeletonBlock height={420} />
    </PageStack>
  );
}

function Profile(props: { person: ProfileFieldsFragment | null }) {
  const { person } = props;
  const organization = useOrganization();
  const lines = useQuery(DirectoryLinesOfEmailDocument, {
    variables: { organizationId: organization.id, email: person?.email ?? "" },
    skip: !person,
    fetchPolicy: "no-cache",
  });
  if (!person) {
    return (
      <Panel>
        <NotFoundState what="This account" />
      </Panel>
    );
  }
  const known = (lines.data ?? lines.previousData)?.directory.edges
    .map((edge) => edge.node)
    .filter((line) => line.email === person.email);
  return (
    <>
      <PageHeader
        title={person.name || person.email}
        crumbs={crumbs}
        status={<StatusBadge tone="neutral">{accountTypeWords[person.type]}</StatusBadge>}
        description={<CopyText value={person.email} label="Copy email" />}
      />
      <Split>
        <PageStack>
          <ClosedPanel person={person} />
          {person.presences.length === 0 && (
            <Panel>
              <EmptyState title="On no site of this organization">
                The account exists, but none of the organization’s sites knows it.
              </EmptyState>
            </Panel>
          )}
          {person.presences.map((presence) => (
            <SitePresence
              key={presence.site.id}
              person={person}
              presence={presence}
              line={known?.find((line) => isSameIdentity(line, person) && line.site.id === presence.site.id)}
              onChanged={() => void lines.refetch().catch(() => undefined)}
            />
          ))}
        </PageStack>
        <PageStack>
          <Panel title="Identity">
            <FactList
              facts={[
                { label: "Type", value: accountTypeWords[person.type] },
                {
                  label: "Managed by",
                  value: person.managedBy ?? <span className="muted">{whyUnmanaged(person)}</span>,
                },
                { label: "Known since", value: <TimeText value={person.createdAt} format="date" /> },
              ]}
            />
          </Panel>
          {person.type === "ATLASSIAN_ACCOUNT" &&
            person.closedAt == null &&
            organization.viewerCanAdminister && <EndSessionsPanel person={person} />}
          <OtherIdentities lines={known?.filter((line) => !isSameIdentity(line, person)) ?? []} />
          <ProfileRoles roles={person.roles} />
          <ProfileHistory history={person.history} />
        </PageStack>
      </Split>
    </>
  );
}

function isSameIdentity(line: EmailLine, person: ProfileFieldsFragment): boolean {
  return line.profileId === person.id && line.type === person.type;
}

function whyUnmanaged(person: ProfileFieldsFragment): string {
  return person.type === "PORTAL_ONLY"
    ? "Nobody: a portal-only account belongs to its site"
    : "Nobody: its email’s domain is not claimed";
}
