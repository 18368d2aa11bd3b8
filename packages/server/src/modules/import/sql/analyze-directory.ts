import { statement } from "../../../platform/database/statement.ts";

/** Not inside a transaction: each table's lock is let go as soon as its sample is taken. */
export const analyzeDirectoryStatement = statement(
  "import.analyzeDirectory",
  `analyze account, site_account, portal_customer, service_project, project_customer, request, request_participant,
     customer_row, product_user`,
);
