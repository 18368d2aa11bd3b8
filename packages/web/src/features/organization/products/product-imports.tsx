import { useQuery } from "@apollo/client/react";
import { ImportUpload } from "../../../shared/import-upload/import-upload.tsx";
import { QueryError } from "../../../shared/query-view.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { ImportsTable } from "../imports-table.tsx";
import classes from "../organization.module.css";
import { ProductImportsDocument } from "./product.generated.ts";

/** The files of a product's users, and the upload of the next one. */
export function ProductImports(props: { product: { id: string; name: string }; onApplied: () => void }) {
  const { product } = props;
  const query = useQuery(ProductImportsDocument, { variables: { id: product.id } });
  const imports = (query.data ?? query.previousData)?.product?.imports;
  const refresh = () => {
    query.refetch().catch(() => undefined);
    props.onApplied();
  };
  return (
    <Panel
      title="Uploads"
      description="The users of the product, as CSV: email, and if you have them name, role, status, verified, last active, kind, password hash, login name, authentication. A second file updates by email and login name and removes nobody. Password hashes are kept sealed and shown nowhere."
      flush
    >
      <div className={classes.upload}>
        <ImportUpload
          place={{ productId: product.id }}
          placeName={product.name}
          fileKind="PRODUCT_USERS"
          onApplied={refresh}
        />
      </div>
      {query.error && !imports ? (
        <QueryError error={query.error} what="the uploads" refetch={query.refetch} />
      ) : (
        <ImportsTable
          imports={imports}
          page="/organization/products/$id/imports/$import"
          placeId={product.id}
          empty={<>Choose a file of users above to see who signs in to {product.name}.</>}
        />
      )}
    </Panel>
  );
}
