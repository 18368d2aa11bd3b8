import { wishWords } from "../../shared/roles/wish-words.ts";
import type { MyWorkQuery } from "./my-work.generated.ts";

type Request = MyWorkQuery["myWork"]["accessRequests"][number];

/** "the site admin role of Northwind Help". */
export function describeWish({ product, site, wish }: Pick<Request, "product" | "site" | "wish">): string {
  return `${wishWords[wish].asks} ${product?.name ?? site?.name ?? ""}`;
}

/** Who asks, as people call them. */
export function nameOf({ account }: Pick<Request, "account">): string {
  return account.name || account.email;
}
