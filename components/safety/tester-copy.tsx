"use client";

import { useEffect, useState } from "react";
import { CopyButton } from "@/components/ui/copy-button";

/** The call is made from the page's own address, which is known once the page is here. */
export function TesterCopy({ call }: { call: () => string }) {
  const [ready, setReady] = useState(false);
  useEffect(() => setReady(true), []);
  return (
    <CopyButton
      look="button"
      variant="ghost"
      size="xs"
      className="-mr-2 font-normal text-muted-foreground"
      value={ready ? call() : ""}
      label="Copy as API call"
    />
  );
}
