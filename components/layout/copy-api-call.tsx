"use client";

import { SquareTerminal } from "lucide-react";
import { useEffect, useState } from "react";
import { apiCall } from "@/components/settings/api-call";
import { Button } from "@/components/ui/button";

type CopyApiCallProps = {
  /** The documented route this screen reads. */
  path: string;
  /** Where the screen asks by POST: what it asks. */
  body?: object;
};

/** The same reading as a command for a shell; the token stays a variable. */
export function CopyApiCall({ path, body }: CopyApiCallProps) {
  const [word, setWord] = useState<"Copy as API call" | "Copied" | "The browser refused">("Copy as API call");
  useEffect(() => {
    if (word === "Copy as API call") return;
    const timer = setTimeout(() => setWord("Copy as API call"), 2000);
    return () => clearTimeout(timer);
  }, [word]);
  async function copy() {
    const command = apiCall({ baseUrl: location.origin, method: body ? "POST" : "GET", path, body });
    try {
      await navigator.clipboard.writeText(command);
      setWord("Copied");
    } catch {
      setWord("The browser refused");
    }
  }
  return (
    <Button variant="ghost" size="xs" className="-mr-2 font-normal text-muted-foreground" onClick={copy}>
      <SquareTerminal aria-hidden />
      <span role="status">{word}</span>
    </Button>
  );
}
