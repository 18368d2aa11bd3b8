import { PageHeader } from "../../ui/page-header.tsx";

export function AttentionPage() {
  return <PageHeader title="Attention" />;
}
