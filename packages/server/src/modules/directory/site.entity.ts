import { defineEntity, p } from "@mikro-orm/core";

const SiteSchema = defineEntity({
  name: "Site",
  tableName: "site",
  properties: {
    id: p.uuid().primary(),
    organizationId: p.uuid(),
    name: p.string(),
    urlName: p.string(),
    createdAt: p.datetime().onCreate(() => new Date()),
  },
});

/** A URL name in an organization, with its help center, service projects and people. */
export class Site extends SiteSchema.class {}
SiteSchema.setClass(Site);
export { SiteSchema };
