import { DirectoryEntryResolver, DirectoryResolver } from "./directory-entry.resolver.ts";
import { DirectoryMutationResolver } from "./directory-mutation.resolver.ts";
import { OrganizationResolver, ProductResolver, RoleAssignmentResolver } from "./organization.resolver.ts";
import { AuditActorResolver, PersonResolver, SitePresenceResolver } from "./person.resolver.ts";
import { ServiceProjectResolver, SiteResolver } from "./site.resolver.ts";
import { ViewerResolver } from "./viewer.resolver.ts";

/** Instances of every resolver of the directory. */
export function directoryResolvers(): object[] {
  return [
    new OrganizationResolver(),
    new ProductResolver(),
    new RoleAssignmentResolver(),
    new SiteResolver(),
    new ServiceProjectResolver(),
    new DirectoryResolver(),
    new DirectoryEntryResolver(),
    new PersonResolver(),
    new SitePresenceResolver(),
    new AuditActorResolver(),
    new ViewerResolver(),
    new DirectoryMutationResolver(),
  ];
}
