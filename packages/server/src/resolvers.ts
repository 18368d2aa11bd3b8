import type { GraphQLSchema } from "graphql";
import {
  ApiTokenResolver,
  OrganizationServiceAccountsResolver,
  ServiceAccountResolver,
  ViewerTokensResolver,
} from "./modules/api-token/index.ts";
import { AuditResolver, AuditTailResolver } from "./modules/audit/index.ts";
import { ClosingResolver, ProfileClosingResolver, ViewerClosingResolver } from "./modules/closing/index.ts";
import { directoryResolvers } from "./modules/directory/index.ts";
import { groupReviewResolvers } from "./modules/group-review/index.ts";
import { importResolvers } from "./modules/import/index.ts";
import { mailResolvers } from "./modules/mail/index.ts";
import {
  AccessProofResolver,
  AttentionResolver,
  AttentionService,
  BrakeMutationResolver,
  BrakeService,
  findKind,
  findRunningMigration,
  FollowUpResolver,
  ItemFollowUpResolver,
  MigrationApprovalResolver,
  MigrationApprovalsResolver,
  MigrationBrakeResolver,
  MigrationBrakesResolver,
  MigrationDetailResolver,
  MigrationItemConnectionResolver,
  MigrationItemResolver,
  MigrationLiveResolver,
  MigrationMutationResolver,
  MigrationOutlookResolver,
  MigrationResolver,
  MigrationService,
  OrganizationBrakesResolver,
  MigrationUndosResolver,
  UndoResolver,
  UndoService,
} from "./modules/migration/index.ts";
import { MyWorkResolver } from "./modules/my-work/index.ts";
import { productUserResolvers } from "./modules/product-user/index.ts";
import { rolesResolvers, type InvitationDeps } from "./modules/roles/index.ts";
import { ServicesResolver } from "./modules/services/index.ts";
import { buildGraphqlSchema } from "./platform/graphql/build-schema.ts";
import type { Services } from "./services.ts";

/** What invitations need, for resolvers and routes alike. */
export function invitationDeps({ outbox }: Services): InvitationDeps {
  return { outbox, findRunningMigration };
}

/** The whole schema with the resolvers that answer it. */
export function buildSchema(services: Services): GraphQLSchema {
  return buildGraphqlSchema([
    ...directoryResolvers(),
    ...importResolvers(),
    ...groupReviewResolvers(),
    ...mailResolvers(),
    ...rolesResolvers(invitationDeps(services)),
    new ServicesResolver(services.outbox),
    ...productUserResolvers(services),
    new ClosingResolver(services.outbox),
    new ViewerClosingResolver(),
    new ProfileClosingResolver(),
    new ApiTokenResolver(),
    new ViewerTokensResolver(),
    new ServiceAccountResolver(),
    new OrganizationServiceAccountsResolver(),
    new AuditResolver(),
    new AuditTailResolver(),
    new MyWorkResolver(),
    new MigrationResolver(),
    new MigrationDetailResolver(findKind),
    new MigrationApprovalsResolver(),
    new MigrationApprovalResolver(),
    new FollowUpResolver(findKind),
    new ItemFollowUpResolver(),
    new AccessProofResolver(),
    new MigrationItemResolver(),
    new MigrationItemConnectionResolver(),
    new MigrationMutationResolver(new MigrationService(findKind)),
    new AttentionResolver(new AttentionService(findKind)),
    new MigrationLiveResolver(),
    new MigrationOutlookResolver(),
    new MigrationBrakesResolver(findKind),
    new MigrationBrakeResolver(),
    new OrganizationBrakesResolver(),
    new BrakeMutationResolver(new BrakeService()),
    new MigrationUndosResolver(findKind),
    new UndoResolver(new UndoService(findKind), findKind),
  ]);
}
