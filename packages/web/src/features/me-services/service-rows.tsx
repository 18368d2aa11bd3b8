import { Button, Group } from "@mantine/core";
import { useState } from "react";
import type { ServiceReason } from "@rehome/schema";
import { AskForPlace } from "../../shared/roles/ask-for-place.tsx";
import { ListRow } from "../../ui/row-list.tsx";
import { StatusBadge } from "../../ui/status-badge.tsx";
import { describeProduct } from "./login-rows.tsx";
import type { ServiceFieldsFragment } from "./me-services.generated.ts";

const reasonWords: Record<ServiceReason, string> = {
  PRESENT: "You are on the site",
  CONNECTED: "A login is connected",
  ORGANIZATION_ADMIN: "You administer the organization",
  SITE_ADMIN: "You administer the site",
  PRODUCT_OWNER: "You own it",
  PRODUCT_ADMIN: "You administer it",
};

/** A site or product that the account opens, and why. */
export function OpenRow(props: { service: ServiceFieldsFragment }) {
  const { service } = props;
  return (
    <ListRow
      title={service.name}
      detail={describeService(service)}
      middle={
        <span className="muted">{service.because.map((reason) => reasonWords[reason]).join(", ")}</span>
      }
    />
  );
}

/** A site or product that it does not open, and how to come to it. */
export function FurtherRow(props: {
  service: ServiceFieldsFragment;
  onAsked: () => void;
  onConnect: () => void;
}) {
  const { service } = props;
  const [isAsking, setAsking] = useState(false);
  const isProduct = service.type === "PRODUCT";
  return (
    <ListRow
      title={
        <>
          {service.name}
          {service.asked && <StatusBadge tone="warn">Asked for, waits</StatusBadge>}
        </>
      }
      detail={describeService(service)}
      action={
        <Group gap={8}>
          {isProduct && (
            <Button
              size="xs"
              variant="default"
              aria-label={`Connect a login of ${service.name}`}
              onClick={props.onConnect}
            >
              Connect a login…
            </Button>
          )}
          {service.viewerCanAsk && (
            <Button
              size="xs"
              variant="default"
              aria-label={`${isProduct ? "Ask to administer" : "Ask for access to"} ${service.name}`}
              onClick={() => setAsking(true)}
            >
              {isProduct ? "Ask to administer…" : "Ask for access…"}
            </Button>
          )}
          {isAsking && (
            <AskForPlace
              wish={isProduct ? "PRODUCT_ADMIN" : "SITE_ACCESS"}
              place={service}
              onClose={() => setAsking(false)}
              onSent={() => {
                setAsking(false);
                props.onAsked();
              }}
            />
          )}
        </Group>
      }
    />
  );
}

function describeService({ kind, hosting, organizationName }: ServiceFieldsFragment): string {
  return kind == null ? `Site of ${organizationName}` : describeProduct({ kind, hosting, organizationName });
}
