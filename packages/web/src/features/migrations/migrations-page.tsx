import { PageHeader } from "../../ui/page-header.tsx";

export function MigrationsPage() {
  return <PageHeader title="Migrations" />;
}
