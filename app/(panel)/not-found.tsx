import type { Metadata } from "next";
import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { UnknownAddress } from "@/components/layout/unknown-address";

export const metadata: Metadata = { title: "Nothing here" };

/** An address of the panel that leads nowhere: the navigation stays. */
export default function NotFound() {
  return (
    <>
      <PageHeader title="Nothing here" />
      <PageBody className="flex">
        <UnknownAddress />
      </PageBody>
    </>
  );
}
