import { useApolloClient } from "@apollo/client/react";
import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { ActionNotice, useAction } from "../use-action.tsx";
import {
  OfferOwnershipDocument,
  WithdrawOfferDocument,
  type ProductOwnershipFragment,
} from "./product-ownership.generated.ts";
import classes from "./roles.module.css";

/** Who owns a product, the offer that waits, and the way to transfer it for those who may. */
export function ProductOwnership(props: { product: ProductOwnershipFragment }) {
  const { product } = props;
  const [open, setOpen] = useState<"offer" | "withdraw" | null>(null);
  const { owner, ownershipOffer: offer } = product;
  const close = () => setOpen(null);
  return (
    <div className={classes.ownership}>
      <div>
        {owner ? owner.account.name || owner.account.email : <span className="muted">Nobody so far</span>}
        {offer && (
          <div className="muted">
            Offered to {offer.email}
            {offer.expired && ", the link has ended"}
          </div>
        )}
      </div>
      {product.viewerCanTransfer && (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={
            offer ? `Withdraw the offer of ${product.name}` : `Transfer the ownership of ${product.name}`
          }
          onClick={() => setOpen(offer ? "withdraw" : "offer")}
        >
          {offer ? "Withdraw…" : owner ? "Transfer…" : "Name an owner…"}
        </Button>
      )}
      {open === "offer" && <OfferDialog product={product} onClose={close} />}
      {open === "withdraw" && offer && (
        <WithdrawDialog invitationId={offer.id} email={offer.email} name={product.name} onClose={close} />
      )}
    </div>
  );
}

function OfferDialog(props: { product: ProductOwnershipFragment; onClose: () => void }) {
  const { product } = props;
  const client = useApolloClient();
  const action = useAction(OfferOwnershipDocument);
  const [email, setEmail] = useState("");
  const [tried, setTried] = useState(false);
  const send = async () => {
    setTried(true);
    if (email.trim() === "") {
      document.getElementById("offer-email")?.focus();
      return;
    }
    if (await action.run({ input: { productId: product.id, email: email.trim() } })) {
      await client.refetchQueries({ include: "active" });
      props.onClose();
    }
  };
  const refused = action.problem?.field === "email" ? action.problem.message : null;
  return (
    <ConfirmDialog
      opened
      title={`Transfer the ownership of ${product.name}`}
      confirmLabel="Send the offer"
      pending={action.pending}
      onConfirm={() => void send()}
      onClose={props.onClose}
      error={<ActionNotice problem={refused === null ? action.problem : null} />}
    >
      <p>
        They get a mail and accept or decline. Until then nothing changes.
        {product.owner && ` Afterwards ${product.owner.account.name || "the owner"} is product admin.`}
      </p>
      <TextInput
        id="offer-email"
        label="Email of the new owner"
        description="An admin of yours or a new address."
        type="email"
        autoComplete="off"
        withAsterisk
        aria-required
        data-autofocus
        value={email}
        error={refused ?? (tried && email.trim() === "" ? "Enter an address." : null)}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
    </ConfirmDialog>
  );
}

function WithdrawDialog(props: { invitationId: string; email: string; name: string; onClose: () => void }) {
  const client = useApolloClient();
  const action = useAction(WithdrawOfferDocument);
  const withdraw = async () => {
    if (await action.run({ input: { invitationId: props.invitationId } })) {
      await client.refetchQueries({ include: "active" });
      props.onClose();
    }
  };
  return (
    <ConfirmDialog
      opened
      title="Withdraw the offer?"
      confirmLabel="Withdraw"
      danger
      pending={action.pending}
      onConfirm={() => void withdraw()}
      onClose={props.onClose}
      error={<ActionNotice problem={action.problem} />}
    >
      <p>
        {props.email} can no longer accept the ownership of {props.name}. The owner stays.
      </p>
    </ConfirmDialog>
  );
}
