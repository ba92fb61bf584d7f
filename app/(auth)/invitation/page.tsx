import type { Metadata } from "next";
import { AcceptInvitation } from "@/components/sign-in/accept-invitation";

export const metadata: Metadata = { title: "Invitation", referrer: "no-referrer" };

/** The secret of the link is behind its `#` and never reaches this server with the page: the form reads it in the browser. */
export default function InvitationPage() {
  return <AcceptInvitation />;
}
