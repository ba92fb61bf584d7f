import { PageNav } from "@/components/layout/page-nav";
import { redactionPath, retentionPath, safetyPath } from "@/lib/paths";

const pages = [
  { label: "Defaults", href: safetyPath() },
  { label: "Redaction", href: redactionPath() },
  { label: "Retention", href: retentionPath() },
];

/** The pages of Safety: what holds where nothing else is said, what is taken out of texts, and how long what is kept. */
export function SafetyNav() {
  return <PageNav label="Safety" pages={pages} />;
}
