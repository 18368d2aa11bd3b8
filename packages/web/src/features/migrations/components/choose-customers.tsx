import { useState } from "react";
import { ImportUpload } from "../../../shared/import-upload/import-upload.tsx";
import { formatNumberOf } from "../../../shared/number-format.ts";
import { PageStack } from "../../../ui/layout.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { ToggleGroup } from "../../../ui/toggle-group.tsx";
import type { ImportFileKind } from "@rehome/schema";
import type { OfferedSite } from "../new-migration-page.tsx";
import { describeSite } from "./choose-sites.tsx";

/** Step 2: who the customers are. What a site already knows can be used as it is, or brought up to date by upload. */
export function ChooseCustomers(props: {
  source: OfferedSite;
  destination: OfferedSite;
  onImported: () => Promise<unknown>;
}) {
  return (
    <PageStack>
      <SiteCustomers site={props.source} side="Source" onImported={props.onImported} />
      <SiteCustomers site={props.destination} side="Destination" onImported={props.onImported} />
    </PageStack>
  );
}

function SiteCustomers(props: { site: OfferedSite; side: string; onImported: () => Promise<unknown> }) {
  const { site } = props;
  const [kind, setKind] = useState<ImportFileKind>("CUSTOMERS");
  return (
    <Panel
      title={`${props.side}: ${site.name}`}
      description={`${describeSite(site)}, ${formatNumberOf(site.counts.requests, "request")}. An upload adds and updates; it removes nobody.`}
      actions={
        <ToggleGroup
          label={`File for ${site.name}`}
          value={kind}
          onChange={setKind}
          options={[
            { value: "CUSTOMERS", label: "Customers" },
            { value: "REQUESTS", label: "Requests" },
            { value: "PROJECTS", label: "Projects" },
          ]}
        />
      }
    >
      <ImportUpload
        key={kind}
        place={{ siteId: site.id }}
        placeName={site.name}
        fileKind={kind}
        onApplied={() => {
          props.onImported().catch(() => undefined);
        }}
      />
    </Panel>
  );
}
