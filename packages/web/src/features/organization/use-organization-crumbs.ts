import { useViewer } from "../../shared/viewer.tsx";
import type { Crumb } from "../../ui/page-header.tsx";

/** What stands above a product or a file: the organization, for who may see it, else where one's own products are listed. */
export function useOrganizationCrumbs(): Crumb[] {
  const { viewerCanMigrate, adminSites } = useViewer();
  return viewerCanMigrate || adminSites.length > 0
    ? [{ label: "Organization", to: "/organization" }]
    : [{ label: "My work", to: "/" }];
}
