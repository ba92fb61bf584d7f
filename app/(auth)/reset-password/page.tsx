import type { Metadata } from "next";
import { ResetPassword } from "@/components/sign-in/reset-password";

export const metadata: Metadata = { title: "Set another password", referrer: "no-referrer" };

/** The secret of the link is behind its `#` and never reaches this server with the page: the form reads it in the browser. */
export default function ResetPasswordPage() {
  return <ResetPassword />;
}
