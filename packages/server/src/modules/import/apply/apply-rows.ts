import type { StatementRunner } from "../../../platform/database/statement.ts";
import type { FileKind } from "../files/header-fields.ts";
import type { ImportRecord } from "../import-record.ts";
import { addProjectListsStatement } from "../sql/add-project-lists.ts";
import { addRequestParticipantsStatement } from "../sql/add-request-participants.ts";
import { forgetStagedHashesStatement } from "../sql/forget-staged-hashes.ts";
import { insertAccountsStatement } from "../sql/insert-accounts.ts";
import { linkEarlierCustomersStatement } from "../sql/link-earlier-customers.ts";
import { retireRejectedRowsStatement } from "../sql/retire-rejected-rows.ts";
import { retireReplacedRowsStatement } from "../sql/retire-replaced-rows.ts";
import { upsertPortalCustomersStatement } from "../sql/upsert-portal-customers.ts";
import { upsertProductUsersStatement } from "../sql/upsert-product-users.ts";
import { upsertProjectsStatement } from "../sql/upsert-projects.ts";
import { upsertRequestsStatement } from "../sql/upsert-requests.ts";
import { upsertSiteAccountsStatement } from "../sql/upsert-site-accounts.ts";

/**
 * Writes the good rows of an import into the directory of its site, or among the users of its product: adds and updates, removes nothing. Needs a
 * transaction in which the rows were judged (resolve-rows.ts). Repeating it changes nothing.
 */
export async function applyRows(em: StatementRunner, record: ImportRecord): Promise<void> {
  await appliers[record.fileKind](em, record);
}

const appliers: Record<FileKind, (em: StatementRunner, record: ImportRecord) => Promise<void>> = {
  async CUSTOMERS(em, { id, siteId, isCorrection }) {
    await upsertPortalCustomersStatement.run(em, [id, siteId]);
    await insertAccountsStatement.run(em, [id]);
    await upsertSiteAccountsStatement.run(em, [id, siteId]);
    await addProjectListsStatement.run(em, [id, siteId]);
    await retireReplacedRowsStatement.run(em, [id, siteId]);
    await retireRejectedRowsStatement.run(em, [id, siteId, isCorrection]);
  },
  async REQUESTS(em, { id, siteId }) {
    await upsertRequestsStatement.run(em, [id, siteId]);
    await addRequestParticipantsStatement.run(em, [id, siteId]);
  },
  async PROJECTS(em, { id, siteId }) {
    await upsertProjectsStatement.run(em, [id, siteId]);
    await linkEarlierCustomersStatement.run(em, [id, siteId]);
  },
  async PRODUCT_USERS(em, { id, productId }) {
    await upsertProductUsersStatement.run(em, [id, productId]);
    await forgetStagedHashesStatement.run(em, [id]);
  },
};
