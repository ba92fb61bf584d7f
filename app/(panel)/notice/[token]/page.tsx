import type { Metadata } from "next";
import { OpenNotice } from "@/components/notifications/open-notice";

/** The token is in the address: no page that this one leads to is told where it came from. */
export const metadata: Metadata = { title: "Approval due", referrer: "no-referrer" };

export default async function Page({ params }: { params: Promise<{ token: string }> }) {
  return <OpenNotice token={(await params).token} />;
}
