import { afterAll, beforeAll, expect, test } from "vitest";
import { csv, openUploadDesk, type UploadDesk } from "./upload-desk.ts";
let desk: UploadDesk;
beforeAll(async () => {
  desk = await openUploadDesk();
});
afterAll(() => desk.stop());
test("smoke", async () => {
  const a = await desk.upload(
    csv(
      "email,name,account type,projects",
      "A@x.com,Ann,portal-only,HELP|Nope",
      "b@x.com,Bob,atlassian account,HELP",
      "a@x.com,Ann2,portal-only,",
      "bad,,portal-only,",
    ),
  );
  console.log(a);
  console.log(await desk.load(a.importId), await desk.rows(a.importId));
  const p = await desk.uploadAndApply(csv("key,name,access", "help,Help,open", "help,Help2,open"));
  console.log(p);
  const c = await desk.uploadAndApply(
    csv(
      "email,name,account type,projects",
      "A@x.com,Ann,portal-only,HELP|Nope",
      "b@x.com,Bob,atlassian account,HELP",
      "a@x.com,Ann2,portal-only,",
      "bad,,portal-only,",
    ),
  );
  console.log(c);
  const r = await desk.uploadAndApply(
    csv(
      "key,project,reporter email,participants",
      "HELP-1,help,a@x.com,b@x.com|c@x.com",
      "HELP-2,nope,a@x.com,",
      "HELP-3,help,zz@x.com,",
    ),
  );
  console.log(r, await desk.rows(r.id));
});
