export { loadImportedGroups } from "./group-review.loaders.ts";
export { groupReviewResolvers } from "./group-review.resolvers.ts";
export { ImportedGroupType } from "./group-review.types.ts";
