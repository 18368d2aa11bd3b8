import { defineEntity, p } from "@mikro-orm/core";

const PortalCustomerSchema = defineEntity({
  name: "PortalCustomer",
  tableName: "portal_customer",
  properties: {
    id: p.uuid().primary(),
    siteId: p.uuid(),
    email: p.string(),
    name: p.string(),
    active: p.boolean(),
    kind: p.enum(["PERSON", "DISTRIBUTION_LIST", "BOT"] as const).nullable(),
    createdAt: p.datetime().onCreate(() => new Date()),
  },
});

/** A portal-only account: a customer login scoped to one site's help center. */
export class PortalCustomer extends PortalCustomerSchema.class {}
PortalCustomerSchema.setClass(PortalCustomer);
export { PortalCustomerSchema };
