import { defineEntity, p } from "@mikro-orm/core";

const ServiceProjectSchema = defineEntity({
  name: "ServiceProject",
  tableName: "service_project",
  properties: {
    id: p.uuid().primary(),
    siteId: p.uuid(),
    key: p.string(),
    name: p.string(),
    access: p.enum(["OPEN", "RESTRICTED"] as const),
    createdAt: p.datetime().onCreate(() => new Date()),
  },
});

/** A service desk on a site: `OPEN` to its customers or `RESTRICTED` to the listed ones. */
export class ServiceProject extends ServiceProjectSchema.class {}
ServiceProjectSchema.setClass(ServiceProject);
export { ServiceProjectSchema };
