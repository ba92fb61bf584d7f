import type { Metadata } from "next";
import { VerifyScreen } from "@/components/receipts/verify/verify-screen";

export const metadata: Metadata = { title: "Verify a receipt" };

/** For anybody who was handed a receipt, signed in or not: it says nothing of this deployment and asks it nothing. */
export default function VerifyPage() {
  return <VerifyScreen />;
}
