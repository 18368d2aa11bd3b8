import { IconCheck, IconX } from "@tabler/icons-react";
import { accountTypeWords } from "../../../shared/words.ts";
import { formatNumberOf } from "../../../shared/number-format.ts";
import type { ComparedProfileFragment, MigrationItemDetailQuery } from "../migration-items.generated.ts";
import classes from "./attention.module.css";

type Detail = NonNullable<NonNullable<MigrationItemDetailQuery["migration"]>["item"]>;

/** The person at the source and at the destination, account by account: what each reaches and what belongs to it. */
export function AccountComparison(props: { item: Detail; sourceName: string; destinationName: string }) {
  const { item } = props;
  return (
    <div className={classes.compare}>
      <AccountCard
        title={`Source: ${props.sourceName}`}
        profile={item.sourceIdentity}
        siteName={props.sourceName}
      />
      <AccountCard
        title="Destination: Atlassian account"
        profile={item.destinationAccount}
        siteName={props.destinationName}
      />
      <AccountCard
        title="Destination: portal-only account"
        profile={item.destinationPortalCustomer}
        siteName={props.destinationName}
      />
    </div>
  );
}

function AccountCard(props: { title: string; profile: ComparedProfileFragment | null; siteName: string }) {
  const { profile } = props;
  const presence = profile?.presences.find((candidate) => candidate.site.name === props.siteName);
  return (
    <section className={classes.card} aria-label={props.title}>
      <h3>{props.title}</h3>
      {!profile || !presence ? (
        <p className="muted">{profile ? `Not on ${props.siteName}` : "None"}</p>
      ) : (
        <>
          <p>
            {accountTypeWords[profile.type]}
            <span className="muted">
              {presence.active ? ", active" : ", deactivated"}
              {profile.type === "ATLASSIAN_ACCOUNT" &&
                (presence.customerRole ? ", Customer role" : ", no Customer role")}
              {presence.resolvesSignIn && ", signs in here"}
            </span>
          </p>
          {profile.managedBy && <p className="muted">Managed by {profile.managedBy}</p>}
          {presence.groups.length > 0 && <p className="muted">Groups: {presence.groups.join(", ")}</p>}
          <ul className={classes.reach}>
            {presence.projects.map((project) => (
              <li key={project.key} data-reachable={project.reachable || undefined}>
                {project.reachable ? <IconCheck size={14} aria-hidden /> : <IconX size={14} aria-hidden />}
                <span>
                  <strong>{project.key}</strong> {project.name}
                  <span className="visually-hidden">
                    {project.reachable ? ", reachable" : ", not reachable"}
                  </span>
                  <span className={classes.why}>{project.why}</span>
                </span>
              </li>
            ))}
          </ul>
          <p className="muted">
            {formatNumberOf(presence.requestCount, "request")}
            {presence.requestCount > 0 &&
              `, ${presence.requests.filter((request) => request.reachable).length} of the latest ${presence.requests.length} reachable`}
          </p>
        </>
      )}
    </section>
  );
}
