import { Link } from "@tanstack/react-router";
import type { Hosting } from "@rehome/schema";
import { nameKind } from "../../shared/name-kind.ts";
import type { ProductOwnershipFragment } from "../../shared/roles/product-ownership.generated.ts";
import { ProductOwnership } from "../../shared/roles/product-ownership.tsx";
import { DataTable, type Column } from "../../ui/data-table.tsx";
import { HostingBadge } from "./products/hosting-badge.tsx";
import classes from "./organization.module.css";

interface ProductRow extends ProductOwnershipFragment {
  kind: string;
  hosting: Hosting;
  site?: { id: string; name: string } | null;
}

/** Product instances with where they are hosted and whose they are. */
export function ProductTable(props: { products: readonly ProductRow[]; showSite?: boolean }) {
  return (
    <DataTable
      caption="Products"
      columns={props.showSite ? [...columns, siteColumn] : columns}
      rows={props.products}
      rowKey={(product) => product.id}
      empty={<p className={`muted ${classes.list}`}>No product yet.</p>}
    />
  );
}

const columns: Column<ProductRow>[] = [
  {
    id: "name",
    header: "Product",
    cell: (product) => (
      <Link to="/organization/products/$id" params={{ id: product.id }}>
        {product.name}
      </Link>
    ),
  },
  { id: "kind", header: "Kind", hideBelow: "sm", cell: (product) => nameKind(product.kind) },
  {
    id: "hosting",
    header: "Hosting",
    cell: (product) => <HostingBadge hosting={product.hosting} />,
  },
  { id: "owner", header: "Owner", cell: (product) => <ProductOwnership product={product} /> },
];

const siteColumn: Column<ProductRow> = {
  id: "site",
  header: "Site",
  hideBelow: "sm",
  cell: (product) =>
    product.site ? (
      <Link to="/organization/sites/$id" params={{ id: product.site.id }}>
        {product.site.name}
      </Link>
    ) : (
      <span className="muted">None</span>
    ),
};
