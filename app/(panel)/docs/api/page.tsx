import type { Metadata } from "next";
import { ApiReferenceScreen } from "@/components/api-reference/api-reference-screen";
import { panelContext } from "@/lib/auth/panel-context";
import { apiReferencePath } from "@/lib/paths";

export const metadata: Metadata = { title: "API reference" };

export default async function Page() {
  await panelContext(apiReferencePath());
  return <ApiReferenceScreen />;
}
