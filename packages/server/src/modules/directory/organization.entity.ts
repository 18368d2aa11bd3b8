import { defineEntity, p } from "@mikro-orm/core";

const OrganizationSchema = defineEntity({
  name: "Organization",
  tableName: "organization",
  properties: {
    id: p.uuid().primary(),
    name: p.string(),
    distributionListWords: p.array(),
    botWords: p.array(),
    secondApproverRequired: p.boolean().default(false),
    createdAt: p.datetime().onCreate(() => new Date()),
  },
});

/** The container of sites, domains and policies; nothing of one is visible to another. */
export class Organization extends OrganizationSchema.class {}
OrganizationSchema.setClass(Organization);
export { OrganizationSchema };
