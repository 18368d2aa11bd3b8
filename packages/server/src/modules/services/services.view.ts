import type { EntityManager } from "../../platform/database/orm.ts";
import { describeLogin } from "./describe-login.ts";
import type { ShownLink } from "./confirm-connection.ts";
import { findObstacle } from "./obstacle.ts";
import type {
  ConnectedServiceType,
  OfferedLoginType,
  PendingConnectionType,
  ServiceLinkType,
  ServiceProductType,
  ViewerServicesType,
} from "./services.types.ts";
import { listConnectedStatement, type ConnectedRow } from "./sql/list-connected.ts";
import { listOfferedStatement, type OfferedRow } from "./sql/list-offered.ts";
import { listPendingStatement, type PendingRow } from "./sql/list-pending.ts";
import { listServicesStatement } from "./sql/list-services.ts";
import type { ProductRow } from "./sql/product-columns.ts";

const mostShown = 200;

/** Everything that the page of services shows of an account. */
export async function readServices(em: EntityManager, accountId: string): Promise<ViewerServicesType> {
  const connected = await listConnectedStatement.run(em, [accountId, mostShown, null]);
  const offered = await listOfferedStatement.run(em, [accountId, mostShown]);
  const pending = await listPendingStatement.run(em, [accountId, null]);
  const services = await listServicesStatement.run(em, [accountId, mostShown]);
  return {
    connected: connected.map(toConnected),
    offered: offered.map(toOffered),
    pending: pending.map(toPending),
    services: services.map(({ mayAsk, ...service }) => ({
      ...service,
      viewerCanAsk: mayAsk && service.because.length === 0 && !service.asked,
    })),
  };
}

/** The GraphQL object of what waits. */
export function toPending(row: PendingRow): PendingConnectionType {
  const { askedAt, email, expiresAt, id, loginName } = row;
  return {
    id,
    product: toProduct(row),
    email,
    loginName,
    askedAt: new Date(askedAt),
    expiresAt: new Date(expiresAt),
  };
}

/** The GraphQL object of a link. */
export function toLink(link: ShownLink, accountEmail: string): ServiceLinkType {
  const { expiresAt, isMoved, login, product, replaces } = link;
  return {
    product: toProduct(product),
    email: login.email,
    loginName: login.loginName,
    accountEmail,
    replaces: replaces === null ? null : describeLogin(replaces),
    moves: isMoved,
    expiresAt,
  };
}

function toConnected(row: ConnectedRow): ConnectedServiceType {
  const { active, email, id, linkedAt, loginName } = row;
  return { id, product: toProduct(row), email, loginName, active, linkedAt: new Date(linkedAt) };
}

function toOffered(row: OfferedRow): OfferedLoginType {
  return { id: row.id, product: toProduct(row), loginName: row.loginName, obstacle: findObstacle(row) };
}

function toProduct(row: ProductRow): ServiceProductType {
  const { hosting, organizationName, productId, productKind, productName } = row;
  return { id: productId, name: productName, kind: productKind, hosting, organizationName };
}
