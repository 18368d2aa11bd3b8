import { GroupMemberConnectionResolver, GroupMemberResolver } from "./group-member.resolver.ts";
import { GroupMutationResolver } from "./group-mutation.resolver.ts";
import { ImportedGroupResolver, MigrationGroupResolver } from "./imported-group.resolver.ts";
import { LiveCountsResolver } from "./live-counts.resolver.ts";

/** Instances of every resolver of the group review. */
export function groupReviewResolvers(): object[] {
  return [
    new ImportedGroupResolver(),
    new MigrationGroupResolver(),
    new GroupMemberResolver(),
    new GroupMemberConnectionResolver(),
    new GroupMutationResolver(),
    new LiveCountsResolver(),
  ];
}
