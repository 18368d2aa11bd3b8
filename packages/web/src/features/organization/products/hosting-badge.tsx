import { IconCloud, IconServer } from "@tabler/icons-react";
import type { Hosting } from "@rehome/schema";
import { StatusBadge } from "../../../ui/status-badge.tsx";

/** Where a product runs. */
export function HostingBadge(props: { hosting: Hosting }) {
  return props.hosting === "CLOUD" ? (
    <StatusBadge tone="info" icon={IconCloud}>
      Cloud
    </StatusBadge>
  ) : (
    <StatusBadge tone="neutral" icon={IconServer}>
      Server, not touched
    </StatusBadge>
  );
}
