import { PageHeader } from "../../ui/page-header.tsx";

export function MyWorkPage() {
  return <PageHeader title="My work" />;
}
