import type { ApiClient } from "./api-client.ts";

interface Access {
  viewer: {
    access: {
      projects: { key: string; reachable: boolean }[];
      requests: { key: string; reachable: boolean }[];
    };
  };
}

/** Keys of the service projects and requests a person reaches on a site, as that person asks for them, sorted. */
export async function reach(
  person: ApiClient,
  siteUrlName: string,
): Promise<{ projects: string[]; requests: string[] }> {
  const { viewer } = await person.query<Access>(
    `query Access($site: String!) {
       viewer { access(siteUrlName: $site) { projects { key reachable } requests { key reachable } } }
     }`,
    { site: siteUrlName },
  );
  const reachable = (list: { key: string; reachable: boolean }[]): string[] =>
    list
      .filter((entry) => entry.reachable)
      .map((entry) => entry.key)
      .sort();
  return { projects: reachable(viewer.access.projects), requests: reachable(viewer.access.requests) };
}
