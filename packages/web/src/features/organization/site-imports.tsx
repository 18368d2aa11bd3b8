import { useQuery } from "@apollo/client/react";
import { ImportUpload } from "../../shared/import-upload/import-upload.tsx";
import { QueryError } from "../../shared/query-view.tsx";
import { Notice } from "../../ui/notice.tsx";
import { listNames } from "../../ui/page-states.tsx";
import { Panel } from "../../ui/panel.tsx";
import { ImportsTable } from "./imports-table.tsx";
import classes from "./organization.module.css";
import { SiteImportsDocument, type SiteOverviewQuery } from "./site.generated.ts";

type Site = NonNullable<SiteOverviewQuery["site"]>;

/** The files uploaded to a site, and the upload of the next one for who may. */
export function SiteImports(props: { site: Site; onApplied: () => void }) {
  const { site } = props;
  const query = useQuery(SiteImportsDocument, {
    variables: { id: site.id },
    skip: !site.viewerCanAdminister,
  });
  const imports = (query.data ?? query.previousData)?.site?.imports;
  const refresh = () => {
    query.refetch().catch(() => undefined);
    props.onApplied();
  };
  if (!site.viewerCanAdminister) {
    return <UploadsForbidden site={site} />;
  }
  return (
    <Panel
      title="Uploads"
      description="Customers, requests and service projects, as CSV. A second file updates by email and type and removes nothing."
      flush
    >
      <div className={classes.upload}>
        <ImportUpload place={{ siteId: site.id }} placeName={site.name} onApplied={refresh} />
      </div>
      {query.error && !imports ? (
        <QueryError error={query.error} what="the uploads" refetch={query.refetch} />
      ) : (
        <ImportsTable
          imports={imports}
          page="/organization/sites/$id/imports/$import"
          placeId={site.id}
          empty={<>Choose a customers file above to put people on {site.name}.</>}
        />
      )}
    </Panel>
  );
}

function UploadsForbidden(props: { site: Site }) {
  const { site } = props;
  const grantors = [...site.admins, ...site.organization.admins].map((admin) => admin.account.name);
  return (
    <Notice tone="neutral" title={`Uploading files needs a site admin of ${site.name}`}>
      {grantors.length > 0 && `${listNames([...new Set(grantors)])} can do it or make you one.`}
    </Notice>
  );
}
