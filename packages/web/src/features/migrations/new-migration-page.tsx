import { PageHeader } from "../../ui/page-header.tsx";

export function NewMigrationPage() {
  return <PageHeader title="New" />;
}
