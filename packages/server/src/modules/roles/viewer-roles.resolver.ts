import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../platform/graphql/context.ts";
import { loadPersonRefs, ViewerType } from "../directory/index.ts";
import type { Actor } from "../sign-in/index.ts";
import { AccessRequestType } from "./access-request.types.ts";
import { ReceivedInvitationType } from "./invitation.types.ts";
import { describePerson, namePlace } from "./place.ts";
import { actorOf } from "./roles.context.ts";
import { toAccessRequest } from "./roles.view.ts";
import { listDecidableRequestsStatement } from "./sql/list-decidable-requests.ts";
import { listInvitationsToStatement } from "./sql/list-invitations-to.ts";
import { listRequestsOfStatement } from "./sql/list-requests-of.ts";

type Context = RequestContext<Actor>;

const mostShown = 20;
const mostToDecide = 50;

/** What waits for the viewer, or what the viewer waits for. */
@Resolver(() => ViewerType)
export class ViewerRolesResolver {
  @FieldResolver(() => [AccessRequestType], {
    description: "What they have asked for, the newest first, at most 20.",
  })
  async accessRequests(@Root() _root: ViewerType, @Ctx() context: Context): Promise<AccessRequestType[]> {
    const { accountId, grants } = actorOf(context);
    const organizations = [...new Set(grants.map((grant) => grant.organizationId))];
    const rows = await listRequestsOfStatement.run(context.em, [accountId, organizations, mostShown]);
    return rows.map(toAccessRequest);
  }

  @FieldResolver(() => [ReceivedInvitationType], {
    description:
      "Invitations of their address that wait, at most 20; none before control of the address was proven. Each is accepted with the link of its mail.",
  })
  async invitations(@Root() _root: ViewerType, @Ctx() context: Context): Promise<ReceivedInvitationType[]> {
    const { accountId, token } = actorOf(context);
    if (token !== undefined) {
      return [];
    }
    const rows = await listInvitationsToStatement.run(context.em, [accountId, mostShown]);
    return Promise.all(
      rows.map(async (row) => {
        const [names, inviter] = await Promise.all([
          namePlace(context.em, row),
          loadPersonRefs(context).load(row.invitedBy),
        ]);
        return {
          id: row.id,
          role: row.role,
          organizationName: names.organizationName,
          placeName: names.productName ?? names.siteName,
          inviter: inviter === null ? "" : describePerson(inviter),
          expiresAt: new Date(row.expiresAt),
        };
      }),
    );
  }
}

/** Requests that wait for the actor's decision, the oldest first, at most 50. */
export async function listRequestsToDecide(context: Context): Promise<AccessRequestType[]> {
  const { grants } = actorOf(context);
  const rows = await listDecidableRequestsStatement.run(context.em, [
    grants.filter(({ role }) => role === "ORGANIZATION_ADMIN").map((grant) => grant.organizationId),
    grants.filter(({ role }) => role === "SITE_ADMIN").map((grant) => grant.siteId),
    grants.filter(({ role }) => role === "PRODUCT_OWNER").map((grant) => grant.productId),
    mostToDecide,
  ]);
  return rows.map(toAccessRequest);
}
