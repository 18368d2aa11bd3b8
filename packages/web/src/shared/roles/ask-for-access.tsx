import { useApolloClient, useQuery } from "@apollo/client/react";
import { Button, Radio, Select, Stack, Textarea } from "@mantine/core";
import type { AccessWish } from "@rehome/schema";
import { useState } from "react";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { ActionNotice, useAction } from "../use-action.tsx";
import { useOrganization } from "../viewer.tsx";
import { AskForAccessDocument, RequestAccessDocument } from "./ask-for-access.generated.ts";
import { wishWords } from "./wish-words.ts";

/** Opens the dialog in which a person asks for a role or for being on a site. `siteId` leaves out the choice of place. */
export function AskForAccess(props: { siteId?: string; variant?: "filled" | "default" }) {
  const [opened, setOpened] = useState(false);
  const [sent, setSent] = useState(false);
  if (sent) {
    return (
      <Notice tone="good" live title="Your request is sent">
        Whoever can decide it was mailed. You see it under My work.
      </Notice>
    );
  }
  return (
    <>
      <Button variant={props.variant ?? "default"} onClick={() => setOpened(true)}>
        {props.siteId === undefined ? "Ask for access…" : "Ask for site admin or access…"}
      </Button>
      {opened && (
        <AskDialog
          siteId={props.siteId}
          onClose={() => setOpened(false)}
          onSent={() => {
            setOpened(false);
            setSent(true);
          }}
        />
      )}
    </>
  );
}

const wishes = ["SITE_ADMIN", "SITE_ACCESS", "PRODUCT_ADMIN"] as const;

function AskDialog(props: { siteId?: string; onClose: () => void; onSent: () => void }) {
  const { id: organizationId, name } = useOrganization();
  const client = useApolloClient();
  const places = useQuery(AskForAccessDocument, { variables: { organizationId } }).data?.organization;
  const action = useAction(RequestAccessDocument);
  const [wish, setWish] = useState<AccessWish>("SITE_ADMIN");
  const [place, setPlace] = useState<string | null>(props.siteId ?? null);
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const isOfProduct = wish === "PRODUCT_ADMIN";
  const choices = isOfProduct
    ? places?.products.filter((product) => !product.viewerCanTransfer)
    : places?.sites.filter((site) => !site.viewerCanAdminister);
  const send = async () => {
    setTried(true);
    if (place === null || reason.trim() === "") {
      document.getElementById(place === null ? "ask-place" : "ask-reason")?.focus();
      return;
    }
    const target = isOfProduct ? { productId: place } : { siteId: place };
    if (await action.run({ input: { wish, reason: reason.trim(), ...target } })) {
      void client.refetchQueries({ include: "active" });
      props.onSent();
    }
  };
  const refusedReason = action.problem?.field === "reason" ? action.problem.message : null;
  return (
    <ConfirmDialog
      opened
      title="Ask for access"
      confirmLabel="Send the request"
      pending={action.pending}
      onConfirm={() => void send()}
      onClose={props.onClose}
      error={<ActionNotice problem={refusedReason === null ? action.problem : null} />}
    >
      <Radio.Group
        label="What you need"
        value={wish}
        onChange={(value) => {
          setWish(wishes.find((known) => known === value) ?? "SITE_ADMIN");
          setPlace(props.siteId ?? null);
        }}
      >
        <Stack gap={8} mt={6}>
          {wishes
            .filter((value) => props.siteId === undefined || value !== "PRODUCT_ADMIN")
            .map((value) => (
              <Radio
                key={value}
                value={value}
                label={wishWords[value].label}
                description={wishWords[value].meaning}
              />
            ))}
        </Stack>
      </Radio.Group>
      {props.siteId === undefined && (
        <Select
          id="ask-place"
          label={isOfProduct ? "Product" : "Site"}
          placeholder={`Of ${name}`}
          withAsterisk
          aria-required
          data={(choices ?? []).map((choice) => ({ value: choice.id, label: choice.name }))}
          value={place}
          onChange={setPlace}
          error={tried && place === null ? "Choose one." : null}
        />
      )}
      <Textarea
        id="ask-reason"
        label="Reason"
        description="Whoever decides reads it."
        withAsterisk
        aria-required
        maxLength={500}
        autosize
        minRows={2}
        value={reason}
        error={refusedReason ?? (tried && reason.trim() === "" ? "Say why you need it." : null)}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </ConfirmDialog>
  );
}
