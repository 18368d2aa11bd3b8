import { defineEntity, p } from "@mikro-orm/core";

const ProductSchema = defineEntity({
  name: "Product",
  tableName: "product",
  properties: {
    id: p.uuid().primary(),
    organizationId: p.uuid(),
    siteId: p.uuid().nullable(),
    kind: p.string(),
    hosting: p.enum(["CLOUD", "SERVER"] as const),
    name: p.string(),
    createdAt: p.datetime().onCreate(() => new Date()),
  },
});

/** A product instance: `CLOUD` on a site or `SERVER` hosted. */
export class Product extends ProductSchema.class {}
ProductSchema.setClass(Product);
export { ProductSchema };
