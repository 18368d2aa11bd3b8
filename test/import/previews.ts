import { makeSite } from "../kit/factories.ts";
import { csv, type UploadDesk } from "./upload-desk.ts";

/** A customers file of this many portal-only people. */
export const people = (count: number, prefix = "p"): string =>
  csv(
    "email,name,account type",
    ...Array.from({ length: count }, (_, at) => `${prefix}${at}@example.com,N,portal-only`),
  );

/** Uploads to a site of its own; the id of the preview. */
export async function preview(desk: UploadDesk, content = people(3)): Promise<string> {
  const site = await makeSite(desk.fork(), { organizationId: desk.site.organizationId });
  const { importId, status } = await desk.upload(content, { siteId: site.id });
  if (status !== 201) {
    throw new Error(`Upload answered ${status}`);
  }
  return importId;
}
