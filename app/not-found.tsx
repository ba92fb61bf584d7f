import type { Metadata } from "next";
import { UnknownAddress } from "@/components/layout/unknown-address";

export const metadata: Metadata = { title: "Nothing here" };

/** An address outside the panel that leads nowhere; one inside it is answered within the shell. */
export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center p-6">
      <UnknownAddress heading="h1" />
    </main>
  );
}
