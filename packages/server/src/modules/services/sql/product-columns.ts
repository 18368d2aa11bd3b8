/** A product as its users see it. */
export interface ProductRow {
  productId: string;
  productName: string;
  productKind: string;
  hosting: "CLOUD" | "SERVER";
  organizationId: string;
  organizationName: string;
}

/** The columns of ProductRow, of product p and organization o. */
export const productColumns = `p.id as "productId", p.name as "productName", p.kind as "productKind", p.hosting,
  o.id as "organizationId", o.name as "organizationName"`;
