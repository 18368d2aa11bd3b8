import { useApolloClient } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { roleWords } from "../../shared/role-words.ts";
import { describeRole } from "../../shared/roles/describe-role.ts";
import { requestStateWords } from "../../shared/roles/wish-words.ts";
import { ActionNotice, useAction } from "../../shared/use-action.tsx";
import { useViewerContext } from "../../shared/viewer.tsx";
import { Panel } from "../../ui/panel.tsx";
import { ListRow, RowList } from "../../ui/row-list.tsx";
import { StatusBadge } from "../../ui/status-badge.tsx";
import links from "../../ui/text-link.module.css";
import { TimeText } from "../../ui/time-text.tsx";
import {
  DeclineOwnInvitationDocument,
  WithdrawAccessRequestDocument,
  type MyWorkQuery,
} from "./my-work.generated.ts";
import { describeWish } from "./describe-wish.ts";
import classes from "./work-lists.module.css";

type Own = MyWorkQuery["viewer"];

// For owners of a product alone.
const ProductOwnership = lazy(async () => ({
  default: (await import("../../shared/roles/product-ownership.tsx")).ProductOwnership,
}));

/** What waits for the viewer's own answer, what they asked for, and for people without a site what they are here. */
export function OwnPanels(props: { own: Own; isAdmin: boolean }) {
  const { organization, viewer } = useViewerContext();
  const { own } = props;
  const isAdminOf = (productId: string) =>
    viewer.roles.some(({ role, product }) => role === "PRODUCT_ADMIN" && product?.id === productId);
  const mine = own.organizations
    .flatMap(({ products }) => products)
    .filter(({ id, owner }) => owner?.account.id === viewer.account.id || isAdminOf(id));
  return (
    <>
      {own.invitations.length > 0 && <InvitationList invitations={own.invitations} />}
      {own.accessRequests.length > 0 && <RequestList requests={own.accessRequests} />}
      {mine.length > 0 && (
        <Panel title="Your products" flush>
          <RowList>
            {mine.map((product) => (
              <ListRow
                key={product.id}
                title={
                  <Link to="/organization/products/$id" params={{ id: product.id }}>
                    {product.name}
                  </Link>
                }
                detail={
                  isAdminOf(product.id) ? (
                    "You are its product admin: you keep its users up to date."
                  ) : (
                    <>
                      You own it: you keep its users up to date, name{" "}
                      <Link className={links.link} to="/organization/people" search={{ product: product.id }}>
                        its admins
                      </Link>{" "}
                      and may transfer it.
                    </>
                  )
                }
                action={
                  <Suspense fallback={null}>
                    <ProductOwnership product={product} />
                  </Suspense>
                }
              />
            ))}
          </RowList>
        </Panel>
      )}
      {!props.isAdmin && organization && (
        <Panel title="Your roles and sites">
          <ul className={classes.plain}>
            {viewer.roles.map((role) => (
              <li key={role.id}>{describeRole(role)}</li>
            ))}
            <li className="muted">
              {viewer.adminSites.length === 0
                ? "You administer no site. Ask for access to get one."
                : `Your sites: ${viewer.adminSites.map((site) => site.name).join(", ")}`}
            </li>
          </ul>
        </Panel>
      )}
    </>
  );
}

function InvitationList(props: { invitations: Own["invitations"] }) {
  const client = useApolloClient();
  const action = useAction(DeclineOwnInvitationDocument);
  const decline = async (invitationId: string) => {
    if (await action.run({ input: { invitationId } })) {
      await client.refetchQueries({ include: "active" });
    }
  };
  return (
    <Panel title="Invitations for you" description="Accept each with the link in its mail." flush>
      <ActionNotice problem={action.problem} />
      <RowList>
        {props.invitations.map((invitation) => (
          <ListRow
            key={invitation.id}
            title={`${roleWords[invitation.role]} of ${invitation.placeName ?? invitation.organizationName}`}
            detail={`From ${invitation.inviter}, ${invitation.organizationName}`}
            middle={
              <span className="muted">
                Link works until <TimeText value={invitation.expiresAt} />
              </span>
            }
            action={
              <Button
                size="xs"
                variant="default"
                disabled={action.pending}
                aria-label={`Decline the invitation from ${invitation.inviter}`}
                onClick={() => void decline(invitation.id)}
              >
                Decline
              </Button>
            }
          />
        ))}
      </RowList>
    </Panel>
  );
}

function RequestList(props: { requests: Own["accessRequests"] }) {
  const client = useApolloClient();
  const action = useAction(WithdrawAccessRequestDocument);
  const withdraw = async (requestId: string) => {
    if (await action.run({ input: { requestId } })) {
      await client.refetchQueries({ include: "active" });
    }
  };
  return (
    <Panel title="What you asked for" flush>
      <ActionNotice problem={action.problem} />
      <RowList>
        {props.requests.map((request) => {
          const { label, tone } = requestStateWords[request.state];
          const wish = describeWish(request);
          return (
            <ListRow
              key={request.id}
              title={
                <>
                  {wish.charAt(0).toUpperCase() + wish.slice(1)}{" "}
                  <StatusBadge tone={tone}>{label}</StatusBadge>
                </>
              }
              detail={
                request.decisionReason ? `Their words: ${request.decisionReason}` : `“${request.reason}”`
              }
              middle={
                <span className="muted">
                  Asked <TimeText value={request.createdAt} format="relative" />
                </span>
              }
              action={
                request.state === "PENDING" && (
                  <Button
                    size="xs"
                    variant="default"
                    disabled={action.pending}
                    aria-label={`Withdraw the request for ${wish}`}
                    onClick={() => void withdraw(request.id)}
                  >
                    Withdraw
                  </Button>
                )
              }
            />
          );
        })}
      </RowList>
    </Panel>
  );
}
