/** SQL: whether nothing names the proof `p`: no change of an address, no login inside a product, none that waits to be connected, no mail. */
export const unreferencedProofSql = `not exists (select from account_email_change c where c.proof_id = p.id)
         and not exists (select from product_user u where u.link_proof_id = p.id)
         and not exists (select from product_user u where u.address_proof_id = p.id)
         and not exists (select from service_wish w where w.proof_id = p.id)
         and not exists (select from mail_outbox m where m.proof_id = p.id)`;
