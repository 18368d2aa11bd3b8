import { Button } from "@mantine/core";
import { useState } from "react";
import { formatCount, formatNumberOf } from "../../shared/number-format.ts";
import { ActionNotice, useAction } from "../../shared/use-action.tsx";
import { accountTypeWords } from "../../shared/words.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { FactList } from "../../ui/fact-list.tsx";
import { Notice } from "../../ui/notice.tsx";
import { listNames } from "../../ui/page-states.tsx";
import { Panel } from "../../ui/panel.tsx";
import { StatusBadge } from "../../ui/status-badge.tsx";
import classes from "./accounts.module.css";
import { PersonKindField } from "./person-kind-field.tsx";
import type { EmailLine } from "./profile-page.tsx";
import { SetActiveDocument, type ProfileFieldsFragment } from "./profile.generated.ts";
import { ReachableProjects, ReachableRequests } from "./reachable-tables.tsx";

/** One identity of the person on one site. */
export type Presence = ProfileFieldsFragment["presences"][number];

/** What a person is and reaches on one site, with the actions a site admin has there. */
export function SitePresence(props: {
  person: ProfileFieldsFragment;
  presence: Presence;
  /** Undefined while the directory's line is not known. */
  line: EmailLine | undefined;
  onChanged: () => void;
}) {
  const { person, presence, line } = props;
  const { site } = presence;
  return (
    <Panel
      flush
      title={site.name}
      actions={
        <>
          <StatusBadge tone={presence.active ? "good" : "bad"}>
            {presence.active ? "Active" : "Deactivated"}
          </StatusBadge>
          {line?.duplicate && <StatusBadge tone="warn">Duplicate</StatusBadge>}
          {site.viewerCanAdminister && (
            <ActiveSwitch person={person} presence={presence} onChanged={props.onChanged} />
          )}
        </>
      }
    >
      <PresenceNotices presence={presence} />
      <div className={classes.facts}>
        <FactList
          facts={[
            { label: "Type here", value: accountTypeWords[presence.type] },
            {
              label: "Customer role",
              value:
                presence.type === "PORTAL_ONLY" ? (
                  <span className="muted">Not needed</span>
                ) : presence.customerRole ? (
                  "Yes"
                ) : (
                  "No"
                ),
            },
            {
              label: "Groups",
              value:
                presence.groups.length > 0 ? presence.groups.join(", ") : <span className="muted">None</span>,
            },
            {
              label: "Address is",
              value: (
                <PersonKindField
                  person={person}
                  siteId={site.id}
                  kind={line === undefined ? undefined : line.kind}
                  canChange={site.viewerCanAdminister}
                  onChanged={props.onChanged}
                />
              ),
            },
          ]}
        />
      </div>
      <h3 className={classes.sectionTitle}>Service projects</h3>
      <ReachableProjects presence={presence} />
      <h3 className={classes.sectionTitle}>
        Requests
        <span className="muted">{formatNumberOf(presence.requestCount, "request")} reported</span>
      </h3>
      <ReachableRequests presence={presence} />
      {presence.requestCount > presence.requests.length && presence.requests.length > 0 && (
        <p className={`muted ${classes.note}`}>
          The newest {formatCount(presence.requests.length)} are shown.
        </p>
      )}
    </Panel>
  );
}

function PresenceNotices(props: { presence: Presence }) {
  const { presence } = props;
  const { site } = presence;
  const admins = site.admins.map((admin) => admin.account.name);
  if (presence.active && presence.resolvesSignIn && site.viewerCanAdminister) {
    return null;
  }
  return (
    <div className={classes.notices}>
      {presence.active && !presence.resolvesSignIn && (
        <Notice tone="warn" title="Sign-in on this site resolves to the person’s other identity">
          What this identity reported stays out of reach until the portal-only account is upgraded.
        </Notice>
      )}
      {!presence.active && (
        <Notice tone="neutral" title={`Deactivated on ${site.name}`}>
          The person cannot sign in there, and a copy leaves this person unchanged.
        </Notice>
      )}
      {!site.viewerCanAdminister && (
        <Notice tone="neutral">
          Changes here need a site admin of {site.name}
          {admins.length > 0 && `: ${listNames(admins)}`}.
        </Notice>
      )}
    </div>
  );
}

function ActiveSwitch(props: { person: ProfileFieldsFragment; presence: Presence; onChanged: () => void }) {
  const { person, presence } = props;
  const { site } = presence;
  const [asking, setAsking] = useState(false);
  const action = useAction(SetActiveDocument);
  const deactivates = presence.active;
  const confirm = async () => {
    const input = { siteId: site.id, profileId: person.id, active: !presence.active };
    if (await action.run({ input })) {
      setAsking(false);
      props.onChanged();
    }
  };
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => {
          action.clear();
          setAsking(true);
        }}
      >
        {deactivates ? "Deactivate…" : "Reactivate…"}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={`${deactivates ? "Deactivate" : "Reactivate"} ${person.name || person.email} on ${site.name}?`}
        confirmLabel={deactivates ? "Deactivate" : "Reactivate"}
        danger={deactivates}
        pending={action.pending}
        onConfirm={() => void confirm()}
        onClose={() => setAsking(false)}
        error={<ActionNotice problem={action.problem} />}
      >
        <p>
          {deactivates
            ? `This identity can no longer sign in to ${site.name} and reaches no request there. Nothing is deleted, and other sites are not affected.`
            : `This identity can sign in to ${site.name} again and reaches what it is allowed to. A person left out of a copy is not copied by this; copy again.`}
        </p>
      </ConfirmDialog>
    </>
  );
}
