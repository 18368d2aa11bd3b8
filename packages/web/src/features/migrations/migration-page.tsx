import { PageHeader } from "../../ui/page-header.tsx";

export function MigrationPage() {
  return <PageHeader title="Migration" />;
}
