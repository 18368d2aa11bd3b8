import { Select, TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import { ActionNotice, useAction } from "../../shared/use-action.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { RequestServiceConnectionDocument, type ServiceFieldsFragment } from "./me-services.generated.ts";

/** What is to be connected: a login of this product, or of one to choose, in the place of the present login. */
export interface Target {
  product: { id: string; name: string } | null;
  present: { email: string } | null;
}

/** Inputs by the field that a refusal names. */
const fieldIds: Record<string, string> = { email: "connect-email", loginName: "connect-login-name" };

/** Asks for the email of the login, and has the link sent there. */
export function ConnectDialog(props: {
  target: Target;
  products: readonly ServiceFieldsFragment[];
  onClose: () => void;
  onAsked: () => void;
}) {
  const { present, product } = props.target;
  const [productId, setProductId] = useState<string | null>(product?.id ?? null);
  const [email, setEmail] = useState("");
  const [loginName, setLoginName] = useState("");
  const [tried, setTried] = useState(false);
  const action = useAction(RequestServiceConnectionDocument);
  const send = async () => {
    setTried(true);
    if (productId === null || email.trim() === "") {
      document.getElementById(productId === null ? "connect-product" : "connect-email")?.focus();
      return;
    }
    const input = { productId, email: email.trim(), loginName: loginName.trim() };
    if (await action.run({ input })) {
      props.onAsked();
    }
  };
  const field = action.problem?.field ?? "";
  useEffect(
    function goToRefusedField() {
      document.getElementById(fieldIds[field] ?? "")?.focus();
    },
    // Each answer anew, also where it names the same field.
    [field, action.problem],
  );
  const wordsAt = (name: string) => (field === name ? action.problem?.message : null);
  return (
    <ConfirmDialog
      opened
      title={
        product === null
          ? "Connect a login"
          : present === null
            ? `Connect a login of ${product.name}`
            : `Change account of ${product.name}`
      }
      confirmLabel={present === null ? "Send the link" : "Change Connection"}
      pending={action.pending}
      onConfirm={() => void send()}
      onClose={props.onClose}
      error={<ActionNotice problem={field in fieldIds ? null : action.problem} />}
    >
      <p>
        {present !== null && `Now it is ${present.email}. `}
        We send a link to the address of the login. Nothing changes until you open it, signed in here.
      </p>
      {product === null && (
        <Select
          id="connect-product"
          label="Product"
          withAsterisk
          aria-required
          data={props.products.map(({ id, name, organizationName }) => ({
            value: id,
            label: `${name}, ${organizationName}`,
          }))}
          value={productId}
          onChange={setProductId}
          error={tried && productId === null ? "Choose one." : null}
        />
      )}
      <TextInput
        id="connect-email"
        label="Email of the login"
        type="email"
        withAsterisk
        aria-required
        autoComplete="email"
        data-autofocus={product !== null || undefined}
        value={email}
        error={wordsAt("email") ?? (tried && email.trim() === "" ? "Enter the email it has there." : null)}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <TextInput
        id="connect-login-name"
        label="Name of the login"
        description="Only where several logins of the product share the email."
        autoComplete="off"
        value={loginName}
        error={wordsAt("loginName")}
        onChange={(event) => setLoginName(event.currentTarget.value)}
      />
    </ConfirmDialog>
  );
}
